import BusinessCalendar
import LendingRules
import Monetary
import Settings
import Testing

/// The repository's `Config/`: sound, and with an example of everything.
struct SampleDirectoryTests {
    private func load() throws -> Configuration {
        try Settings.load(directory: Sample.directory, environment: [:])
    }

    @Test func `it has a platform, four banks, a guarantor, a clearing and three products`() throws
    {
        let loaded = try load()
        #expect(loaded.warnings == [])
        #expect(
            loaded.parties.filter { $0.bank != nil }.map(\.id.name)
                == ["harbor", "meridian", "orchard", "summit"])
        #expect(loaded.parties.filter { $0.role == .guarantor }.map(\.id.name) == ["keystone"])
        #expect(loaded.parties.filter { $0.role == .platform }.map(\.id.name) == ["platform"])
        #expect(loaded.clearing?.id == PartyID("clearing"))
        #expect(
            loaded.products.map(\.name) == ["cash-line", "equal-principal-loan", "instalment-loan"])
    }

    @Test func `every endpoint is a bank of this machine, each at a port of its own`() throws {
        let endpoints = try load().parties.compactMap { $0.bank?.endpoint ?? $0.clearing?.endpoint }
        #expect(
            endpoints == [8104, 8101, 8102, 8105, 8103].map { "http://127.0.0.1:\($0)" })
    }

    @Test func `one agreement has fixed shares, one tiers of three banks, one a routed mix`()
        throws
    {
        let loaded = try load()
        let agreements = loaded.agreements
        #expect(agreements.map(\.name) == ["harbor-70-30", "routed-mix", "tiered-trio"])
        let fixed = agreements[0]
        #expect(fixed.tiers.isEmpty && fixed.lenders.map(\.share.description) == ["3/10", "7/10"])
        let routed = agreements[1]
        #expect(
            routed.routes.map { $0.targets.map(\.party.name) }
                == [["harbor", "meridian", "orchard"]])
        let waterfalls = routed.tiers.flatMap(\.slices).map(\.taker).filter {
            if case .waterfall = $0 { true } else { false }
        }
        #expect(waterfalls.count == 1 && routed.limits.count == 5)
        #expect(routed.lenders.count == 5)
        let tiered = agreements[2]
        #expect(tiered.tiers.map(\.name) == ["small", "medium", "large"])
        #expect(tiered.tiers.map(\.slices.count) == [2, 3, 4])
        #expect(tiered.routes.isEmpty && tiered.lenders.count == 4)
        #expect(agreements.allSatisfy { $0.rulePacks == ["risk-retention"] })
    }

    @Test func `under each agreement loans of every size, term and grade find lenders`() throws {
        let loaded = try load()
        var funded = 0
        for agreement in loaded.agreements {
            for name in agreement.products {
                let product = try #require(loaded.product(name))
                for principal in [product.principal.lowerBound, 1_234_567, 2_000_001] {
                    for grade in ["A", "C", ""] {
                        var run = FundingRun(limits: LimitUse(limits: agreement.limits, used: [:]))
                        let loan = Applicant(
                            loan: LoanID("L1"), borrower: "B1", product: name,
                            currency: agreement.currency, principal: principal,
                            instalments: product.instalments.lowerBound,
                            rate: AnnualRate(units: 0), grade: grade,
                            bookedOn: agreement.effectiveFrom)
                        let plan = try run.fund(loan, by: agreement)
                        #expect(plan.total == principal)
                        funded += 1
                    }
                }
            }
        }
        #expect(funded == 63)
    }

    /// Weekdays of holidays, Monday being 1, in order of date.
    @Test(arguments: [
        ("US", 2026, "4 1 1 1 5 6 1 1 3 4 5"), ("US", 2027, "5 1 1 1 6 1 1 1 4 4 6"),
        (
            "CN", 2026,
            "4 5 6 7 1 2 3 4 5 6 7 1 6 7 1 5 6 7 1 2 5 6 7 5 6 7 4 5 6 7 1 2 3"
        ),
        ("CN", 2027, "5 5 6 7 1 1 6 7 3 3 5 6 7"),
        ("IN", 2026, "6 6 1 6 6 6 6 6 6 6 6 6 6 6 6 6 6 6 6 6 5 6 6 6 6 6 6"),
        ("IN", 2027, "6 6 2 6 6 6 6 6 6 6 6 6 6 6 6 6 7 6 6 6 6 6 6 6 6 6 6"),
    ])
    func `holidays fall on the weekdays that they have`(name: String, year: Int, weekdays: String)
        throws
    {
        let calendar = try #require(try load().calendar(name))
        let found = calendar.holidays.filter { $0.components.year == year }.sorted()
            .map { "\($0.weekday)" }.joined(separator: " ")
        #expect(found == weekdays)
        let years = Set(calendar.holidays.map(\.components.year))
        #expect(years == [2026, 2027])
    }

    @Test func `weekend days that are worked in China are business days, and only those`() throws {
        let loaded = try load()
        let china = try #require(loaded.calendar("CN"))
        let worked = china.workingDays.sorted()
        #expect(
            worked.map(\.description) == [
                "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
            ])
        #expect(worked.map(\.weekday) == [7, 6, 6, 6, 7, 6])
        #expect(loaded.calendar("US")?.workingDays == [])
        #expect(loaded.calendar("IN")?.weekend == [7])
    }
}
