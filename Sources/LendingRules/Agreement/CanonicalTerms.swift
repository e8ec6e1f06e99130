/// Canonical terms taken apart: one `key value…` a line, keys may repeat.
struct CanonicalTerms {
    private var values: [String: [[String]]] = [:]

    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", omittingEmptySubsequences: false)
                .map(String.init)
            values[words[0], default: []].append(Array(words.dropFirst()))
        }
    }

    func lines(_ key: String) -> [[String]] { values[key] ?? [] }

    func words(_ key: String, count: Int) -> [String]? {
        guard let line = values[key]?.first, values[key]?.count == 1, line.count == count else {
            return nil
        }
        return line
    }

    func word(_ key: String) -> String? { words(key, count: 1)?[0] }

    /// Two numbers, the second not below the first.
    func range(_ key: String) -> ClosedRange<Int64>? {
        guard let numbers = words(key, count: 2)?.compactMap({ Int64($0) }), numbers.count == 2,
            numbers[0] <= numbers[1]
        else { return nil }
        return numbers[0]...numbers[1]
    }

    /// What the one line of a key says, or what is usual where there is none; nil for a second line
    /// or one that cannot be read.
    func either<Value>(_ key: String, _ usual: Value, _ read: ([String]) -> Value?) -> Value? {
        guard let line = lines(key).first else { return usual }
        return lines(key).count == 1 ? read(line) : nil
    }

    /// What every line of a key says, in their order; nil when one cannot be read.
    func all<Value>(_ key: String, _ read: ([String]) -> Value?) -> [Value]? {
        let values = lines(key).compactMap(read)
        return values.count == lines(key).count ? values : nil
    }
}

extension RawRepresentable where RawValue == String {
    /// The one word of a line.
    init?(words: [String]) {
        guard words.count == 1 else { return nil }
        self.init(rawValue: words[0])
    }
}

extension Int64 {
    /// The one number of a line.
    init?(words: [String]) {
        guard words.count == 1 else { return nil }
        self.init(words[0])
    }
}
