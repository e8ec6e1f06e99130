// Short names for what the tests expect of an outcome.

import CurlTransport

enum OutcomeKind: String, Sendable { case notSent, answered, unknown }

extension ExchangeOutcome {
    var kind: OutcomeKind {
        switch self {
        case .notSent: .notSent
        case .answered: .answered
        case .unknown: .unknown
        }
    }

    var response: ExchangeResponse? {
        if case .answered(let response, _) = self { response } else { nil }
    }

    var text: String? { response.map { String(decoding: $0.body, as: UTF8.self) } }
}

// A busy machine may take long to connect too: a test that wants a bound of time names it.

func post(
    _ url: String, _ body: String = "{}", totalMilliseconds: Int = 600_000,
    maximumBodyBytes: Int = 1_000
) -> ExchangeRequest {
    ExchangeRequest(
        method: .post, url: url, headers: [("Content-Type", "application/json")],
        body: Array(body.utf8), connectMilliseconds: totalMilliseconds,
        totalMilliseconds: totalMilliseconds, maximumBodyBytes: maximumBodyBytes)
}

func get(_ url: String, totalMilliseconds: Int = 600_000) -> ExchangeRequest {
    ExchangeRequest(
        method: .get, url: url, connectMilliseconds: totalMilliseconds,
        totalMilliseconds: totalMilliseconds)
}

extension ClientLimits {
    init(_ change: (inout ClientLimits) -> Void) {
        self.init()
        change(&self)
    }

    /// Keeps idle connections for as long as a busy machine may take between two requests.
    static let patient = ClientLimits { $0.connectionIdleSeconds = 600 }
}
