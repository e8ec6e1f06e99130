internal import LendingRules
internal import Logging
internal import Operations

/// `POST /v1/partners/{party}/callbacks`: a partner says on its own what became of a request.
struct CallbackRoute: Sendable {
    /// What is told when a callback is taken.
    struct Taken: Codable {
        let key: String
        /// What it came to: `applied`, `known`, `late`, `duplicate`, `doubted` or `contradiction`.
        let outcome: String
    }

    static let maximumBytes = 16 * 1024

    let parts: APIParts
    let metrics: ServiceMetrics
    let logger: Logger

    var endpoint: Endpoint {
        Endpoint(
            method: "POST", path: "/v1/partners/{party}/callbacks", operation: "takeCallback",
            summary: "A partner says what became of a funding request. The body is that of the "
                + "partner protocol's answers and is signed as its requests are.",
            body: Endpoint.Body(
                mediaType: "application/json", maximumBytes: Self.maximumBytes,
                description: "key, state, amount, currency, reference, valueDate, reasonCode, "
                    + "reason, sequence"),
            answers: "application/json",
            statuses: [
                200: "taken, now or before", 401: "the sender is not proven; nothing changed",
                404: "the party was never asked under this key", 413: "the body is too large",
                415: "the body is not JSON", 503: "cannot be kept now; send it again",
            ], handle: { try await take($0) })
    }

    private func take(_ request: APIRequest) async throws -> APIAnswer {
        let call = IncomingCall(
            party: request.parameters["party"] ?? "", method: request.method,
            target: request.target, headers: request.headers, body: request.body)
        var party = "unknown"
        do {
            let callback = try parts.verifier.verify(call, now: parts.now())
            party = callback.party.name
            let taken = try await parts.callbacks.take(callback)
            metrics.noteCallback(party: party, outcome: taken.outcome.rawValue)
            tell(callback, taken, requestID: request.id)
            return try APIAnswer(Taken(key: callback.key, outcome: taken.outcome.rawValue))
        } catch {
            let outcome = Self.outcome(of: error)
            metrics.noteCallback(party: party, outcome: outcome)
            tellRefusal(of: call, outcome, requestID: request.id)
            throw error
        }
    }

    /// The stable word of a refusal in the figures.
    private static func outcome(of error: any Error) -> String {
        switch error {
        case CallbackRefusal.unproven(let reason): reason
        case CallbackRefusal.unreadable: "unreadable"
        case CallbackFault.unknownKey: "unknown-request"
        default: "failed"
        }
    }

    /// The party is whom the sender claims to be, if there is one of that name: nothing else is
    /// repeated of what is sent unproven.
    private func tellRefusal(of call: IncomingCall, _ outcome: String, requestID: String) {
        let claimed = parts.parties.first { $0.name == call.party }
        logger.warning(
            "callback refused",
            metadata: [
                "request": "\(requestID)", "claims": "\(claimed?.name ?? "unknown")",
                "reason": "\(outcome)",
            ])
    }

    private func tell(_ callback: PartnerCallback, _ taken: TakenCallback, requestID: String) {
        let isFinding = [.doubted, .contradiction].contains(taken.outcome)
        logger.log(
            level: isFinding ? .warning : .info, "callback",
            metadata: [
                "request": "\(requestID)", "party": "\(callback.party)",
                "key": "\(callback.key)", "sequence": "\(callback.sequence)",
                "word": "\(callback.word.rawValue)", "outcome": "\(taken.outcome.rawValue)",
                "state": "\(taken.state.rawValue)",
            ])
    }
}
