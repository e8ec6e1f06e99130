import BusinessCalendar
import LendingRules
import Operations
import SQLStore

extension Books {
    static let harbor = PartyID("harbor")
    static let platform = PartyID("platform")

    /// A limit of a lender under the agreement of every sample loan, or over all of them.
    static func limit(
        _ span: LimitSpan, _ amount: Int64, of party: PartyID = harbor,
        agreement: String = "harbor-70"
    ) -> Limit {
        Limit(
            LimitKey(agreement: agreement, party: party, span: span, currency: usd),
            amount: amount)
    }

    /// A loan of which harbor funds this much, and the platform 300.
    func booking(_ id: String, harbor amount: Int64, on date: BusinessDate = firstDate)
        -> LoanBooking
    {
        let sample = booking(id, on: date)
        let request = sample.requests[0]
        return LoanBooking(
            record: sample.record,
            plan: SharePlan(shares: [
                PlannedShare(party: Self.platform, amount: 300),
                PlannedShare(party: Self.harbor, amount: amount),
            ]),
            requests: [
                FundingRequest(
                    key: request.key, loan: request.loan, party: request.party, amount: amount,
                    currency: request.currency, loanAmount: amount + 300, valueDate: date,
                    expiresAt: request.expiresAt, borrowerRef: request.borrowerRef,
                    terms: request.terms)
            ],
            commitments: sample.commitments)
    }

    /// A loan that harbor funds alone.
    func sole(_ id: String, on date: BusinessDate) -> LoanBooking {
        let sample = booking(id, harbor: 1_000, on: date)
        return LoanBooking(
            record: sample.record,
            plan: SharePlan(shares: [PlannedShare(party: Self.harbor, amount: 1_000)]),
            requests: sample.requests, commitments: sample.commitments)
    }

    /// What is used of a limit in its period of a date.
    func used(_ limit: Limit, on date: BusinessDate = firstDate) async throws -> Int64? {
        try await intake.used(of: [limit], on: date).values.first
    }
}
