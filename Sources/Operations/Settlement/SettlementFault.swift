package import LendingRules
import Monetary

/// Why a settlement was not approved, or a statement line not taken.
package enum SettlementFault: CodedError, Hashable {
    case unknown(String)
    case refused(String, SettlementRefusal)
    /// The bank reference was taken in with other content.
    case otherContent(bankRef: String)

    package var code: String {
        switch self {
        case .unknown: "SETTLE-001"
        case .refused(_, .sameUser): "SETTLE-002"
        case .refused: "SETTLE-003"
        case .otherContent: "SETTLE-004"
        }
    }

    package var sentence: String {
        switch self {
        case .unknown(let id):
            "there is no settlement '\(id)'; `colend settlement show` lists them"
        case .refused(let id, .sameUser(let person)):
            "\(person) drafted settlement \(id) and cannot approve it; another person must, with "
                + "--as"
        case .refused(let id, let refusal):
            "settlement \(id): \(refusal.reason); see `colend settlement show`"
        case .otherContent(let bankRef):
            "statement line \(bankRef) was taken in with other content; ask the bank which one "
                + "holds"
        }
    }

    package var exit: ExitKind {
        if case .otherContent = self { .badInput } else { .failed }
    }
}

/// A refusal while nobody asked for anything: what is kept contradicts itself.
extension SettlementRefusal: CodedError {
    package var code: String { "SETTLE-003" }
    package var sentence: String {
        "a settlement in the store contradicts itself: \(reason); run `colend verify`"
    }
    package var exit: ExitKind { .failed }
}

extension SettlementRefusal {
    /// The refusal in words for people.
    package var reason: String { reason { "\($0) minor units" } }

    /// The refusal in words for people, amounts with the sign a statement gives them.
    func reason(in currency: Currency) -> String {
        reason { Money(minorUnits: 0 - $0, currency: currency).description }
    }

    private func reason(_ amount: (Int64) -> String) -> String {
        switch self {
        case .illegal(let state, let event):
            "it is \(state?.rawValue ?? "not drafted") and cannot be \(event.word)"
        case .sameUser(let person): "\(person) drafted it"
        case .exceeds(let received, let expected):
            "a line of \(amount(received)), where \(amount(expected)) can still move"
        }
    }
}

extension SettlementEvent {
    /// One word for the event, as it is kept and told.
    package var word: String {
        switch self {
        case .drafted: "drafted"
        case .carriedOver: "carried-over"
        case .cleared: "cleared"
        case .approved: "approved"
        case .instructed: "instructed"
        case .received: "received"
        case .netted: "netted"
        }
    }
}
