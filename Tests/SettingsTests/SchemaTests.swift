import Settings
import TestSupport
import Testing

/// `config schema` against what is read: it refuses nothing that a load takes, and faults of form.
struct SchemaTests {
    @Test func `every file of every sample is valid`() throws {
        let any = try validator(nil)
        for (name, sample) in FormSamples.all {
            for (path, text) in sample {
                let file = try #require(ConfigurationFile(path: path))
                let value = try EditorYAML.value(text)
                #expect(try validator(file).faults(value) == [], "\(name) \(path)")
                #expect(any.faults(value) == [], "\(name) \(path)")
            }
        }
    }

    @Test func `a file with every key and its example is valid`() throws {
        for document in FormDocument.all {
            let faults = try validator(of: document).faults(EditorYAML.value(document.yaml))
            #expect(faults == [], "\(document.path)")
        }
    }

    @Test func `a sound file of one kind is none of another`() throws {
        for (path, text) in Sample.minimal {
            let value = try EditorYAML.value(text)
            for file in ConfigurationFile.allCases where file != ConfigurationFile(path: path) {
                #expect(try validator(file).faults(value) != [], "\(path) as \(file)")
            }
        }
    }

    /// Faults of form that no schema tells, each with its reason.
    private static let untold: [String: String] = [
        "a fee with too many decimals": currency, "an amount with too many decimals": currency,
        "a minimum too fine": currency, "a limit with too many decimals": currency,
        "a currency of no country": "the table of currencies",
        "a mistyped zone": "the tz database",
        "a date the calendar lacks": "the lengths of months",
        "a first date that is none": "the lengths of months",
        "an amount in powers of ten": "a number for YAML",
        "an amount beyond 64 bits": "a number for YAML",
        "a fee without its base": otherKey,
        "a profile without the partner's key": otherKey,
        "three keys of the partner's": "the rotation of keys",
        "a share above the whole": "the value of a fraction",
        "a schedule of its own without a day count": otherKey,
        "a limit without an amount": otherKey, "a part of nothing": otherKey,
        "a part of a total without a least base": otherKey,
        "a part that is too fine": "the value of a fraction",
        "a limit of an unreadable region": "spaces at the ends of a text",
        "a limit of an unreadable borrower": "spaces at the ends of a text",
        "a lender without a share and without tiers": otherKey, "a route to nowhere": otherKey,
        "nobody's share": otherKey, "a share of more than all": otherKey,
        "a part with too many decimals": currency, "nine slices": "the lengths of lists",
        "sixty-five tiers": "the lengths of lists", "conditions beyond counting": "all tiers",
        "a price of nothing": "the value of a fraction", "a limit of all shares": otherKey,
        "a range that ends before it begins": "two values in one text",
        "months that are no range": "two values in one text",
        "a cover without its set": otherKey, "a layer without a way": otherKey,
    ]
    private static let currency = "the decimals of the currency"
    private static let otherKey = "the value of another key"

    @Test func `a faulty file of the table is refused when its fault is one of form`() throws {
        var missed: Set<String> = []
        var refused = 0
        for faulty in FaultyConfiguration.all where isOfForm(faulty) {
            guard let file = ConfigurationFile(path: faulty.path),
                let bytes = faulty.contents?[faulty.path]
            else { continue }
            // What is no YAML is none for an editor either.
            let value = try? EditorYAML.value(String(decoding: bytes, as: UTF8.self))
            if try value.map({ try validator(file).faults($0).isEmpty }) ?? false {
                missed.insert(faulty.testDescription)
            } else {
                refused += 1
            }
        }
        #expect(missed == Set(SchemaTests.untold.keys))
        #expect(refused >= 60, "\(refused)")
    }

    /// Whether every message is about a key or a value for itself, in a file.
    private func isOfForm(_ faulty: FaultyConfiguration) -> Bool {
        let ofForm = ["CONF-007", "CONF-008", "CONF-009", "CONF-010", "CONF-011"]
        let codes = faulty.messages.split(separator: "\n").map { String($0.prefix(8)) }
        return faulty.environment.isEmpty && codes.contains(where: ofForm.contains)
    }

    private static let probes = [
        "\"\"", "x", "true", "0", "\"0\"", "1", "\"-1\"", "-1", "-0.00", "\"1.50\"", "0.0001",
        "101",
        "99999999999999", "0%", "\"50%\"", "101%", "7/10", "2026-01-31", "1969-12-31", "USD", "UTC",
        "\"00:00\"", "24:00", "half-even", "https://a.example", "http://localhost:1",
        "socks5h://p:1", "A_B1", "a b", "银行",
    ]

    @Test func `what a load takes under a key is valid, and words and whole numbers both ways`()
        throws
    {
        var (taken, refused) = (0, 0)
        // One key of every kind of value is enough, for a schema is made of the kind.
        var kinds: Set<SettingKind> = [.mappings]
        for document in FormDocument.all {
            let validator = try validator(of: document)
            // The kind of a party decides on all its other keys.
            for form in document.variant.forms
            where form.key != "kind" && kinds.insert(form.kind).inserted {
                for probe in SchemaTests.probes {
                    let spoiled = document.with(wrapped(probe, form.kind), at: form.key)
                    let key = FormDocument.shown(form.key)
                    let isTaken = !spoiled.faultsOfForm().contains { $0.key.hasPrefix(key) }
                    let value = try EditorYAML.value(spoiled.yaml)
                    let faults = validator.faults(value).filter { isAbout($0, key) }
                    if isTaken {
                        taken += 1
                        #expect(faults == [], "\(document.path) \(key): \(probe)")
                    } else if isExact(form.kind, probe) {
                        refused += 1
                        #expect(faults != [], "\(document.path) \(key): \(probe)")
                    }
                }
            }
        }
        #expect(taken > 100, "\(taken) taken")
        #expect(refused > 300, "\(refused) refused")
    }

    /// Whether a fault of the validator, which counts elements from 0, is at a key or below it.
    private func isAbout(_ fault: String, _ key: String) -> Bool {
        let place = "$." + key.replacing("[1]", with: "[0]")
        return [":", ".", "["].contains { fault.hasPrefix(place + $0) }
    }

    private func wrapped(_ probe: String, _ kind: SettingKind) -> String {
        switch kind {
        case .list: "[\(probe)]"
        case .byParty: "{platform: \(probe)}"
        default: probe
        }
    }

    /// Kinds whose values a schema knows exactly; a number in quotes has no bounds for it.
    private func isExact(_ kind: SettingKind, _ probe: String) -> Bool {
        switch kind {
        case .words, .flag: true
        case .whole: !probe.hasPrefix("\"") && probe != "1e3" && probe != "-0.00"
        case .list(let element): isExact(element, probe)
        default: false
        }
    }

    private func validator(of document: FormDocument) throws -> SchemaValidator {
        try validator(ConfigurationFile(path: document.path))
    }

    private func validator(_ file: ConfigurationFile?) throws -> SchemaValidator {
        try SchemaValidator(JSONValue(ConfigurationSchema.schema(of: file)))
    }
}

extension JSONValue {
    fileprivate init(_ node: SchemaNode) {
        switch node {
        case .object(let members):
            self = .object(
                Dictionary(uniqueKeysWithValues: members.map { ($0.name, JSONValue($0.value)) }))
        case .list(let elements): self = .list(elements.map { JSONValue($0) })
        case .text(let text): self = .text(text)
        case .number(let number): self = .number(Double(number))
        case .flag(let flag): self = .flag(flag)
        }
    }
}
