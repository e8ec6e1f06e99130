import TestSupport
import Testing

/// What `eod status` says of the open date.
struct DayStatusTests {
    @Test func `requests that are planned and were never sent are counted by bank`() async throws {
        let books = try await Books.withLoans()
        let status: Object = try await books.colend("eod status").json()
        let unsent = try #require(status["unsentRequests"] as? [Object])
        #expect(unsent.map { $0["party"] as? String } == ["harbor"])
        #expect(unsent.map { $0["requests"] as? Int } == [3])
        let shown = try await books.colend("eod status --output table").output
        #expect(
            shown.contains("requests planned and not sent: 3 (harbor 3); `colend fund` sends them"))
    }
}
