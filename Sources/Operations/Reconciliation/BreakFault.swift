package import Reconciling

/// Why a person's decision about a break is refused.
package enum BreakFault: CodedError, Hashable {
    case refused(String, BreakRefusal)
    case nobody
    case unknownPerson(String)
    case emptyComment
    case anotherCurrency(String)
    case tooLarge(String)

    package var code: String {
        switch self {
        case .refused(_, .illegal): "BREAK-001"
        case .refused(_, .samePerson): "BREAK-002"
        case .nobody: "BREAK-003"
        case .unknownPerson: "BREAK-004"
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
        case .nobody: "a person decides this; say who with --as USER or COLEND_USER"
        case .unknownPerson(let text):
            "'\(text)' names no person; use up to 64 letters, digits, '.', '_', '-' or '@'"
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
        case .nobody, .unknownPerson, .emptyComment: .usage
        case .tooLarge: .badInput
        }
    }
}

/// Who decides something: a name in lower case, so that two spellings are not two persons.
package struct Person: Hashable, Sendable {
    package let name: String

    /// - Throws: ``BreakFault/nobody`` or ``BreakFault/unknownPerson(_:)``.
    package init(_ text: String?) throws(BreakFault) {
        guard let text, !text.isEmpty else { throw .nobody }
        let isName = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [45, 46, 64, 95].contains(byte)
        }
        guard isName, text.utf8.count <= 64 else { throw .unknownPerson(text) }
        name = text.lowercased()
    }
}
