import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore

extension Books {
    static let harbor = PartyID("harbor")
    static let platform = PartyID("platform")

    /// A limit of a lender under the agreement of every sample loan, or over all of them.
    static func limit(
        _ span: LimitSpan, _ amount: Int64, of party: PartyID = harbor,
        agreement: String = "harbor-70", scope: LimitScope = .all
    ) -> Limit {
        Limit(
            LimitKey(agreement: agreement, party: party, span: span, currency: usd, scope: scope),
            amount: amount)
    }

    /// A limit of harbor's outstanding that is a part of something.
    static func part(
        _ share: Share, _ base: LimitBase, least: Int64, agreement: String = "harbor-70",
        scope: LimitScope = .all
    ) -> Limit {
        let key = LimitKey(
            agreement: agreement, party: harbor, span: .outstanding, currency: usd, scope: scope)
        return Limit(key, part: LimitPart(share, of: base, least: least))
    }

    /// What is used of each value of a limit's dimension in its period of a date.
    func values(of limit: Limit, on date: BusinessDate = firstDate) async throws -> [String: Int64]
    {
        let used = try await intake.used(of: [limit], on: date)
        return Dictionary(
            uniqueKeysWithValues: used.compactMap { slot, used in
                slot.key.scope.subject.map { ($0, used) }
            })
    }

    /// A loan of which harbor funds this much, and the platform 300.
    func booking(
        _ id: String, harbor amount: Int64, on date: BusinessDate = firstDate,
        borrower: String? = nil, region: String = "", grade: String = "A",
        product: String = "instalment-loan"
    ) -> LoanBooking {
        let sample = booking(id, on: date)
        let request = sample.requests[0]
        return LoanBooking(
            record: sample.record.saying(
                borrower: borrower ?? "B-\(id)", region: region, grade: grade, product: product),
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

extension LoanRecord {
    /// The same, saying other things of itself.
    fileprivate func saying(
        borrower: String, region: String, grade: String, product: String
    ) -> LoanRecord {
        LoanRecord(
            loan: loan, borrower: borrower, product: product, productVersion: productVersion,
            agreement: agreement, agreementVersion: agreementVersion, currency: currency,
            principal: principal, rate: rate, instalments: instalments, firstDueOn: firstDueOn,
            approvedAt: approvedAt, bookedOn: bookedOn, region: region, grade: grade,
            channel: channel, purpose: purpose, contentHash: contentHash)
    }
}
