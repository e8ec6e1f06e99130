import HTTPAPI
import TestSupport
import Testing

/// Hundreds of requests with bytes changed, doubled and cut away: the server refuses and lives on.
struct HostileInputTests {
    static let sound = [
        RawRequest.text("GET", "/healthz"), RawRequest.text("GET", "/readyz?x=%20"),
        RawRequest.text(
            "POST", "/v1/partners/harbor/callbacks",
            ["Content-Type: application/json", "Colend-Key: harbor"], "forged and more"),
        CallbackRouteTests.chunkedHead + "4\r\nnone\r\n0\r\n\r\n",
    ]

    @Test func `five hundred distorted requests are refused or answered, and none stops it`()
        async throws
    {
        var limits = ServerLimits.patient
        limits.bodyTime = .milliseconds(200)
        limits.idleSeconds = 1
        try await ServerUnderTest.run(limits: limits) { server in
            for batch in 0..<10 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<50 {
                        let seed = UInt64(batch * 50 + number + 1)
                        group.addTask { try await Self.attack(server, seed: seed) }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(try await server.ask("GET", "/healthz")?.status == 200)
            #expect(server.stubs.now.kept.isEmpty)
            #expect(!server.log.all.contains { $0.hasPrefix("error") })
        }
    }

    private static func attack(_ server: ServerUnderTest, seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let bytes = distorted(&generator)
        try await server.talk { client throws in
            client.send(bytes)
            client.finish()
            while let answer = try client.answer(toHead: bytes.starts(with: "HEAD".utf8)) {
                #expect(
                    [200, 400, 401, 404, 405, 408, 413, 415, 431].contains(answer.status),
                    "seed \(seed): \(answer.status)")
            }
            #expect(client.isClosed(), "seed \(seed)")
        }
    }

    private static func distorted(_ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(generator.pick(sound).utf8)
        for _ in 0..<generator.pick(1...4) {
            let place = generator.pick(0...bytes.count - 1)
            switch generator.pick(0...4) {
            case 0: bytes[place] = UInt8(generator.pick(0...255))
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + generator.pick(1...9)))
            case 2: bytes.insert(contentsOf: bytes[..<place], at: place)
            case 3: bytes.insert(UInt8(generator.pick(0...31)), at: place)
            default: bytes.removeSubrange(place...)
            }
            if bytes.isEmpty { return [0] }
        }
        return bytes
    }
}
