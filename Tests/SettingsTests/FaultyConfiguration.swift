import Testing

/// One way to spoil the smallest configuration, and every message that must come of it.
struct FaultyConfiguration: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let path: String
    let replacement: Replacement
    var environment: [String: String] = [:]
    /// As a failed load prints them, a line each.
    let messages: String
    /// What is spoiled, where not the smallest configuration.
    var sample = Sample.minimal

    static let all =
        keys + terms + parties + signing + lines + clearings + limits + scopedLimits
        + disbursements + fallbacks + fundingModes + yaml + acrossFiles + pricings + incomes
        + products
        + creditLines + rules + sizes + tiers + guarantors + changes + losses + assetClasses
        + pools

    enum Replacement: Sendable {
        /// Every occurrence of a text by another.
        case text(String, with: String)
        /// The same, several one after the other.
        case texts([(String, with: String)])
        case whole(String)
        case bytes([UInt8])
        case removed
        /// A further file beside the others.
        case added(String)
    }

    init(
        _ name: String, _ path: String, _ replacement: Replacement,
        environment: [String: String] = [:], _ messages: String,
        beside sample: [String: String] = Sample.minimal
    ) {
        testDescription = name
        self.path = path
        self.replacement = replacement
        self.environment = environment
        self.messages = messages
        self.sample = sample
    }

    /// A case that replaces one text of a file by another.
    init(
        _ name: String, _ path: String, _ text: String, _ other: String, _ messages: String
    ) {
        self.init(name, path, .text(text, with: other), messages)
    }

    /// The spoiled contents; nil when the text to replace is not there, so that no case goes stale.
    var contents: [String: [UInt8]]? {
        var contents = sample.mapValues { Array($0.utf8) }
        switch replacement {
        case .text(let text, let other):
            guard let old = sample[path], old.contains(text) else { return nil }
            contents[path] = Array(old.replacing(text, with: other).utf8)
        case .texts(let pairs):
            guard var text = sample[path] else { return nil }
            for (old, other) in pairs {
                guard text.contains(old) else { return nil }
                text = text.replacing(old, with: other)
            }
            contents[path] = Array(text.utf8)
        case .whole(let text): contents[path] = Array(text.utf8)
        case .bytes(let bytes): contents[path] = bytes
        case .added(let text):
            guard contents[path] == nil else { return nil }
            contents[path] = Array(text.utf8)
        case .removed:
            guard contents.removeValue(forKey: path) != nil else { return nil }
        }
        return contents
    }
}
