/// One key of one configuration file, as the README, the schema and the tests know it.
///
/// Nothing is read by it: the rules that read are beside the keys, and tests hold both together.
package struct SettingForm: Hashable, Sendable {
    /// What it means that the key is not there.
    package enum Absence: Hashable, Sendable {
        /// Wherever its mapping is, the key must be.
        case refused
        /// A value, as it would be written.
        case value(String)
        /// Something that is no single value, in words.
        case words(String)
        /// That the mapping around it is left out as a whole, in words; inside it the key must be.
        case group(String)
        /// That another key decides: with one value of it this one must be, with others must not.
        case depends
    }

    /// From the top of the file, `[]` behind each list of mappings: `lenders[].share`.
    package let key: String
    package let kind: SettingKind
    /// One line in the words of the trade.
    package let title: String
    /// What numbers count, empty for what has no unit.
    package let unit: String
    /// In words, with Markdown's marks around what is written literally.
    package let allowed: String
    package let absent: Absence
    /// A value as it may stand in the file.
    package let example: String
    /// The kinds of party that have the key; empty for all, and in every other file.
    package private(set) var owners: [String] = []

    init(
        _ key: String, _ kind: SettingKind, _ title: String, unit: String = "",
        allowed: String? = nil, absent: Absence = .refused, example: String
    ) {
        self.key = key
        self.kind = kind
        self.title = title
        self.unit = unit
        self.allowed = allowed ?? kind.allowed
        self.absent = absent
        self.example = example
    }

    /// The key without the marks of lists, as tables and origins show it.
    package var plainKey: String { key.replacing("[]", with: "") }

    /// The row of the README: key, what, unit, allowed, default, example.
    package var row: String {
        let standard =
            switch absent {
            case .refused, .depends: ""
            case .value(let text): "`\(text)`"
            case .words(let text), .group(let text): text
            }
        let cells = ["`\(plainKey)`", title, unit, allowed, standard, "`\(example)`"]
        return "| " + cells.map { $0.isEmpty ? "" : $0 + " " }.joined(separator: "| ") + "|"
    }

    /// The same key of these kinds of party alone.
    func of(_ owners: [String]) -> SettingForm {
        var form = self
        form.owners = owners
        return form
    }

    /// The same key with one word alone.
    func saying(_ word: String) -> SettingForm {
        SettingForm(
            key, .words([word]), title, unit: unit, allowed: "`\(word)`", absent: absent,
            example: word)
    }
}

extension [SettingForm] {
    /// The forms as keys of these kinds of party alone.
    func of(_ owners: String...) -> [SettingForm] { map { $0.of(owners) } }
}
