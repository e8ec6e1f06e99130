/// The settings of one file with elements of lists by what they are about, not by their place.
struct NamedSettings {
    /// The keys that tell one element of a list from the others.
    private static let names: [String: [String]] = [
        "lenders": ["party"], "limits": limitNames, "fees": ["name"],
        "serviceFees": ["payer", "payee", "base"], "accounts": ["number"],
        "signing.partnerKeys": ["keyEnv"], "tiers": ["name"], "rules": ["rule"],
        "assetClasses": ["effectiveFrom"],
        "tiers.slices": ["party", "route", "waterfall[1]"], "tiers.slices.targets": ["party"],
        "select.limits": limitNames, "notes.tranches": ["name"], "notes.expenses": ["name"],
        "notes.triggers": ["name"],
        "lossSharing": ["name"], "lossSharing.tranches": ["name"],
    ]
    private static let limitNames = [
        "party", "per", "each", "borrower", "region", "grade", "product", "of",
    ]
    /// Naming keys that are told with their values, which alone could be those of another.
    private static let dimensions = ["each", "borrower", "region", "grade", "product", "route"]
    /// Lists whose elements have nothing but their names, or may.
    private static let bare = ["signing.partnerKeys"]
    /// Lists in which the order says something.
    private static let ordered = [
        "fallback", "allocation", "tiers.slices.waterfall", "lossSharing.lenders",
    ]

    let all: [ConfigurationObject.Setting]

    init(_ file: ConfigurationFile, _ origins: [SettingOrigin]) {
        let settings = origins.filter { !$0.isSecret }
        let values = Dictionary(settings.map { ($0.key, $0.value) }) { $1 }
        let forms = Dictionary(file.forms.map { ($0.plainKey, $0) }) { first, _ in first }
        var found: [ConfigurationObject.Setting] = []
        var lists: [String: [String]] = [:]
        var orders: [String: [String]] = [:]
        var elements: [String: [String]] = [:]
        for origin in settings {
            let named = NamedSettings.named(origin.key, values, &orders, &elements)
            let value = origin.value == "(none)" ? nil : origin.value
            guard !named.hasSuffix("]") else {
                let list = String(named.dropLast(named.reversed().prefix { $0 != "[" }.count + 1))
                lists[list, default: []].append(origin.value)
                continue
            }
            if NamedSettings.isName(named) { continue }
            let plain = named.withoutElements
            found.append(
                ConfigurationObject.Setting(
                    key: named, value: value,
                    meaning: value.map { forms[plain]?.kind.meaning($0) ?? $0 },
                    isWritten: origin.source != .standard))
        }
        all = found + NamedSettings.lists(lists) + NamedSettings.orders(orders)
    }

    /// `lenders[2].share` as `lenders[harbor].share`.
    private static func named(
        _ key: String, _ values: [String: String], _ orders: inout [String: [String]],
        _ elements: inout [String: [String]]
    ) -> String {
        var (named, path) = ("", "")
        for part in key.split(separator: ".", omittingEmptySubsequences: false) {
            let separator = path.isEmpty ? "" : "."
            path += separator + part
            let name = String(part.prefix { $0 != "[" })
            let list = (named + separator + name).withoutElements
            guard part.hasSuffix("]"), let keys = names[list] else {
                named += separator + part
                continue
            }
            let whole = named + separator + name
            let element = element(of: keys, at: path, in: "\(whole)[", values, &elements)
            named = "\(whole)[\(element)]"
            if orders[whole]?.contains(element) != true {
                orders[whole, default: []].append(element)
            }
        }
        return named
    }

    /// What an element is called: the values of its naming keys and, of several of the same name,
    /// which of them it is.
    private static func element(
        of keys: [String], at path: String, in list: String, _ values: [String: String],
        _ elements: inout [String: [String]]
    ) -> String {
        let words = keys.compactMap { key in
            values["\(path).\(key)"].map { dimensions.contains(key) ? "\(key) \($0)" : $0 }
        }
        let name = words.joined(separator: " ")
        var places = elements[list + name] ?? []
        if !places.contains(path) { places.append(path) }
        elements[list + name] = places
        let number = (places.firstIndex(of: path) ?? 0) + 1
        return number == 1 ? name : "\(name) #\(number)"
    }

    /// Whether a setting says what its element is called already, as `lenders[harbor].party` does.
    private static func isName(_ key: String) -> Bool {
        guard let end = key.lastIndex(of: "."), key[..<end].hasSuffix("]") else { return false }
        let list = String(key[..<end]).withoutElements
        let name = String(key[key.index(after: end)...])
        return names[list]?.contains(name) == true && !bare.contains(list)
    }

    /// Lists whose order says something as one value, the others as an element each.
    private static func lists(_ lists: [String: [String]]) -> [ConfigurationObject.Setting] {
        lists.sorted { $0.key < $1.key }.flatMap { key, values -> [ConfigurationObject.Setting] in
            guard ordered.contains(where: key.withoutElements.hasPrefix) else {
                return values.map { setting("\(key)[\($0)]", $0) }
            }
            return [setting(key, values.joined(separator: ", "))]
        }
    }

    /// The order of elements that have names, where there are several.
    private static func orders(_ orders: [String: [String]]) -> [ConfigurationObject.Setting] {
        orders.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map {
            setting($0.key, $0.value.joined(separator: ", "), elements: $0.value)
        }
    }

    private static func setting(_ key: String, _ value: String, elements: [String] = [])
        -> ConfigurationObject.Setting
    {
        ConfigurationObject.Setting(
            key: key, value: value, meaning: value, isWritten: true, elements: Set(elements))
    }
}

extension SettingOrigin {
    /// What a key holds is no setting; where it comes from is told beside it.
    var isSecret: Bool { ["secret", "key"].contains(key.split(separator: ".").last ?? "") }
}

extension String {
    /// A key without what stands in brackets: `lenders.share` for `lenders[harbor].share`.
    var withoutElements: String {
        var (plain, depth) = ("", 0)
        for character in self {
            if character == "[" { depth += 1 }
            if depth == 0 { plain.append(character) }
            if character == "]" { depth -= 1 }
        }
        return plain
    }
}
