import BusinessCalendar
import LendingRules
import Monetary
import Settings
import Testing

/// Limits by what loans say and parts of something, as files say them.
struct ScopedLimitSettingsTests {
    @Test func `each kind of limit is read as it is written`() throws {
        let loaded = try Sample.load(Sample.scoped)
        let agreement = try #require(loaded.agreements.first { $0.name == "harbor-70-30" })
        #expect(
            agreement.limits.map(\.key.scope) == [
                .each(.borrower), .one(.region, "CN-33"), .one(.grade, "A"),
                .one(.product, "equal-principal-loan"), .all, .each(.region),
            ])
        #expect(agreement.limits.map(\.amount) == [5_00, 6_00, 7_00, 8_00, 250_00, 3_60])
        #expect(agreement.limits.map(\.part?.base) == [nil, nil, nil, nil, .total, .own])
        #expect(agreement.limits.allSatisfy { $0.key.agreement == "harbor-70-30" })
    }

    @Test func `a part of a figure is an amount of each figure from its date on`() throws {
        let loaded = try Sample.load(Sample.scoped)
        let harbor = try #require(loaded.parties.first { $0.id.name == "harbor" })
        let parts = harbor.limits.filter { $0.part != nil }
        #expect(parts.map(\.amount) == [25_000_000_00, 50_000_000_00])
        #expect(parts.map(\.from?.description) == ["2025-12-31", "2026-03-31"])
        #expect(parts.allSatisfy { $0.part?.base == .figure(.netTier1Capital) })
    }
}
