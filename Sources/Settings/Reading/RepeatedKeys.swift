/// The text of a file, in which second occurrences of a key can be put out of the way.
///
/// The YAML parser stops at the first mapping with a repeated key and names the first occurrence
/// only. A later one is overwritten with a key of the same length that no file can hold, so that
/// every other position stays true and parsing can go on.
struct RepeatedKeys {
    /// The text with the repetitions overwritten.
    private(set) var text: String
    /// Where the overwritten keys stand.
    private(set) var positions: Set<Position> = []
    private(set) var faults: [ReadingFault] = []

    /// Split off only when a key repeats, which few files ever do.
    private var lines: [[Unicode.Scalar]] = []

    init(text: String) { self.text = text }

    /// Overwrites the next occurrence in the mapping of `first`; false when it cannot be told.
    mutating func leaveOutNext(_ key: String, after first: Position) -> Bool {
        if lines.isEmpty {
            lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
                .map(Array.init)
        }
        guard let (position, length) = next(key, after: first) else { return false }
        let line = position.line - 1
        let stand = Unicode.Scalar(0xE000 + UInt32(faults.count)) ?? "\u{E000}"
        let range = position.column - 1..<position.column - 1 + length
        lines[line].replaceSubrange(range, with: repeatElement(stand, count: length))
        text = String(String.UnicodeScalarView(lines.joined(separator: ["\n"])))
        positions.insert(position)
        faults.append(
            ReadingFault(
                code: .repeatedKey, found: "the key \(Quoted.bare(key)) stands twice",
                key: Quoted.bare(key), position: position,
                allowed: "keep one; the first is on line \(first.line)"))
        return true
    }

    private func next(_ key: String, after first: Position) -> (Position, Int)? {
        guard lines.indices.contains(first.line - 1) else { return nil }
        let before = lines[first.line - 1].prefix(first.column - 1).last { $0 != " " }
        return before == "{" || before == ","
            ? nextInFlow(key, after: first) : nextInBlock(key, after: first)
    }

    /// Further on in the same line, behind a comma.
    private func nextInFlow(_ key: String, after first: Position) -> (Position, Int)? {
        let line = lines[first.line - 1]
        var before: Unicode.Scalar = "{"
        for index in line.indices.dropFirst(first.column) where line[index] != " " {
            if before == ",", let length = length(of: key, in: line, at: index) {
                return (Position(line: first.line, column: index + 1), length)
            }
            before = line[index]
        }
        return nil
    }

    /// In the same column further down, as long as no line begins left of it.
    private func nextInBlock(_ key: String, after first: Position) -> (Position, Int)? {
        for index in lines.indices.dropFirst(first.line) {
            guard let start = lines[index].firstIndex(where: { $0 != " " && $0 != "\r" }),
                lines[index][start] != "#"
            else { continue }
            if start < first.column - 1 { return nil }
            if start == first.column - 1, let length = length(of: key, in: lines[index], at: start)
            {
                return (Position(line: index + 1, column: start + 1), length)
            }
        }
        return nil
    }

    /// How long the key is there, quotes included, when a colon follows it.
    private func length(of key: String, in line: [Unicode.Scalar], at start: Int) -> Int? {
        for form in [key, "\"\(key)\"", "'\(key)'"] {
            let scalars = Array(form.unicodeScalars)
            guard !scalars.isEmpty, line[start...].starts(with: scalars) else { continue }
            let rest = line[(start + scalars.count)...]
            if rest.first(where: { $0 != " " }) == ":" { return scalars.count }
        }
        return nil
    }
}
