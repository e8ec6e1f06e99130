// The process around banks: a loop and a listening socket for each, a clean stop.
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// A bank that is about to listen.
struct Opening {
    let desk: any Desk
    let party: String
    /// 0 lets the system choose.
    let port: Int
    /// Nil speaks plain HTTP.
    let tls: NIOSSLContext?
}

/// Listens on 127.0.0.1 and serves banks until it is told to stop.
struct BankServer {
    let readyFile: String?
    let stopsWithParent: Bool

    /// Serves until SIGTERM, SIGINT, a disk fault (thrown) or, when asked for, the parent's end.
    func run(_ openings: [Opening]) throws {
        let threads = min(openings.count, System.coreCount)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, threads))
        defer { try? group.syncShutdownGracefully() }
        let stopped = group.next().makePromise(of: Void.self)
        let signals = [SIGTERM, SIGINT].map { handle($0) { stopped.succeed(()) } }
        defer { signals.forEach { $0.cancel() } }
        var channels: [any Channel] = []
        do {
            for opening in openings {
                let loop = group.next()
                let box = UncheckedOpening(opening: opening)
                let server = self
                channels.append(
                    try loop.flatSubmit { server.listen(box.opening, on: loop, stopped) }.wait())
            }
            try announce(openings, channels.map { $0.localAddress?.port ?? 0 })
        } catch {
            stopped.fail(error)
        }
        if stopsWithParent { watchParent(group.next(), stopped) }
        try stopped.futureResult.wait()
        for channel in channels { try channel.close().wait() }
    }

    private func listen(
        _ opening: Opening, on loop: any EventLoop, _ stopped: EventLoopPromise<Void>
    ) -> EventLoopFuture<any Channel> {
        let counter = Counter(opening.desk, on: loop) { fault in
            stopped.fail(fault)
        }
        counter.begin()
        let bound = NIOLoopBound(counter, eventLoop: loop)
        let tls = opening.tls
        return ServerBootstrap(group: loop)
            .serverChannelOption(ChannelOptions.backlog, value: 1_024)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(ChannelOptions.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    let tap = Tap()
                    try pipeline.addHandler(tap)
                    try pipeline.configureHTTPServerPipeline()
                    try pipeline.addHandler(ServerChannel(bound.value, tap))
                }
            }
            .bind(host: "127.0.0.1", port: opening.port)
    }

    /// Tells the ports; the file appears whole or not at all.
    private func announce(_ openings: [Opening], _ ports: [Int]) throws {
        let isOne = openings.count == 1
        for (opening, port) in zip(openings, ports) {
            let name = isOne ? "" : " \(opening.party)"
            FileHandle.standardError.write(
                Data("mock-bank\(name) listens on 127.0.0.1:\(port)\n".utf8))
        }
        guard let readyFile else { return }
        let list = zip(openings, ports).map { "\"\($0.party)\":\($1)" }.joined(separator: ",")
        let text = isOne ? "{\"port\":\(ports[0])}\n" : "{\"ports\":{\(list)}}\n"
        let temporary = readyFile + ".\(getpid()).part"
        guard FileManager.default.createFile(atPath: temporary, contents: Data(text.utf8)),
            rename(temporary, readyFile) == 0
        else { throw StateFault(description: "cannot write \(readyFile)") }
    }

    private func handle(
        _ number: Int32, _ body: @escaping @Sendable () -> Void
    ) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler(handler: body)
        source.resume()
        return source
    }

    private func watchParent(_ loop: any EventLoop, _ stopped: EventLoopPromise<Void>) {
        let parent = getppid()
        loop.scheduleRepeatedTask(initialDelay: .milliseconds(100), delay: .milliseconds(100)) {
            _ in
            if getppid() != parent { stopped.succeed(()) }
        }
    }
}

/// Carries a bank to the one thread that will use it.
private struct UncheckedOpening: @unchecked Sendable {
    let opening: Opening
}
