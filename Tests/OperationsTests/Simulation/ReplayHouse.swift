import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport

/// Loans of 1,000.00 in ten instalments at 12 %, booked under `duo`, and what a simulation makes of
/// them.
struct ReplayHouse: BookedLoans, TermsSnapshots {
    let booked: Versioned<Agreement>
    let product = TestTerms.product("instalment-loan")
    var loans: [BookedLoan] = []

    static let first = SampleLoan.date("2026-01-05")
    static let last = SampleLoan.date("2026-06-30")

    init() throws {
        booked = try Self.duo(("30%", "70%"))
    }

    /// The agreement with other shares or limits.
    static func duo(_ shares: (String, String), limits: [Limit] = []) throws
        -> Versioned<Agreement>
    {
        try TestTerms.agreement(
            "duo", ["instalment-loan"],
            [(TestTerms.platform, shares.0), (TestTerms.harbor, shares.1)], limits: limits)
    }

    static func limit(
        _ span: LimitSpan, _ amount: Int64, over agreement: String = "duo",
        scope: LimitScope = .all
    ) -> Limit {
        Limit(
            LimitKey(
                agreement: agreement, party: TestTerms.harbor, span: span,
                currency: SampleLoan.dollars, scope: scope), amount: amount)
    }

    /// Books a loan so many days after the first date and pays it out on the same day.
    mutating func book(
        day: Int = 0, principal: Int64 = 1_000_00, borrower: String = "B1",
        isPaidOut: Bool = true,
        _ facts: (LoanID, BusinessDate) -> [LoanFact] = { _, _ in [] }
    ) throws {
        let date = Self.first.adding(days: day)
        let id = LoanID("R\(1_000 + loans.count)")
        let record = LoanRecord(
            loan: id, borrower: borrower, product: "instalment-loan",
            productVersion: product.version, agreement: "duo", agreementVersion: booked.version,
            currency: SampleLoan.dollars, principal: principal,
            rate: try AnnualRate(percent: "12"), instalments: 10,
            firstDueOn: nil, approvedAt: 0, bookedOn: date, region: "", grade: "", channel: "",
            purpose: "", contentHash: "")
        let disbursed = LoanFact(
            id: "\(id).disbursed", kind: .disbursed, valueDate: date, bookingDate: date, instant: 0)
        loans.append(
            BookedLoan(
                record: record, plan: try booked.terms.split(principal: principal),
                disbursedOn: isPaidOut ? date : nil,
                facts: isPaidOut ? [disbursed] + facts(id, date) : []))
    }

    /// A fact so many days after a date.
    static func fact(_ id: String, _ kind: LoanFact.Kind, _ days: Int, after date: BusinessDate)
        -> LoanFact
    {
        let day = date.adding(days: days)
        return LoanFact(id: id, kind: kind, valueDate: day, bookingDate: day, instant: 1)
    }

    func simulate(
        _ agreement: Versioned<Agreement>, through end: BusinessDate = last,
        partyLimits: [Limit] = [], open: BusinessDate = last
    ) async throws -> SimulationReport {
        let simulate = Simulate(
            loans: self, snapshots: self, platform: TestTerms.platform,
            surroundings: try TestHouse().surroundings)
        return try await simulate.run(
            SimulationQuestion(
                agreement: agreement.terms, of: "duo", dates: Self.first...end,
                partyLimits: partyLimits), open: open)
    }

    func snapshots() async throws -> [TermsSnapshot] {
        [
            TermsSnapshot(version: booked.version, text: booked.terms.canonicalTerms),
            TermsSnapshot(version: product.version, text: product.terms.canonicalTerms),
        ]
    }

    func bookingDates(of agreement: String, in dates: ClosedRange<BusinessDate>) async throws
        -> [BookingDate]
    {
        let found = loans.filter {
            $0.record.agreement == agreement && dates.contains($0.record.bookedOn)
        }
        return Dictionary(grouping: found, by: \.record.bookedOn)
            .map { BookingDate(date: $0.key, loans: $0.value.count) }.sorted { $0.date < $1.date }
    }

    func loans(
        of agreement: String, bookedOn dates: ClosedRange<BusinessDate>,
        factsThrough date: BusinessDate
    ) async throws -> [BookedLoan] {
        loans.filter { dates.contains($0.record.bookedOn) }.map { loan in
            BookedLoan(
                record: loan.record, plan: loan.plan, disbursedOn: loan.disbursedOn,
                facts: loan.facts.filter { $0.bookingDate <= date })
        }.sorted { ($0.record.bookedOn, $0.record.loan) < ($1.record.bookedOn, $1.record.loan) }
    }
}

extension SimulationReport {
    func lender(_ party: PartyID) throws -> Lender {
        try lenders.first { $0.party == party }.orThrow("\(party) is not told of")
    }
}

extension Optional {
    /// The value, or a fault that says what is missing.
    fileprivate func orThrow(_ words: String) throws -> Wrapped {
        guard let value = self else { throw Missing(words: words) }
        return value
    }
}

private struct Missing: Error {
    let words: String
}
