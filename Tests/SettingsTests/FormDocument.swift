import Settings
import TestSupport

/// A file with every key of its forms, each with its example, on one line.
struct FormDocument {
    let path: String
    let variant: ConfigurationFile.Variant
    /// Values by key, that stand instead of the examples.
    private(set) var values: [String: String]
    /// Whether a key that nothing reads stands in every mapping.
    private(set) var hasStrangers = false

    static let stranger = "zzz"

    /// One document for each kind of file; all keys of it are read, whatever comes of the values.
    static let all = ConfigurationFile.allCases.flatMap { file in
        if file == .rules { return packs }
        return file.variants.map { variant in
            FormDocument(path: path(file, variant.name), variant: variant, values: settled)
        }
    }

    /// A rule is about what its measure is of: one document for each kind of subject.
    private static let packs = [
        pack("loan-share-minimum", ["agreement", "loan"], at: "[config, allocation]", "\"30%\""),
        pack("partner-share-of-capital", ["book"], at: "[close]", "\"25%\""),
        pack("non-performing-days", ["claim"], at: "[close]", "90"),
        pack("cover-of-set-maximum", ["cover"], at: "[close]", "\"5%\""),
    ]

    private static func pack(
        _ measure: String, _ subjects: [String], at moments: String, _ limit: String
    ) -> FormDocument {
        let others = ["agreement", "loan", "book", "claim", "cover"].filter {
            !subjects.contains($0)
        }
        let forms = ConfigurationFile.rules.forms.filter { form in
            !others.contains { form.key.hasPrefix("rules[].cases[].\($0).") }
                && (form.key != "rules[].of" || measure == "loan-share-minimum")
        }
        return FormDocument(
            path: "rules/one.yaml",
            variant: ConfigurationFile.Variant(name: measure, forms: forms),
            values: [
                "rules[].measure": measure, "rules[].at": moments, "rules[].limit": limit,
            ])
    }

    /// What a key must say so that others are looked at.
    private static let settled = ["line.kind": "pay-later"]

    private static func path(_ file: ConfigurationFile, _ kind: String) -> String {
        switch file {
        case .platform, .chart: file.path
        case .party: "parties/\(kind == "bank" ? "harbor" : kind).yaml"
        case .agreement: "agreements/harbor-70-30.yaml"
        case .product: "products/instalment-loan.yaml"
        case .rules: file.path
        case .pool: "pools/autumn-2026.yaml"
        case .calendar: "calendars/US.yaml"
        }
    }

    func with(_ value: String, at key: String) -> FormDocument {
        var document = self
        document.values[key] = value
        return document
    }

    var withStrangers: FormDocument {
        var document = self
        document.hasStrangers = true
        return document
    }

    /// The sample with this file in place of its own.
    var contents: [String: [UInt8]] {
        var contents = Sample.minimal
        contents["parties/clearing.yaml"] = Sample.demonstration["parties/clearing.yaml"]
        contents[path] = yaml
        return contents.mapValues { Array($0.utf8) }
    }

    var yaml: String {
        let written = variant.forms.filter { form in
            form.kind != .mappings || values[form.key] != nil
        }
        let spoiled = Set(values.keys)
        let leaves = written.filter { form in
            !spoiled.contains { form.key.hasPrefix($0 + "[]") }
        }
        return mapping(
            leaves.map { ($0.key.split(separator: ".")[...], values[$0.key] ?? $0.example) }) + "\n"
    }

    private func mapping(_ leaves: [(path: ArraySlice<Substring>, text: String)]) -> String {
        var names: [Substring] = []
        for leaf in leaves {
            if let name = leaf.path.first, !names.contains(name) { names.append(name) }
        }
        var entries = names.map { name in
            let own = leaves.filter { $0.path.first == name }
            if own.count == 1, own[0].path.count == 1 { return "\(name): \(own[0].text)" }
            let inner = mapping(own.map { ($0.path.dropFirst(), $0.text) })
            return name.hasSuffix("[]") ? "\(name.dropLast(2)): [\(inner)]" : "\(name): \(inner)"
        }
        if hasStrangers { entries.append("\(FormDocument.stranger): 1") }
        return "{" + entries.joined(separator: ", ") + "}"
    }

    /// Faults of one value or of a key's presence: those that a form answers for.
    func faultsOfForm() -> [ConfigurationFault] {
        let ofForm: [FaultCode] = [
            .notPlainText, .syntax, .unsupportedYAML, .repeatedKey, .unknownKey, .missingKey,
            .wrongShape, .unreadableValue, .outOfRange, .secretInFile, .insecureEndpoint,
        ]
        return Sample.faults(of: contents).filter {
            ofForm.contains($0.code) && "\($0.place)".hasPrefix("Config/\(path)")
        }
    }

    /// The key as faults and origins show it.
    static func shown(_ key: String) -> String { key.replacing("[]", with: "[1]") }
}
