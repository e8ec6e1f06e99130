import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

/// Every file as far as it could be read, before the checks across files.
struct Drafts {
    let platform: PlatformDraft?
    let parties: [PartyDraft]
    let agreements: [AgreementDraft]
    let products: [ProductDraft]
    let calendars: [CalendarDraft]
    let chart: ChartDraft?
    let rulePacks: [RulePackDraft]
    let pools: [PoolDraft]
    /// Folders in which every file could at least be parsed, so that a missing name is missing.
    let wholeFolders: Set<String>

    init(_ reading: SourceReading) {
        platform = reading.section(of: "platform.yaml").map(PlatformDraft.init)
        let parties = reading.sections(in: "parties")
        let agreements = reading.sections(in: "agreements")
        let products = reading.sections(in: "products")
        let calendars = reading.sections(in: "calendars")
        // Three decimals are the most any currency has: no amount is refused for want of one.
        let decimals = platform?.currency?.value.exponent ?? 3
        self.parties = parties.map { PartyDraft($0, decimals: decimals) }
        self.agreements = agreements.map(AgreementDraft.init)
        self.products = products.map { ProductDraft($0, decimals: decimals) }
        self.calendars = calendars.map(CalendarDraft.init)
        chart = reading.section(of: "chart-of-accounts.yaml").map(ChartDraft.init)
        rulePacks = reading.sections(in: "rules").map(RulePackDraft.init)
        pools = reading.sections(in: "pools").map { PoolDraft($0, decimals: decimals) }
        let counts = [
            "parties": self.parties.filter { $0.name != nil }.count,
            "products": self.products.filter { $0.name != nil }.count,
            "calendars": self.calendars.filter { $0.name != nil }.count,
            "rules": rulePacks.filter { $0.name != nil }.count,
        ]
        wholeFolders = Set(
            counts.filter { folder, count in
                let mayBeEmpty = ConfigurationSources.optionalFolders.contains(folder)
                return (count > 0 || mayBeEmpty)
                    && count == reading.sources.paths(in: folder).count
            }.keys)
    }

    /// The configuration, or nil when a part could not be read.
    func configuration(_ findings: Findings) -> Configuration? {
        guard let platform = platform?.settings, let chart else { return nil }
        let figures = figures
        return Configuration(
            platform: platform,
            parties: parties.compactMap(\.settings).sorted { $0.id < $1.id },
            agreements: agreements.compactMap {
                $0.agreement(platform: platform.party, figures: figures)
            }.sorted { ($0.name, $0.effectiveFrom) < ($1.name, $1.effectiveFrom) },
            products: products.compactMap { $0.product(calendars.compactMap(\.calendar)) }
                .sorted(by: Configuration.precedes),
            calendars: calendars.compactMap(\.calendar).sorted { $0.name < $1.name },
            chart: ChartOfAccounts(chart.entries),
            rulePacks: rulePacks.compactMap(\.pack).sorted { $0.name < $1.name },
            pools: pools.compactMap {
                $0.plan(platform.currency, calendars.compactMap(\.calendar))
            }.sorted { $0.name < $1.name },
            warnings: ConfigurationFaults.sorted(findings.warnings),
            origins: findings.origins.sorted(),
            variables: findings.variables)
    }
}
