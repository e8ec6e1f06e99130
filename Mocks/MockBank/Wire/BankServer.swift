// The process around a bank: one loop, one listening socket, a clean stop.
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// Listens on 127.0.0.1 and serves one bank until it is told to stop.
struct BankServer {
    let port: Int
    let readyFile: String?
    let stopsWithParent: Bool

    /// Serves until SIGTERM, SIGINT, a disk fault (thrown) or, when asked for, the parent's end.
    func run(_ bank: any Desk) throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        defer { try? group.syncShutdownGracefully() }
        let loop = group.next()
        let box = UncheckedBank(bank: bank)
        let server = self
        let stopped = loop.makePromise(of: Void.self)
        let signals = [SIGTERM, SIGINT].map { handle($0) { stopped.succeed(()) } }
        defer { signals.forEach { $0.cancel() } }
        let listening = loop.flatSubmit { server.listen(for: box.bank, on: loop, stopped) }
        try server.announce(try listening.wait())
        if stopsWithParent { watchParent(loop, stopped) }
        try stopped.futureResult.wait()
        try listening.wait().close().wait()
    }

    private func listen(
        for bank: any Desk, on loop: any EventLoop, _ stopped: EventLoopPromise<Void>
    ) -> EventLoopFuture<any Channel> {
        let counter = Counter(bank, on: loop) { fault in
            stopped.fail(fault)
        }
        let bound = NIOLoopBound(counter, eventLoop: loop)
        return ServerBootstrap(group: loop)
            .serverChannelOption(ChannelOptions.backlog, value: 1_024)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(ChannelOptions.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(ServerChannel(bound.value))
                }
            }
            .bind(host: "127.0.0.1", port: port)
    }

    /// Tells the port; the file appears whole or not at all.
    private func announce(_ channel: any Channel) throws {
        let port = channel.localAddress?.port ?? 0
        FileHandle.standardError.write(Data("mock-bank listens on 127.0.0.1:\(port)\n".utf8))
        guard let readyFile else { return }
        let temporary = readyFile + ".\(getpid()).part"
        guard
            FileManager.default.createFile(
                atPath: temporary, contents: Data("{\"port\":\(port)}\n".utf8)),
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

/// Carries the bank to the one thread that will use it.
private struct UncheckedBank: @unchecked Sendable {
    let bank: any Desk
}
