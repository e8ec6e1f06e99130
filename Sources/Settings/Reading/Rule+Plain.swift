import BusinessCalendar

extension Rule where Value == String {
    /// A short name that also stands in keys, file names and columns.
    static var identifier: Rule<String> {
        Rule(
            "a name of up to 40 letters, digits and hyphens that begins with a letter",
            noun: "name"
        ) { text in
            let bytes = Array(text.utf8)
            let isName = bytes.allSatisfy { isLetter($0) || (48...57).contains($0) || $0 == 45 }
            return isName && bytes.count <= 40 && bytes.first.map(isLetter) == true ? text : nil
        }
    }

    /// Whatever stands there, for a key that is refused anyway.
    static var anything: Rule<String> { Rule("a text", noun: "text") { $0 } }

    /// A name as people read it.
    static var title: Rule<String> {
        Rule("a text of 1 to 80 characters on one line", noun: "title") { text in
            let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
            let hasContent = text.unicodeScalars.contains { !$0.properties.isWhitespace }
            return isPlain && hasContent && text.count <= 80 ? text : nil
        }
    }

    /// The name of an environment variable; what was found is not repeated, for it may be the
    /// secret itself.
    static var variableName: Rule<String> {
        let allowed = "the name of an environment variable: capitals, digits and _"
        return Rule(allowed) { (text) throws(Refusal) in
            let bytes = Array(text.utf8)
            let isName = bytes.allSatisfy {
                (65...90).contains($0) || (48...57).contains($0) || $0 == 95
            }
            guard isName, (1...80).contains(bytes.count), !(48...57).contains(bytes[0]) else {
                throw Refusal(
                    "what stands there is no variable name", allowed: "it needs \(allowed)")
            }
            return text
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (97...122).contains(byte)
    }
}

extension Rule where Value == Int {
    /// A whole number of a unit, within limits.
    static func whole(_ range: ClosedRange<Int>, _ unit: String = "") -> Rule<Int> {
        let words = unit.isEmpty ? "" : " of \(unit)"
        let allowed = "a whole number\(words) from \(range.lowerBound) to \(range.upperBound)"
        return Rule(allowed) { (text) throws(Refusal) in
            let digits = text.utf8.first == 45 ? text.utf8.dropFirst() : text.utf8[...]
            let isNumber = !digits.isEmpty && digits.allSatisfy { (48...57).contains($0) }
            guard isNumber else {
                throw Refusal(
                    "\(Quoted.text(text)) is no whole number", allowed: "it needs \(allowed)")
            }
            guard let value = Int(text), range.contains(value) else {
                throw Refusal(
                    "\(Quoted.text(text)) is outside the limits", code: .outOfRange,
                    allowed: "it needs \(allowed)")
            }
            return value
        }
    }
}

extension Rule where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of a type's words.
    static func choice(_ noun: String) -> Rule<Value> {
        let words = Value.allCases.map(\.rawValue)
        return Rule(Refusal.oneOf(words)) { (text) throws(Refusal) in
            if let value = Value(rawValue: text) { return value }
            throw Refusal(text, isNotOneOf: words, noun: noun)
        }
    }
}

extension Rule where Value == String {
    /// One of a fixed set of words.
    static func oneOf(_ words: [String], noun: String) -> Rule<String> {
        Rule(Refusal.oneOf(words)) { (text) throws(Refusal) in
            if words.contains(text) { return text }
            throw Refusal(text, isNotOneOf: words, noun: noun)
        }
    }
}

extension Rule where Value == BusinessDate {
    /// A date of the calendar; the limits keep a mistyped year out.
    static var date: Rule<BusinessDate> {
        let allowed = "a date YYYY-MM-DD from 1970 to 2199"
        return Rule(allowed) { (text) throws(Refusal) in
            guard let date = BusinessDate(text) else {
                throw Refusal("\(Quoted.text(text)) is no date", allowed: "it needs \(allowed)")
            }
            guard (1970...2199).contains(date.components.year) else {
                throw Refusal(
                    "\(Quoted.text(text)) is outside the limits", code: .outOfRange,
                    allowed: "it needs \(allowed)")
            }
            return date
        }
    }
}
