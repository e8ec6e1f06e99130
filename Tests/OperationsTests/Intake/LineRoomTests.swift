import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport
import Testing

/// What takes room of a line, by which agreement, and what is told when it cannot be computed.
struct LineRoomTests {
    @Test func `a note that is never paid out counts for nothing`() async throws {
        let channel = TestChannel()
        channel.change { $0.isDown = true }
        let house = try await TestLines.house(channel: channel)
        try await house.lend("D1", "1000.00")
        let more = house.fact("D2", "drawdown", "currency=USD amount=1000.00", of: "R1")
        #expect(await house.refusal(of: more).map { $0.prefix(9) } == ["LIMIT-002"])
        for state in [PayoutState.failed, .abandoned] {
            house.store.write { $0.payOut("R1.D1", state) }
            #expect(await house.refusal(of: more).isEmpty == (state == .abandoned))
        }
    }

    @Test func `a record that is refused takes no room of the line`() async throws {
        let house = try await TestLines.house()
        let late = FactFile.line(
            "D1", "drawdown", "currency=USD amount=600.00 instalments=99", loan: "R1",
            valueDate: "2026-01-01", at: "2026-01-01T09:00:00Z")
        let good = house.fact("D2", "drawdown", "currency=USD amount=500.00", of: "R1")
        #expect(await house.refusal(of: late, good).map { $0.prefix(10) } == ["INTAKE-014"])
    }

    @Test func `a line keeps the agreement that it was opened under`() async throws {
        let house = try await TestLines.house()
        #expect(house.store.world.lines[LoanID("R1")]?.agreement == "lines")
        let shares = [(TestTerms.platform, "50%"), (TestTerms.harbor, "50%")]
        let base = house.catalogue
        let other = try TestHouse(
            store: house.store,
            catalogue: Catalogue(
                platform: base.platform,
                agreements: base.agreements + [
                    try TestTerms.agreement("other", ["cash-line"], shares)
                ], products: base.products, calendars: Array(base.calendars.values),
                partners: base.partners))
        try await other.take(other.fact("D1", "drawdown", "currency=USD amount=100.00", of: "R1"))
        #expect(house.store.world.loans[LoanID("R1.D1")]?.record.agreement == "lines")
        // One that was opened before lines kept theirs.
        house.store.write { $0.forgetAgreement("R1") }
        let draw = other.fact("D2", "drawdown", "currency=USD amount=100.00", of: "R1")
        #expect(
            await other.refusal(of: draw) == [
                "INTAKE-013 several agreements take cash-line, and the line names none of them: "
                    + "lines, other"
            ])
    }

    @Test func `what cannot be computed of a line is told with its loan and the reason`()
        async throws
    {
        let house = try await TestLines.house()
        try await house.lend("D1", "100.00")
        house.store.write { $0.facts[LoanID("R1.D1")]?.append(.unpayable) }
        let reason = "with it loan R1.D1 cannot be computed: unusablePayment(id: \"U1\")"
        let draw = house.fact("D2", "drawdown", "currency=USD amount=100.00", of: "R1")
        #expect(await house.refusal(of: draw) == ["INTAKE-005 \(reason)"])
        #expect(
            await house.refusal(paying: house.row("P1", "R1", "10.00")) == [
                "INTAKE-005 \(reason)"
            ])
    }
}

extension LoanFact {
    /// A payment of nothing, which no import takes.
    fileprivate static let unpayable = LoanFact(
        id: "U1", kind: .repayment(amount: 0), valueDate: SampleLoan.date("2026-01-01"),
        bookingDate: SampleLoan.date("2026-01-01"), instant: 1)
}

extension World {
    fileprivate mutating func payOut(_ note: String, _ state: PayoutState) {
        guard let held = payouts[LoanID(note)] else { return }
        loans[LoanID(note)]?.state = state.ofLoan
        payouts[LoanID(note)] = HeldPayout(
            payout: held.payout, state: state, answeredOn: held.answeredOn,
            version: held.version, lastAttemptAt: held.lastAttemptAt)
    }

    fileprivate mutating func forgetAgreement(_ line: String) {
        guard let old = lines[LoanID(line)] else { return }
        lines[old.line] = LineRecord(
            line: old.line, borrower: old.borrower, product: old.product, agreement: "",
            currency: old.currency, limit: old.limit, rate: old.rate,
            instalments: old.instalments, approvedAt: old.approvedAt, bookedOn: old.bookedOn,
            region: old.region, grade: old.grade, channel: old.channel, purpose: old.purpose,
            contentHash: old.contentHash)
    }
}
