// The bank's own book: days booked from the platform's files by the bank's own arithmetic.

/// A share that the bank accepted, as the book needs it.
package struct AcceptedShare: Sendable {
    /// Key of the funding request.
    package let key: String
    /// The loan.
    package let loanID: String
    /// The bank's principal in minor units.
    package let amount: Int64
    /// The whole loan's terms.
    package let terms: LoanTerms
    /// The bank's own number for the loan.
    package let number: String

    /// An accepted share.
    package init(key: String, loanID: String, amount: Int64, terms: LoanTerms, number: String) {
        self.key = key
        self.loanID = loanID
        self.amount = amount
        self.terms = terms
        self.number = number
    }
}

/// How a bank computes, as its scenario says.
package struct BankRules: Sendable {
    /// Its name.
    package let party: String
    /// Its currency.
    package let currency: Currency
    /// The way it arrives at its figures.
    package let computation: LenderComputation
    /// Roundings of its own schedule.
    package let ownRounding: OwnRounding
    /// Penalty, tolerance and service fee.
    package let conditions: Conditions

    /// Rules of a bank.
    package init(
        party: String, currency: Currency, computation: LenderComputation,
        ownRounding: OwnRounding, conditions: Conditions
    ) {
        self.party = party
        self.currency = currency
        self.computation = computation
        self.ownRounding = ownRounding
        self.conditions = conditions
    }
}

