// Runs a house's errands on its loop: waits, sends, tells the house how it went.
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// The courier of one house; used from one thread.
final class Courier {
    private static let patienceSeconds: Int64 = 30
    /// Errands under way or waiting for their time; the others wait in the house.
    private static let most = 1_000
    private let bank: any Desk
    private let loop: any EventLoop
    /// Carries out a change of the house and lets the disk have it.
    private let change: (() throws(StateFault) -> Void) -> Void
    private var running: Set<String> = []

    init(
        _ bank: any Desk, on loop: any EventLoop,
        change: @escaping (() throws(StateFault) -> Void) -> Void
    ) {
        self.bank = bank
        self.loop = loop
        self.change = change
    }

    /// Starts errands that the house has not handed over before.
    func look() {
        let room = Courier.most - running.count
        guard room > 0, bank.hasErrands else { return }
        for errand in bank.errands(atMost: room) {
            // Of a life before a reset: what is under way does the same.
            guard running.insert(errand.id).inserted else { continue }
            run(errand, attempt: 1, after: errand.delayMilliseconds)
        }
    }

    private func run(_ errand: Errand, attempt: Int, after milliseconds: Int) {
        loop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(milliseconds))) {
            self.work(errand, attempt: attempt)
        }
    }

    private func work(_ errand: Errand, attempt: Int) {
        let nonce = UUID().uuidString
        let now = Int64(Date().timeIntervalSince1970)
        guard let letter = bank.letter(for: errand, now: now, nonce: nonce) else {
            return finish(errand, status: nil)
        }
        post(letter).assumeIsolated().whenComplete { result in
            let status = try? result.get()
            if status.map({ $0 / 100 != 2 }) ?? true, attempt < errand.attempts {
                self.run(errand, attempt: attempt + 1, after: errand.retryMilliseconds)
            } else {
                self.finish(errand, status: status)
            }
        }
    }

    private func finish(_ errand: Errand, status: Int?) {
        let bank = bank
        change { () throws(StateFault) in try bank.finish(errand, status: status) }
        running.remove(errand.id)
    }

    /// The status of the answer to a letter.
    private func post(_ letter: Letter) -> EventLoopFuture<Int> {
        let answered = loop.makePromise(of: Int.self)
        let bootstrap = ClientBootstrap(group: loop).connectTimeout(
            .seconds(Courier.patienceSeconds)
        )
        .channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHTTPClientHandlers()
                try channel.pipeline.syncOperations.addHandler(Reply(answered, to: letter))
            }
        }
        // An address needs nobody to resolve it, which costs more than the letter.
        let address = try? SocketAddress(ipAddress: letter.host, port: letter.port)
        let connected =
            address.map { bootstrap.connect(to: $0) }
            ?? bootstrap.connect(host: letter.host, port: letter.port)
        connected.whenFailure { answered.fail($0) }
        return answered.futureResult
    }

    /// Sends a letter and waits for the status of the answer.
    private final class Reply: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart
        typealias OutboundOut = HTTPClientRequestPart
        private let answered: EventLoopPromise<Int>
        private let letter: Letter

        init(_ answered: EventLoopPromise<Int>, to letter: Letter) {
            self.answered = answered
            self.letter = letter
        }

        func channelActive(context: ChannelHandlerContext) {
            var headers = HTTPHeaders(letter.headers.map { ($0.name, $0.value) })
            headers.add(name: "Host", value: "\(letter.host):\(letter.port)")
            headers.add(name: "Content-Type", value: "application/json")
            headers.add(name: "Content-Length", value: "\(letter.body.count)")
            headers.add(name: "Connection", value: "close")
            let head = HTTPRequestHead(
                version: .http1_1, method: .POST, uri: letter.target, headers: headers)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            let body = context.channel.allocator.buffer(bytes: letter.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            let channel = context.channel
            context.eventLoop.scheduleTask(in: .seconds(Courier.patienceSeconds)) {
                channel.close(promise: nil)
            }
            context.fireChannelActive()
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard case .head(let head) = unwrapInboundIn(data) else { return }
            answered.succeed(Int(head.status.code))
            context.close(promise: nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            answered.fail(error)
            context.close(promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            answered.fail(ChannelError.eof)
            context.fireChannelInactive()
        }
    }
}
