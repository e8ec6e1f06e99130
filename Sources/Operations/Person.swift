/// Who decides something: a name in lower case, so that two spellings are not two persons.
///
/// Whatever asks for another person's agreement compares persons, never texts.
package struct Person: Hashable, Sendable {
    package let name: String

    /// - Throws: ``PersonFault``.
    package init(_ text: String?) throws(PersonFault) {
        guard let text, !text.isEmpty else { throw .nobody }
        let isName = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [45, 46, 64, 95].contains(byte)
        }
        guard isName, text.utf8.count <= 64 else { throw .unknown(text) }
        name = text.lowercased()
    }
}

/// Why a text names no person.
package enum PersonFault: CodedError, Hashable {
    case nobody
    case unknown(String)

    package var code: String {
        switch self {
        case .nobody: "BREAK-003"
        case .unknown: "BREAK-004"
        }
    }

    package var sentence: String {
        switch self {
        case .nobody: "a person decides this; say who with --as USER or COLEND_USER"
        case .unknown(let text):
            "'\(text)' names no person; use up to 64 letters, digits, '.', '_', '-' or '@'"
        }
    }

    package var exit: ExitKind { .usage }
}
