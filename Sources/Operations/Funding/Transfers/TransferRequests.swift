import Bookkeeping
import BusinessCalendar
import LendingRules

extension FundingRequest {
    /// The requests for the shares of a loan that its originator pays out on a date; empty where
    /// lenders fund theirs before.
    static func transfers(
        of plan: SharePlan, _ record: LoanRecord, under agreement: Agreement, _ product: Product,
        disbursedOn date: BusinessDate
    ) -> [FundingRequest] {
        guard let last = agreement.fundingMode.lastTransfer(disbursedOn: date) else { return [] }
        let terms = record.scheduleTerms(product, disbursedOn: date)
        return plan.shares.filter { $0.party != agreement.platform }.map { share in
            FundingRequest(
                key: "\(record.loan).\(share.party).1", loan: record.loan, party: share.party,
                amount: share.amount, currency: record.currency, loanAmount: record.principal,
                valueDate: date, expiresAt: Int64(last.dayNumber + 2) * 86_400_000_000,
                borrowerRef: record.borrower, terms: terms, acceptsPart: agreement.acceptsParts)
        }
    }

    /// The memorandum of the share, while it is asked for.
    var commitment: [Posting] {
        Commitment.postings(party: party, currency: currency, amount: amount)
    }
}

extension LoanFact {
    /// Claims change hands at the end of a date, after whatever else counts from it: its instant
    /// lies behind the date in every time zone.
    static func transferred(_ loan: LoanID, to holders: SharePlan, endOf date: BusinessDate)
        -> LoanFact
    {
        LoanFact(
            id: "\(loan).transfer", kind: .transferred(to: holders.shares), valueDate: date,
            bookingDate: date, instant: Int64(date.dayNumber + 2) * 86_400_000_000)
    }
}
