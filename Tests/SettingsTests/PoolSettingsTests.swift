import BusinessCalendar
import LendingRules
import Monetary
import Settings
import Testing

/// What becomes of pools that stand in files.
struct PoolSettingsTests {
    @Test func `a pool that says little takes every share and issues what it says`() throws {
        let pools = try Sample.load(Sample.pooled).pools
        #expect(pools.map(\.name) == ["sale", "spring"])
        let (sale, spring) = (pools[0], pools[1])
        #expect(sale.notes == nil)
        #expect(sale.price == .ratio(try Share("98.5%")))
        #expect(sale.criteria == PoolCriteria(currency: spring.currency))
        #expect(sale.target == nil && sale.limits == [])
        #expect(spring.limits == [PoolLimit(.each(.region), atMost: try Share("40%"))])
        let notes = try #require(spring.notes)
        #expect(
            notes.tranches == [
                TrancheTerms(
                    name: "senior", holder: PartyID("fund"), original: 80_000,
                    rate: try AnnualRate(percent: "6"))
            ])
        #expect(notes.reserve == ReserveTerms(initial: 1_000, target: .amount(0)))
        #expect(
            notes.triggers == [
                PoolTrigger(
                    name: "late",
                    test: .pastDue(
                        from: DelinquencyBucket(daysPastDue: 61), above: try Share("10%")))
            ])
        #expect(notes.cleanUp == CleanUpTerms(atMost: try Share("10%")))
        #expect(notes.calledBy == PartyID("platform"))
        let first = notes.payments.payment(1)
        #expect(
            first.paysOn == BusinessDate("2026-05-15") && first.to == BusinessDate("2026-04-30"))
    }

    @Test func `the example asks what it says of shares and notes`() throws {
        let loaded = try Settings.load(directory: Sample.directory, environment: [:])
        let pool = try #require(loaded.pools.first { $0.name == "autumn-2026" })
        #expect(pool.criteria.sellers == [PartyID("platform")])
        #expect(pool.criteria.standings == [.current] && pool.criteria.mustAccrue)
        #expect(pool.criteria.remainingMonths == 1...60 && pool.criteria.mustBeFirstTransfer)
        #expect(pool.target == 100_000_000)
        let notes = try #require(pool.notes)
        #expect(notes.tranches.map(\.original) == [80_000_000, 15_000_000, 5_000_000])
        #expect(notes.tranches.map { $0.rate == nil } == [false, false, true])
        #expect(
            notes.reserve
                == ReserveTerms(
                    initial: 1_000_000, target: .pool(try Share("2%"), atLeast: 500_000)))
        #expect(notes.triggers.map(\.cures) == [false, true])
        // A Saturday.
        #expect(notes.payments.payment(1).paysOn == BusinessDate("2026-08-17"))
        #expect(loaded.party(PartyID("vehicle"))?.role == .spv)
    }

    @Test func `the text of a pool alone is the same pool`() throws {
        let loaded = try Sample.load(Sample.pooled)
        let spring = loaded.pools.first { $0.name == "spring" }
        let read = Settings.pool(
            Sample.pool, currency: loaded.platform.currency,
            calendar: "")
        #expect(read == spring && read != nil)
        let more = Sample.pool + "more: 1\n"
        #expect(Settings.pool(more, currency: loaded.platform.currency, calendar: "") == nil)
    }

    @Test func `a pool is read with the calendar that is given to it, and with no other`() throws {
        let loaded = try Settings.load(directory: Sample.directory, environment: [:])
        let text = try #require(
            ConfigurationSources.read(directory: Sample.directory).texts[
                "pools/autumn-2026.yaml"])
        func holidays(_ calendar: String) -> HolidayCalendar? {
            Settings.pool(text, currency: loaded.platform.currency, calendar: calendar)?
                .notes?.payments.holidays
        }
        for calendar in loaded.calendars + [
            HolidayCalendar(
                name: "US", weekend: [7],
                holidays: [BusinessDate(year: 2026, month: 2, clamping: 9)],
                workingDays: [BusinessDate(year: 2026, month: 2, clamping: 8)])
        ] {
            let read = holidays(calendar.text)
            #expect(calendar.name == "US" ? read == calendar : read == nil)
        }
        #expect(holidays("") == nil)
        #expect(holidays("calendar: US\n") == nil)
    }
}
