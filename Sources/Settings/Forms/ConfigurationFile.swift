/// A file of a configuration directory, or each file of one of its folders.
package enum ConfigurationFile: String, Sendable, CaseIterable {
    case platform, party, agreement, product, rules, pool, calendar, chart

    /// Below the directory, `*` for any name.
    package var path: String {
        switch self {
        case .platform: "platform.yaml"
        case .party: "parties/*.yaml"
        case .agreement: "agreements/*.yaml"
        case .product: "products/*.yaml"
        case .rules: "rules/*.yaml"
        case .pool: "pools/*.yaml"
        case .calendar: "calendars/*.yaml"
        case .chart: "chart-of-accounts.yaml"
        }
    }

    /// Every key that is read from it, in the order of the README.
    package var forms: [SettingForm] {
        switch self {
        case .platform: PlatformForms.all
        case .party: PartyForms.all
        case .agreement: AgreementForms.all
        case .product: ProductForms.all
        case .rules: RuleForms.all
        case .pool: PoolForms.all
        case .calendar: CalendarForms.all
        case .chart: ChartForms.all
        }
    }

    /// The kinds of file that have keys of their own: those of parties, one without a name else.
    package var variants: [Variant] {
        guard self == .party else { return [Variant(name: "", forms: forms)] }
        return PartyDraft.Kind.allCases.map(\.rawValue).map { kind in
            let own = forms.filter { $0.owners.isEmpty || $0.owners.contains(kind) }
            return Variant(
                name: kind, forms: own.map { $0.key == "kind" ? $0.saying(kind) : $0 })
        }
    }

    /// The keys that stand in one file together.
    package struct Variant: Sendable {
        /// The kind of party, empty elsewhere.
        package let name: String
        package let forms: [SettingForm]

        package init(name: String, forms: [SettingForm]) {
            self.name = name
            self.forms = forms
        }
    }

    /// The file that a path below the directory is, or nil.
    package init?(path: String) {
        let folder = path.split(separator: "/").dropLast().first
        let pattern = folder.map { "\($0)/*.yaml" } ?? path
        guard let file = ConfigurationFile.allCases.first(where: { $0.path == pattern }) else {
            return nil
        }
        self = file
    }
}
