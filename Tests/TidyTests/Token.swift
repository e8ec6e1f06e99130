/// A word, or a single character that belongs to none, of a file's code.
struct Token {
    let text: String
    /// Counted from 1.
    let line: Int
    let column: Int

    var isNumber: Bool { text.first?.isNumber ?? false }

    /// Whether `next` follows without a space.
    func touches(_ next: Token) -> Bool {
        line == next.line && column + text.count == next.column
    }

    static func tokens(of code: [String]) -> [Token] {
        code.enumerated().flatMap { index, line in tokens(of: line, number: index + 1) }
    }

    private static func tokens(of line: String, number: Int) -> [Token] {
        var tokens: [Token] = []
        var word = ""
        for (column, character) in (line + " ").enumerated() {
            if character.isLetter || character.isNumber || "_$".contains(character) {
                word.append(character)
                continue
            }
            if !word.isEmpty {
                tokens.append(Token(text: word, line: number, column: column - word.count))
                word = ""
            }
            if !character.isWhitespace {
                tokens.append(Token(text: String(character), line: number, column: column))
            }
        }
        return tokens
    }
}
