import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import TestSupport

extension World {
    /// Adds to an accrual's account on one day, and takes as much from the other.
    mutating func shift(_ amount: Int64, on one: [Account], and other: [Account] = []) {
        let day = SampleLoan.date("2026-01-15")
        let rows = ledgerRows.filter { $0.date == day && $0.posting.book == BookID("harbor") }
        for (accounts, sign) in [(one, amount), (other, -amount)] {
            if let row = rows.first(where: { accounts.contains($0.posting.account) }) {
                add(row.of(sign))
            }
        }
    }

    /// Gives a payment of L3 another kind.
    mutating func replace(_ id: String, _ change: (Int64) -> LoanFact.Kind) {
        facts[LoanID("L3")] = facts[LoanID("L3")]?.map { fact in
            guard fact.id == id, case .repayment(let amount) = fact.kind else { return fact }
            return LoanFact(
                id: fact.id, kind: change(amount), valueDate: fact.valueDate,
                bookingDate: fact.bookingDate, instant: fact.instant)
        }
    }
}

extension LedgerRow {
    /// A row of harbor's book in the first shard.
    static func made(on date: String, _ kind: EntryKind, _ account: Account, _ amount: Int64)
        -> LedgerRow
    {
        LedgerRow(
            date: SampleLoan.date(date), shard: 0, kind: kind, agreement: "duo",
            posting: Posting(
                book: BookID("harbor"), account: account, currency: SampleLoan.dollars,
                amount: amount))
    }
}

extension DistributionRow {
    /// The row with so much more principal.
    func with(principal: Int64) -> DistributionRow {
        DistributionRow(
            loan: loan, line: line, lender: lender, postedOn: postedOn, valueDate: valueDate,
            reverses: reverses, correctionOf: correctionOf,
            components: components + Components(principal: principal), serviceFee: serviceFee)
    }
}

extension LenderBalance {
    /// The balance with so much more principal.
    func with(principal more: Int64) -> LenderBalance {
        LenderBalance(
            loan: loan, lender: lender, date: date, currency: currency,
            claims: claims + Components(principal: more), daysPastDue: daysPastDue,
            accrualStatus: accrualStatus)
    }
}

extension HeldRequest {
    /// The request over another amount.
    func asking(_ amount: Int64) -> HeldRequest {
        HeldRequest(
            request: FundingRequest(
                key: request.key, loan: request.loan, party: request.party, amount: amount,
                currency: request.currency, loanAmount: request.loanAmount,
                valueDate: request.valueDate, expiresAt: request.expiresAt,
                borrowerRef: request.borrowerRef, terms: request.terms),
            state: state, version: version, attempt: attempt, lastAttemptAt: lastAttemptAt)
    }
}
