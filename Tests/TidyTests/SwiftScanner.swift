/// Tells for every character of a Swift file whether it is code, comment or string, so that a
/// rule about code is not set off by a sentence that mentions it.
///
/// Knows nested block comments, raw and multi-line strings, interpolations (which are code again)
/// and raw identifiers. Of regular expressions it knows only the `#/…/#` form.
struct SwiftScanner {
    enum Kind { case code, comment, string, name }

    private enum Mode {
        case code(openParentheses: Int)
        case string(hashes: Int, isMultiline: Bool)
    }

    private let characters: [Character]
    private var kinds: [Kind] = []
    private var modes: [Mode] = [.code(openParentheses: 0)]

    private init(_ characters: [Character]) {
        self.characters = characters
        kinds.reserveCapacity(characters.count)
    }

    /// One kind per character.
    static func kinds(of characters: [Character]) -> [Kind] {
        var scanner = SwiftScanner(characters)
        while scanner.position < characters.count {
            switch scanner.modes[scanner.modes.count - 1] {
            case .code(let open): scanner.scanCode(openParentheses: open)
            case .string(let hashes, let isMultiline):
                scanner.scanString(hashes: hashes, isMultiline: isMultiline)
            }
        }
        return scanner.kinds
    }

    private var position: Int { kinds.count }

    private func sees(_ text: String, at offset: Int = 0) -> Bool {
        let start = position + offset
        guard start + text.count <= characters.count else { return false }
        return zip(text, characters[start...]).allSatisfy { $0 == $1 }
    }

    private mutating func take(_ count: Int, as kind: Kind) {
        for _ in 0..<min(count, characters.count - position) { kinds.append(kind) }
    }

    private mutating func scanCode(openParentheses: Int) {
        let isInterpolation = modes.count > 1
        if sees("//") {
            while position < characters.count, !characters[position].isNewline {
                take(1, as: .comment)
            }
        } else if sees("/*") {
            takeBlockComment()
        } else if sees("`") {
            takeRawName()
        } else if let hashes = hashesBeforeQuote() {
            openString(hashes: hashes)
        } else if sees("#/") {
            while position < characters.count, !sees("/#") { take(1, as: .string) }
            take(2, as: .string)
        } else if isInterpolation, sees(")"), openParentheses == 0 {
            modes.removeLast()
            take(1, as: .string)
        } else {
            if isInterpolation { countParenthesis(openParentheses) }
            take(1, as: .code)
        }
    }

    private mutating func countParenthesis(_ open: Int) {
        let step = sees("(") ? 1 : sees(")") ? -1 : 0
        modes[modes.count - 1] = .code(openParentheses: open + step)
    }

    private mutating func takeBlockComment() {
        var depth = 0
        repeat {
            if sees("/*") {
                depth += 1
                take(2, as: .comment)
            } else if sees("*/") {
                depth -= 1
                take(2, as: .comment)
            } else {
                take(1, as: .comment)
            }
        } while depth > 0 && position < characters.count
    }

    private mutating func takeRawName() {
        take(1, as: .name)
        while position < characters.count, !sees("`"), !characters[position].isNewline {
            take(1, as: .name)
        }
        take(1, as: .name)
    }

    private func hashesBeforeQuote() -> Int? {
        var hashes = 0
        while sees("#", at: hashes) { hashes += 1 }
        return sees("\"", at: hashes) ? hashes : nil
    }

    private mutating func openString(hashes: Int) {
        let isMultiline = sees("\"\"\"", at: hashes)
        take(hashes + (isMultiline ? 3 : 1), as: .string)
        modes.append(.string(hashes: hashes, isMultiline: isMultiline))
    }

    private mutating func scanString(hashes: Int, isMultiline: Bool) {
        let fence = String(repeating: "#", count: hashes)
        let quote = isMultiline ? "\"\"\"" : "\""
        if sees("\\" + fence + "(") {
            take(2 + hashes, as: .string)
            modes.append(.code(openParentheses: 0))
        } else if sees("\\" + fence) {
            take(2 + hashes, as: .string)
        } else if sees(quote + fence) {
            take(quote.count + hashes, as: .string)
            modes.removeLast()
        } else {
            if !isMultiline, characters[position].isNewline { modes.removeLast() }
            take(1, as: .string)
        }
    }
}
