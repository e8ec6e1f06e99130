// How long a far side asks to be left alone.

import CurlTransport
import Testing

@Suite struct RetryAfterTests {
    private static let date = "Sat, 21 Nov 2026 12:00:00 GMT"

    @Test(arguments: [
        (429, "7", 7), (503, "0", 0), (503, "120", 120),
        (503, "Sat, 21 Nov 2026 12:01:30 GMT", 90),
        (503, "Sat, 21 Nov 2026 11:00:00 GMT", 0),
        (429, "99999999999999999999", Int.max),
    ])
    func `seconds or a date by the answer's own clock`(status: Int, text: String, seconds: Int) {
        #expect(response(status, text).retryAfterSeconds == seconds)
    }

    @Test(arguments: [
        (200, "7"), (500, "7"), (429, "-7"), (429, "soon"), (429, ""), (503, "7.5"), (429, "٧"),
    ])
    func `anything else asks for nothing`(status: Int, text: String) {
        #expect(response(status, text).retryAfterSeconds == nil)
    }

    @Test func `a date without the answer's own is not compared with our clock`() {
        let response = ExchangeResponse(
            status: 503, headers: [("Retry-After", Self.date)], body: [])
        #expect(response.retryAfterSeconds == nil)
    }

    private func response(_ status: Int, _ text: String) -> ExchangeResponse {
        ExchangeResponse(
            status: status, headers: [("retry-after", text), ("Date", Self.date)], body: [])
    }
}
