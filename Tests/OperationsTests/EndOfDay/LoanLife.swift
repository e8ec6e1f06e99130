import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import TestSupport

/// One loan of 1,000.00 at 12 % over three months from 2026-01-01, closed day by day.
///
/// It is due 340.03 on 1 February (330.03 and 10.00), 340.03 on 1 March (333.33 and 6.70) and
/// 340.01 on 1 April (336.64 and 3.37). The platform lends 30 %, harbor 70 %; harbor pays a tenth
/// of its interest.
struct LoanLife {
    let house: TestHouse

    init() async throws {
        house = try TestHouse()
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
    }

    /// Closes every date before this one, which is open then.
    func open(_ date: String) async throws {
        try await house.close(through: "\(SampleLoan.date(date).adding(days: -1))")
    }

    /// Closes every date to the end of this one.
    func close(_ date: String) async throws { try await house.close(through: date) }

    /// Lines posted on a date: line, lender, principal, overdue principal, interest, overdue
    /// interest, penalty, fee, value date; then what it reverses or corrects.
    func lines(on date: String) -> [String] {
        house.store.world.distributions.filter { $0.postedOn == SampleLoan.date(date) }.map { row in
            let parts = row.components
            let amounts = [
                parts.principal, parts.overduePrincipal, parts.interest, parts.overdueInterest,
                parts.penalty, row.serviceFee,
            ]
            let words = [row.line, row.lender.name] + amounts.map(String.init)
            let cause = [row.reverses, row.correctionOf].filter { !$0.isEmpty }
            return (words + ["\(row.valueDate)"] + cause).joined(separator: " ")
        }
    }

    /// Dates on which a balance was written.
    var balanceDates: [String] {
        Set(house.store.world.balances.map { "\($0.date)" }).sorted()
    }

    /// Postings of a date: book, kind, account, counterparty, amount.
    func postings(on date: String) -> [String] {
        house.store.world.ledgerRows.filter { $0.date == SampleLoan.date(date) }.map { row in
            let posting = row.posting
            let other = posting.counterparty.map { "/\($0)" } ?? ""
            return "\(posting.book) \(row.kind) \(posting.account)\(other) \(posting.amount)"
        }
    }
}
