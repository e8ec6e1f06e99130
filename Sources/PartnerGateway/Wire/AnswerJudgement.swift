// What a signed answer proves about a request.

internal import Monetary
package import Operations

/// The three things a partner is asked about a request.
package enum FundingCall: String, Sendable, CaseIterable {
    case send, ask, reverse
}

/// Judges answers whose signature has been checked. Whatever does not fit the request to the letter
/// is unknown, never accepted and never refused.
package enum AnswerJudgement {
    /// The meaning of a status and body for a request.
    package static func judge(
        _ call: FundingCall, of request: FundingRequest, status: Int, body: [UInt8]
    ) -> PartnerAnswer {
        judge(call, of: request, status: status) { () throws(AnswerFault) in
            try AnswerText(body)
        }
    }

    /// The same of an answer that has been read, for a line of many.
    static func judge(
        _ call: FundingCall, of request: FundingRequest, status: Int, _ json: AnswerText
    ) -> PartnerAnswer {
        judge(call, of: request, status: status) { () throws(AnswerFault) in json }
    }

    /// The body is read only where it can settle something.
    private static func judge(
        _ call: FundingCall, of request: FundingRequest, status: Int,
        _ body: () throws(AnswerFault) -> AnswerText
    ) -> PartnerAnswer {
        switch (call, status) {
        case (.ask, 404):
            return .neverSeen(.init("404: the partner has no record of the key"))
        case (.ask, 410):
            return .unknown(.init("410: the partner kept the key and has dropped it"))
        case (.send, 200), (.send, 201), (.send, 202), (.send, 422), (.ask, 200),
            (.reverse, 200), (.reverse, 202), (.reverse, 409):
            return read(call, of: request, status: status, body)
        default:
            return .unknown(.init("status \(status) settles nothing"))
        }
    }

    private static func read(
        _ call: FundingCall, of request: FundingRequest, status: Int,
        _ body: () throws(AnswerFault) -> AnswerText
    ) -> PartnerAnswer {
        do throws(AnswerFault) {
            let answer = try FundingAnswer(body())
            try check(answer, to: call, against: request)
            guard states(call, status).contains(answer.state) else {
                throw AnswerFault(what: "state '\(answer.state.rawValue)' does not go with it")
            }
            return meaning(call, status, answer, of: request)
        } catch {
            return .unknown(.init("status \(status): \(error.what)"))
        }
    }

    private static func check(
        _ answer: FundingAnswer, to call: FundingCall, against request: FundingRequest
    ) throws(AnswerFault) {
        guard answer.key.utf8.elementsEqual(request.key.utf8) else {
            throw AnswerFault(what: "the answer is about the key '\(answer.key.prefix(80))'")
        }
        // However much it was, nothing of it is held any more.
        if call == .reverse, answer.state == .reversed { return }
        let asked = Money(minorUnits: request.amount, currency: request.currency)
        if let money = answer.money {
            if request.admits(money) { return }
            throw AnswerFault(what: "the answer is about \(money), not \(asked)")
        }
        if [.accepted, .confirmed].contains(answer.state) {
            throw AnswerFault(what: "the answer names no amount")
        }
    }

    /// The states that may come with a status.
    private static func states(_ call: FundingCall, _ status: Int) -> Set<FundingAnswerState> {
        switch (call, status) {
        case (.send, 201): [.accepted, .confirmed]
        case (.send, 202): [.pending]
        case (.send, 422): [.refused]
        case (.send, _), (.ask, _): Set(FundingAnswerState.allCases)
        case (.reverse, 200): [.reversed]
        case (.reverse, 202): [.reversing]
        case (.reverse, _): [.accepted, .confirmed]
        }
    }

    private static func meaning(
        _ call: FundingCall, _ status: Int, _ answer: FundingAnswer, of request: FundingRequest
    ) -> PartnerAnswer {
        if call == .reverse && status == 409 {
            return .reversalRefused(reason: answer.reason.isEmpty ? "paid out" : answer.reason)
        }
        switch answer.state {
        case .accepted, .confirmed:
            if let held = answer.money?.minorUnits, held != request.amount {
                return .acceptedPart(
                    amount: held, reference: answer.reference, valueDate: answer.valueDate)
            }
            return .accepted(reference: answer.reference, valueDate: answer.valueDate)
        case .pending, .reversing: return .pending
        case .refused: return .refused(code: answer.reasonCode, reason: answer.reason)
        case .reversed: return .reversed(isTombstone: answer.money == nil)
        }
    }
}
