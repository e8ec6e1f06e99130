// The same load as `colend bench client`, sent by AsyncHTTPClient.
//
//     peer-client URL REQUESTS CONNECTIONS BYTES [EVENT-LOOPS]

import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix

@main
struct PeerClient {
    let url: String
    let requests: Int
    let connections: Int
    let body: [UInt8]
    /// nil for as many as the library thinks right.
    let eventLoops: Int?

    static func main() async throws {
        let words = CommandLine.arguments.dropFirst()
        let numbers = words.dropFirst().compactMap { Int($0) }
        guard (4...5).contains(words.count), let url = words.first,
            numbers.count == words.count - 1, numbers.allSatisfy({ $0 > 0 })
        else {
            FileHandle.standardError.write(
                Data("peer-client URL REQUESTS CONNECTIONS BYTES [EVENT-LOOPS]\n".utf8))
            exit(64)
        }
        let load = PeerClient(
            url: url, requests: numbers[0], connections: numbers[1],
            body: Array(repeating: UInt8(ascii: "x"), count: numbers[2]),
            eventLoops: numbers.count == 4 ? numbers[3] : nil)
        try await load.run()
    }

    private func run() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        let group = eventLoops.map { MultiThreadedEventLoopGroup(numberOfThreads: $0) }
        let client = HTTPClient(
            eventLoopGroupProvider: group.map { .shared($0) } ?? .singleton,
            configuration: configuration)
        // Connections stand before the clock runs.
        _ = try await send(connections * 4, over: client)
        let (startedAt, cpuBefore) = (ContinuousClock.now, PeerClient.cpuMicroseconds)
        let answered = try await send(requests, over: client)
        let cpu = PeerClient.cpuMicroseconds - cpuBefore
        let taken = ContinuousClock.now - startedAt
        let seconds =
            Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18
        print(
            """
            {"requests":\(requests),"answered":\(answered),\
            "seconds":"\(String(format: "%.3f", seconds))",\
            "cpuMicrosecondsPerRequest":"\
            \(String(format: "%.2f", Double(cpu) / Double(requests)))"}
            """)
        try await client.shutdown()
        try await group?.shutdownGracefully()
    }

    /// Keeps as many requests under way as there are connections; how many were answered.
    private func send(_ count: Int, over client: HTTPClient) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<connections {
                let share = count / connections + (worker < count % connections ? 1 : 0)
                group.addTask { try await sendInTurn(share, over: client) }
            }
            return try await group.reduce(0, +)
        }
    }

    private func sendInTurn(_ count: Int, over client: HTTPClient) async throws -> Int {
        var answered = 0
        for _ in 0..<count {
            var request = HTTPClientRequest(url: url)
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(body, length: .known(Int64(body.count)))
            let response = try await client.execute(request, timeout: .seconds(30))
            let bytes = try await response.body.collect(upTo: 65_536)
            if response.status == .ok, bytes.readableBytes > 0 { answered += 1 }
        }
        return answered
    }

    /// User and system time of the whole process so far.
    private static var cpuMicroseconds: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) {
            $0 + Int($1.tv_sec) * 1_000_000 + Int($1.tv_usec)
        }
    }
}