/// Loans by id, built only from what was accepted and from the files of booked dates.
package struct BankBook {
    /// Every loan paid out.
    package private(set) var accounts: [String: LoanAccount] = [:]
    private let rules: BankRules
    private var loanOfRequest: [String: String] = [:]
    private var payouts: [Day: [[String]]] = [:]
    private var moved: [Day: Set<String>] = [:]

    /// An empty book.
    package init(_ rules: BankRules) {
        self.rules = rules
    }

    /// Books the platform's lines of `day`; dates must come in order.
    package mutating func book(
        _ day: Day, disbursements: FileTable, repayments: FileTable, facts: [FileTable] = [],
        accepted: [String: AcceptedShare]
    ) {
        payouts[day] = []
        moved[day] = []
        for row in disbursements.rows { bookPayout(row, on: day, accepted) }
        for row in inBookingOrder(repayments) { receive(row, on: day) }
        for table in facts {
            for row in table.rows { receiveFact(row, table.layout, on: day) }
        }
    }

    /// What is taken back of earlier days first: it makes room for what is paid again on the same
    /// day.
    private func inBookingOrder(_ repayments: FileTable) -> [[String]] {
        let reverses = FileLayout.repayments.index(of: "reverses")
        let ofToday = Set(repayments.rows.map { $0[0] })
        let takenBack = repayments.rows.filter {
            !$0[reverses].isEmpty && !ofToday.contains($0[reverses])
        }
        let first = Set(takenBack.map { $0[0] })
        return takenBack + repayments.rows.filter { !first.contains($0[0]) }
    }

    private mutating func bookPayout(
        _ row: [String], on day: Day, _ accepted: [String: AcceptedShare]
    ) {
        let layout = FileLayout.disbursements
        func field(_ column: String) -> String { row[layout.index(of: column)] }
        guard let valueDate = Day(field("value_date")) else { return }
        let original = field("reverses")
        if original.isEmpty {
            guard let share = accepted[field("request_key")], accounts[share.loanID] == nil,
                let account = account(share, from: valueDate)
            else { return }
            accounts[share.loanID] = account
            loanOfRequest[share.key] = share.loanID
            notePayout(row, account, amount: share.amount, on: day)
        } else if let loan = loanOfRequest[original], let account = accounts[loan],
            account.cancelledOn == nil
        {
            accounts[loan]?.cancel(on: day, from: valueDate)
            notePayout(row, account, amount: -account.amount, on: day)
        }
    }

    private func account(_ share: AcceptedShare, from valueDate: Day) -> LoanAccount? {
        guard
            let claim = try? ShareOfLoan(
                terms: share.terms, amount: share.amount, start: valueDate,
                computation: rules.computation, own: rules.ownRounding)
        else { return nil }
        return LoanAccount(
            loanID: share.loanID, requestKey: share.key, number: share.number,
            amount: share.amount, share: claim, valueDate: valueDate,
            conditions: rules.conditions.settled(
                forShare: share.amount, of: share.terms.principal))
    }

    /// The bank's line: key and dates of the fact, amount and loan from its own book.
    private mutating func notePayout(
        _ row: [String], _ account: LoanAccount, amount: Int64, on day: Day
    ) {
        let layout = FileLayout.disbursements
        payouts[day, default: []].append([
            row[0], account.loanID, account.number, rules.currency.text(amount),
            rules.currency.code, row[layout.index(of: "value_date")],
            row[layout.index(of: "reverses")],
        ])
        moved[day, default: []].insert(account.loanID)
    }

    private mutating func receive(_ row: [String], on day: Day) {
        let layout = FileLayout.repayments
        func field(_ column: String) -> String { row[layout.index(of: column)] }
        guard accounts[field("loan_id")] != nil, let valueDate = Day(field("value_date")) else {
            return
        }
        let cash = layout.amounts.dropLast().reduce(Int64(0)) { sum, column in
            sum + (rules.currency.minorUnits(field(column)) ?? 0)
        }
        func reference(_ column: String) -> String? {
            field(column).isEmpty ? nil : field(column)
        }
        let line = RepaymentLine(
            paymentID: field("payment_id"), loanID: field("loan_id"), total: cash,
            valueDate: valueDate, reverses: reference("reverses"),
            correctionOf: reference("correction_of"))
        accounts[line.loanID]?.receive(line, on: day)
        moved[day, default: []].insert(line.loanID)
    }

    private mutating func receiveFact(_ row: [String], _ layout: FileLayout, on day: Day) {
        guard let line = FactLine(row, layout, rules.currency), accounts[line.loanID] != nil else {
            return
        }
        accounts[line.loanID]?.receive(line, on: day)
        moved[day, default: []].insert(line.loanID)
    }

    /// The bank's true files of a booked date, sorted by key.
    package func tables(of day: Day) -> [FileTable] {
        let moving = accounts.values.filter { isMoving($0, on: day) }
            .sorted { $0.loanID.utf8.lexicographicallyPrecedes($1.loanID.utf8) }
        let statements = moving.map { ($0, $0.statement(through: day)) }
        let repayments = statements.flatMap { _, statement in
            statement.booked.filter { $0.bookedOn == day }.map(row)
        }
        let facts = statements.flatMap { _, statement in
            statement.relieved.filter { $0.bookedOn == day }
        }
        return [
            FileTable(.disbursements, rows: sorted(payouts[day] ?? [])),
            FileTable(.repayments, rows: sorted(repayments)),
            FileTable(.balances, rows: statements.map { balanceRow($0, $1, endOf: day) }),
        ]
            + FileLayout.ofFacts.map { layout in
                let lines = facts.filter { $0.line.file == layout.name }
                return FileTable(layout, rows: sorted(lines.map { $0.row(rules.currency) }))
            }
    }

    private func isMoving(_ account: LoanAccount, on day: Day) -> Bool {
        if moved[day]?.contains(account.loanID) == true { return true }
        return account.cancelledOn == nil && account.valueDate <= day
            && account.share.instalments.contains { $0.dueOn == day }
    }

    private func sorted(_ rows: [[String]]) -> [[String]] {
        rows.sorted { $0[0].utf8.lexicographicallyPrecedes($1[0].utf8) }
    }

    private func row(_ booked: BookedLine) -> [String] {
        let parts = booked.components
        let amounts = [
            parts.principal, parts.overduePrincipal, parts.interest, parts.overdueInterest,
            parts.penalty, parts.fee, booked.serviceFee,
        ]
        return [booked.line.paymentID, booked.line.loanID] + amounts.map(rules.currency.text)
            + [
                rules.currency.code, booked.line.valueDate.description,
                booked.line.reverses ?? "", booked.line.correctionOf ?? "",
            ]
    }

    private func balanceRow(
        _ account: LoanAccount, _ statement: LoanStatement, endOf day: Day
    ) -> [String] {
        let isGone = account.cancelledOn.map { $0 <= day } ?? false
        let balances = isGone ? Balances() : statement.balances(endOf: day)
        let amounts = [
            balances.principal, balances.overduePrincipal, balances.interest,
            balances.overdueInterest, balances.penaltyPrincipal, 0, 0,
        ]
        return [account.loanID] + amounts.map(rules.currency.text)
            + [rules.currency.code, "\(balances.daysPastDue)", balances.bucket, "accrual"]
    }
}
