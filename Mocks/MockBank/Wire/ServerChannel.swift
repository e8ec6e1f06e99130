// One connection: gathers a whole request, hands it to the bank, writes or drops.
import NIOCore
import NIOHTTP1
import NIOPosix

/// Turns a connection's parts into whole requests and outcomes into bytes, resets or closes.
final class ServerChannel: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private static let largestBody = 256 * 1_024 * 1_024
    private let counter: Counter
    private let tap: Tap
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var isTooLarge = false

    init(_ counter: Counter, _ tap: Tap) {
        self.counter = counter
        self.tap = tap
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let bytes):
            isTooLarge = isTooLarge || body.count + bytes.readableBytes > Self.largestBody
            if !isTooLarge, head != nil { body += bytes.readableBytesView }
        case .end: finish(context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        body = []
        isTooLarge = false
        let channel = context.channel
        let isRefused = counter.glance(Self.request(head, body: [])) { outcome in
            if case .close(let withReset) = outcome { Self.close(channel, withReset: withReset) }
        }
        if isRefused { return }
        self.head = head
        if head.headers[canonicalForm: "expect"].contains("100-continue") {
            let go = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
        }
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard let head else { return }
        self.head = nil
        let channel = context.channel
        let keepsAlive = head.isKeepAlive
        if isTooLarge {
            let answer = WireAnswer.refusal(413, "too-large", "the body is too large")
            return Self.write(answer, to: channel, keepsAlive: false)
        }
        let request = Self.request(head, body: body)
        body = []
        let tap = tap
        counter.serve(request) { outcome in
            switch outcome {
            case .close(let withReset): Self.close(channel, withReset: withReset)
            case .answer(let answer, let delay):
                Self.after(delay, channel) {
                    Self.write(answer, to: channel, keepsAlive: keepsAlive)
                }
            case .carried(let answer, let carriage):
                let bound = NIOLoopBound(tap, eventLoop: channel.eventLoop)
                Self.after(carriage.delayMilliseconds, channel) {
                    bound.value.paced(carriage.pace) {
                        Self.carry(answer, carriage, to: channel, bound.value, keepsAlive)
                    }
                }
            }
        }
    }

    private static func request(_ head: HTTPRequestHead, body: [UInt8]) -> WireRequest {
        WireRequest(
            method: head.method.rawValue, target: head.uri,
            headers: head.headers.map { ($0.name.lowercased(), $0.value) }, body: body)
    }

    private static func after(
        _ milliseconds: Int, _ channel: any Channel, _ work: @escaping @Sendable () -> Void
    ) {
        if milliseconds <= 0 { return work() }
        channel.eventLoop.scheduleTask(in: .milliseconds(Int64(milliseconds)), work)
    }

    /// Writes an answer as HTTP; what was spoiled never passes here.
    private static func write(_ answer: WireAnswer, to channel: any Channel, keepsAlive: Bool) {
        var headers = HTTPHeaders([
            ("Content-Type", answer.contentType), ("Content-Length", "\(answer.body.count)"),
        ])
        for header in answer.headers { headers.add(name: header.name, value: header.value) }
        if !keepsAlive { headers.add(name: "Connection", value: "close") }
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status),
            headers: headers)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        let buffer = channel.allocator.buffer(bytes: answer.body)
        channel.write(HTTPServerResponsePart.body(.byteBuffer(buffer)), promise: nil)
        let written = channel.writeAndFlush(HTTPServerResponsePart.end(nil))
        if !keepsAlive { written.whenComplete { _ in channel.close(promise: nil) } }
    }

    private static func carry(
        _ answer: WireAnswer, _ carriage: Carriage, to channel: any Channel, _ tap: Tap,
        _ keepsAlive: Bool
    ) {
        switch carriage.spoiling {
        case .none: write(answer, to: channel, keepsAlive: keepsAlive)
        case .silence: close(channel, withReset: carriage.resets)
        default:
            let bytes = channel.allocator.buffer(bytes: answer.bytes(carriage.spoiling) ?? [])
            tap.writeRaw(bytes)?.whenComplete { _ in
                // A reset can overtake bytes that the other side has not read: it closes plainly.
                close(channel, withReset: false)
            }
        }
    }

    /// Lingering for zero seconds makes the kernel send RST instead of FIN.
    private static func close(_ channel: any Channel, withReset: Bool) {
        if withReset, let socket = channel as? any SocketOptionProvider {
            socket.setSoLinger(linger(l_onoff: 1, l_linger: 0))
                .whenComplete { _ in channel.close(promise: nil) }
        } else {
            channel.close(promise: nil)
        }
    }
}
