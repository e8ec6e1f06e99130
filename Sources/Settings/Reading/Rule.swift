/// What a text must be, how it is read and how the permitted values are told.
struct Rule<Value> {
    /// What is allowed, to stand after "it needs".
    let allowed: String
    private let parse: (String) throws(Refusal) -> Value

    init(_ allowed: String, parse: @escaping (String) throws(Refusal) -> Value) {
        self.allowed = allowed
        self.parse = parse
    }

    /// A rule for which anything that `parse` cannot read is of the wrong kind.
    init(_ allowed: String, noun: String, parse: @escaping (String) -> Value?) {
        self.init(allowed) { (text) throws(Refusal) in
            if let value = parse(text) { return value }
            throw Refusal("\(Quoted.text(text)) is no \(noun)", allowed: "it needs \(allowed)")
        }
    }

    /// - Throws: ``Refusal`` in the words of the message.
    func read(_ text: String) throws(Refusal) -> Value { try parse(text) }

    /// The same rule for another type.
    func map<Other>(_ transform: @escaping (Value) -> Other) -> Rule<Other> {
        Rule<Other>(allowed) { (text) throws(Refusal) in transform(try parse(text)) }
    }
}

/// Why a text was refused.
struct Refusal: Error {
    let code: FaultCode
    let found: String
    let allowed: String

    init(_ found: String, code: FaultCode = .unreadableValue, allowed: String) {
        self.code = code
        self.found = found
        self.allowed = allowed
    }

    /// A word that is none of the allowed ones, with the nearest of them.
    init(_ text: String, isNotOneOf words: [String], noun: String) {
        let nearest = Nearest.word(to: text, among: words).map { "did you mean \($0)? " } ?? ""
        self.init(
            "\(Quoted.text(text)) is no \(noun)",
            allowed: "\(nearest)it needs \(Refusal.oneOf(words))")
    }

    /// The words as they stand after "it needs".
    static func oneOf(_ words: [String]) -> String {
        (words.count > 1 ? "one of " : "") + words.joined(separator: ", ")
    }
}
