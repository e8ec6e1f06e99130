import Testing

/// A sample that one rule must find fault with, or none may.
struct Sample: Sendable, CustomStringConvertible {
    let rule: Rule
    let path: String
    let text: String
    /// What the finding must mention.
    let mention: String

    init(
        _ rule: Rule, in path: String = "Sources/Monetary/Sample.swift", _ text: String,
        _ mention: String
    ) {
        self.rule = rule
        self.path = path
        self.text = text
        self.mention = mention
    }

    var description: String { "\(rule.name): \(mention)" }
    var findings: [Finding] { rule.findings(SwiftSource(path: path, text: text)) }
}

/// Every rule of the house is broken here once, so that no rule passes by never looking.
struct RuleTests {
    @Test(arguments: Sample.faulty)
    func `a breach is found`(sample: Sample) {
        #expect(
            sample.findings.contains { $0.message.contains(sample.mention) },
            "found: \(sample.findings)")
    }

    @Test(arguments: Sample.faultless)
    func `what only looks like a breach is left alone`(sample: Sample) {
        #expect(sample.findings == [])
    }

    @Test func `every rule has a sample that breaks it`() {
        let broken = Set(Sample.faulty.map(\.rule.name))
        #expect(Rule.all.map(\.name).filter { !broken.contains($0) } == [])
    }

    @Test func `every banned phrase is found where it stands`() {
        for phrase in BannedPhrase.all {
            let source = SwiftSource(
                path: "Sources/Monetary/Sample.swift", text: "x " + phrase.tokens.joined())
            #expect(!phrase.places(in: source).isEmpty, "\(phrase.tokens)")
            #expect(phrase.applies("Monetary"), "\(phrase.tokens)")
        }
    }
}
