import Foundation
import TestSupport
import Testing

/// What `serve` says on standard error, and that nobody has to read it.
struct ServeLogTests {
    @Test(.timeLimit(.minutes(10)))
    func `a log that nobody reads holds neither requests nor the end up`() async throws {
        let books = try await Books.withLoans()
        let pipe = books.folder.path("pipe")
        try #require(mkfifo(pipe, 0o600) == 0)
        // Open for both, so that the writer finds a reader that never reads.
        let reader = open(pipe, O_RDWR)
        defer { close(reader) }
        let service = try await Service.start(books, device: pipe)
        // Each leaves a line of about 150 bytes, and a pipe holds 64 KiB.
        for _ in 1...800 { #expect(try await service.get("/nothing").status == 404) }
        #expect(await service.stop().exit == 0)
    }

    @Test(.enabled(if: Tool.isWanted("openssl")))
    func `a refused callback is told with its reason, and nothing of what it said`() async throws {
        let service = try await Service.start(try await Books.withLoans(), ["--log", "json"])
        let word = #"{"key":"SPOOF-1","state":"accepted","sequence":1}"#
        #expect(try await service.callback(word, secret: "wrong").status == 401)
        #expect(try await service.callback(word, party: "nobody").status == 401)
        let log = await service.stop().errorLines
        let refusals = log.filter { $0.contains("callback refused") }
        #expect(refusals.count == 2)
        #expect(refusals.first?.contains(#""claims":"harbor""#) == true)
        #expect(refusals.first?.contains(#""reason":"bad-signature""#) == true)
        #expect(refusals.last?.contains(#""claims":"unknown""#) == true)
        #expect(!log.joined().contains("SPOOF"))
    }
}
