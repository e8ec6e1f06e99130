package import Reconciling

/// Why a person's decision about a break is refused.
package enum BreakFault: CodedError, Hashable {
    case refused(String, BreakRefusal)
    case emptyComment
    case anotherCurrency(String)
    case tooLarge(String)

    package var code: String {
        switch self {
        case .refused(_, .illegal): "BREAK-001"
        case .refused(_, .samePerson): "BREAK-002"
        case .emptyComment: "BREAK-005"
        case .anotherCurrency: "BREAK-006"
        case .tooLarge: "BREAK-007"
        }
    }

    package var sentence: String {
        switch self {
        case .refused(let id, .illegal(let state, let event)):
            "break \(id) is \(state.rawValue), it cannot be \(event); `colend breaks show \(id)` "
                + "tells its history"
        case .refused(let id, .samePerson(let person)):
            "\(person) proposed the correction of break \(id) and cannot approve it; ask another "
                + "person"
        case .emptyComment: "the comment is empty; say something"
        case .anotherCurrency(let id):
            "break \(id) is between two currencies; accept ours, and book the partner's amount by "
                + "a fact of its loan"
        case .tooLarge(let id):
            "the correction of break \(id) does not fit in 64-bit minor units; ask the partner "
                + "about its amounts"
        }
    }

    package var exit: ExitKind {
        switch self {
        case .refused, .anotherCurrency: .failed
        case .emptyComment: .usage
        case .tooLarge: .badInput
        }
    }
}
