/// What one file describes, apart from the file: its name, and its settings by key.
struct ConfigurationObject {
    /// What stays the same while files are renamed and values change.
    struct Name: Hashable, Comparable, CustomStringConvertible {
        let file: ConfigurationFile
        /// Empty where there is one only.
        let name: String

        static func < (left: Name, right: Name) -> Bool {
            (left.file.place, left.name) < (right.file.place, right.name)
        }

        /// `agreement trio`, `platform` or `chart`.
        var description: String { name.isEmpty ? file.rawValue : "\(file.rawValue) \(name)" }
    }

    struct Setting {
        /// Elements of lists by name.
        let key: String
        /// Nil for nothing.
        let value: String?
        /// Two texts of one meaning are no difference.
        let meaning: String?
        let isWritten: Bool
        /// Of an order of elements with names: those that stand in it.
        var elements: Set<String> = []
    }

    /// Of an agreement, or of a product's version that names it; empty elsewhere.
    let effectiveFrom: String
    let settings: [Setting]
    private let places: [String: Int]

    init(effectiveFrom: String, settings: [Setting]) {
        self.effectiveFrom = effectiveFrom
        self.settings = settings
        places = Dictionary(
            settings.enumerated().map { ($0.element.key, $0.offset) }, uniquingKeysWith: { $1 })
    }

    func setting(_ key: String) -> Setting? { places[key].map { settings[$0] } }
}

extension Configuration {
    /// Everything described, the versions of an agreement or product in order of date.
    var objects: [ConfigurationObject.Name: [ConfigurationObject]] {
        var objects: [ConfigurationObject.Name: [ConfigurationObject]] = [:]
        for (path, settings) in Dictionary(grouping: origins, by: \.file) {
            guard let file = ConfigurationFile(path: path) else { continue }
            func value(_ key: String) -> String { settings.first { $0.key == key }?.value ?? "" }
            let name = ConfigurationObject.Name(
                file: file, name: file.nameKey.map(value) ?? "")
            objects[name, default: []].append(
                ConfigurationObject(
                    effectiveFrom: value("effectiveFrom"),
                    settings: NamedSettings(file, settings).all))
        }
        return objects.mapValues { $0.sorted { $0.effectiveFrom < $1.effectiveFrom } }
    }
}

extension ConfigurationFile {
    /// The key that names what the file describes.
    fileprivate var nameKey: String? {
        switch self {
        case .party, .agreement, .product, .calendar, .pool: rawValue
        case .rules: "pack"
        case .platform, .chart: nil
        }
    }

    /// The place among the kinds of file.
    var place: Int { ConfigurationFile.allCases.firstIndex(of: self) ?? 0 }

    /// The place of a key among the forms; keys of one form stay in the order found.
    func order(of key: String) -> Int {
        let plain = key.withoutElements
        return forms.firstIndex { $0.plainKey == plain } ?? forms.count
    }
}
