import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

/// What the facts give for one date, to be held against what was stored.
struct RecomputedDay {
    private let date: BusinessDate
    private var sheet: LedgerSheet
    private var distributions: [DistributionRow] = []
    private var factLines: [FactLine] = []
    private var balances: [LenderBalance] = []
    private var parts: [DistributionPart] = []
    private var statusChanges: [StatusChange] = []
    private let isAgeing: Bool
    /// Loans that are other than the day before, as far as their classes go by it.
    private(set) var aged: [AgedLoan] = []

    init(date: BusinessDate, isAgeing: Bool = false) {
        self.date = date
        self.isAgeing = isAgeing
        sheet = LedgerSheet(date: date)
    }

    /// `earlier` is the loan as it last was.
    mutating func age(
        _ day: LoanDay, of borrower: String, shard: UInt16, after earlier: inout AgedLoan?
    ) {
        guard isAgeing else { return }
        let loan = AgedLoan(day, of: borrower, shard: shard)
        if loan == earlier { return }
        aged.append(loan)
        earlier = loan
    }

    /// - Throws: ``AmountError/overflow``.
    mutating func take(_ day: LoanDay, shard: UInt16) throws {
        for line in day.postings {
            try sheet.add(line, shard: shard, agreement: day.contract.agreement)
        }
        let rows = day.distributions
        let lines = day.factLines
        distributions += rows
        factLines += lines
        balances += day.balances(distributions: rows, factLines: lines)
        parts += day.distributionParts
        if let change = day.statusChange { statusChanges.append(change) }
    }

    func compare(ledger stored: [LedgerRow]) -> Divergence? {
        first(.ledger, sheet.rows, stored) {
            String(decoding: $0.canonicalBytes, as: UTF8.self)
                .split(separator: "\u{1F}", omittingEmptySubsequences: false)
                .joined(separator: " ")
        }
    }

    func compare(distributions stored: [DistributionRow]) -> Divergence? {
        first(.distributions, distributions.sorted(), stored.sorted()) {
            "\($0.loan) \($0.line) \($0.lender) \($0.components.total)"
        }
    }

    func compare(factLines stored: [FactLine]) -> Divergence? {
        first(.factLines, factLines.sorted(), stored.sorted()) {
            "\($0.loan) \($0.line) \($0.lender) \($0.components.total)"
        }
    }

    func compare(balances stored: [LenderBalance]) -> Divergence? {
        first(.balances, balances.sorted(), stored.sorted()) {
            "\($0.loan) \($0.lender) \($0.claims.total)"
        }
    }

    func compare(parts stored: [DistributionPart]) -> Divergence? {
        first(.distributions, parts.sorted(), stored.sorted()) {
            "\($0.loan) \($0.line) instalment \($0.instalment) \($0.lender) "
                + "\($0.components.total)"
        }
    }

    func compare(statusChanges stored: [StatusChange]) -> Divergence? {
        first(.statuses, statusChanges.sorted(), stored.sorted()) {
            "\($0.loan) \($0.from.rawValue) to \($0.to.rawValue), \($0.daysPastDue) days"
        }
    }

    private func first<Row: Equatable>(
        _ law: Divergence.Law, _ expected: [Row], _ stored: [Row], _ name: (Row) -> String
    ) -> Divergence? {
        if expected == stored { return nil }
        let index =
            zip(expected, stored).enumerated().first { $1.0 != $1.1 }?.offset
            ?? min(expected.count, stored.count)
        func text(_ rows: [Row]) -> String {
            index < rows.count ? name(rows[index]) : "nothing"
        }
        return Divergence(
            law, on: date, at: "row \(index + 1)",
            "the facts give \(text(expected)), the store has \(text(stored))")
    }
}

extension DistributionRow: Comparable {
    /// Loan, line, lender.
    package static func < (left: DistributionRow, right: DistributionRow) -> Bool {
        (left.loan, left.line, left.lender) < (right.loan, right.line, right.lender)
    }
}

extension LenderBalance: Comparable {
    /// Loan, lender.
    package static func < (left: LenderBalance, right: LenderBalance) -> Bool {
        (left.loan, left.lender) < (right.loan, right.lender)
    }
}

extension LoanDay {
    /// What is wrong with the day's conservation, or nil: no bucket below zero, and the holders
    /// together have exactly what the borrower was given, charged and has paid.
    var unsoundness: String? {
        do {
            if let fault = try contract.conservationFault(of: after) { return fault.sentence }
        } catch {
            return "\(error)"
        }
        let disbursed = after.lenders.reduce(0) { $0 + $1.disbursed }
        if disbursed != (after.isUndone ? 0 : contract.schedule.terms.principal + after.drawn) {
            return "the shares make \(disbursed)"
        }
        let paid = after.lenders.reduce(0) { $0 + $1.paid.total }
        let received = after.payments.reduce(0) { $0 + $1.received }
        if paid + after.waiting != received {
            return "the borrower paid \(received), the lenders and what waits have "
                + "\(paid + after.waiting)"
        }
        return unsoundRecovery
    }

    /// Cash for what was written off went to the costs, the holders or, beyond them, nobody.
    private var unsoundRecovery: String? {
        let holders = after.lenders.reduce(0) { $0 + $1.recovered.total }
        let (cash, sum) = (after.cash, after.cash.costsCovered + holders + after.cash.surplus)
        if cash.recovered != sum { return "\(cash.recovered) was recovered, \(sum) given out" }
        if cash.costsCovered > cash.costs { return "more costs are covered than were spent" }
        return nil
    }
}
