/// A value as it stands in a file: text, a list or a mapping, with its position.
struct Written {
    enum Content {
        case text(String)
        /// A key with nothing behind it.
        case nothing
        case list([Written])
        case mapping([Entry])
    }

    struct Entry {
        let key: String
        let position: Position
        let value: Written
    }

    let position: Position
    let content: Content

    /// What stands there, in the words of messages.
    var shape: String {
        switch content {
        case .text: "text"
        case .nothing: "nothing"
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }
}

/// Line and column from 1, columns in Unicode scalars.
struct Position: Hashable {
    let line: Int
    let column: Int

    static let start = Position(line: 1, column: 1)
}

/// Something in one file that keeps it from being understood.
struct ReadingFault: Error {
    let code: FaultCode
    let found: String
    var key = ""
    let position: Position
    let allowed: String
}
