// A name server that does not answer holds nobody but those who wait for its answer.

import CurlTransport
import Testing

@Suite(.timeLimit(.minutes(10))) struct SilentNameTests {
    /// libcurl before 7.87 waits for its resolver whatever it is told.
    static var leavesResolver: Bool {
        let numbers = TransportLibrary()?.version.split(separator: ".").compactMap { Int($0) } ?? []
        return numbers.count == 3 && (numbers[0], numbers[1]) >= (7, 87)
    }

    @Test(.enabled(if: leavesResolver))
    func `a name that nobody finds costs its own time-out, and holds up no other far side`()
        async
    {
        let server = RawServer { _, _ in .ok("{}") }
        let client = CurlClient()
        let lost = await client.exchange(
            get("http://bank\(SilentNames.suffix)/", totalMilliseconds: 100))
        #expect(lost.kind == .notSent, "\(lost)")
        // A busy machine may begin to search when the exchange is over.
        for _ in 0..<60_000 where SilentNames.waiting == 0 {
            try? await Task.sleep(for: .milliseconds(1))
        }
        #expect(SilentNames.waiting == 1, "the search goes on, and nobody waits for it")
        #expect(await client.exchange(post(server.url)).kind == .answered)
        #expect(SilentNames.waiting == 1)
        SilentNames.end()
        await client.shutdown()
    }
}
