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
    /// How often its money moved.
    package let executions: Int
    /// Who owes it.
    package let borrower: String

    /// An accepted share.
    package init(
        key: String, loanID: String, amount: Int64, terms: LoanTerms, number: String,
        executions: Int = 1, borrower: String = ""
    ) {
        self.borrower = borrower
        self.key = key
        self.loanID = loanID
        self.amount = amount
        self.terms = terms
        self.number = number
        self.executions = executions
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
    /// When balances and accruals are about every loan.
    package let fullFiles: FullFiles
    /// By what it classes its claims; nil for the days past due.
    package let ladder: BankLadder?

    /// When a file is about every loan instead of those that moved.
    package enum FullFiles: String, CaseIterable, Sendable {
        case monthly, never, daily

        func isFull(_ day: Day) -> Bool {
            self == .daily || self == .monthly && day.adding(days: 1).parts.day == 1
        }
    }

    /// Rules of a bank.
    package init(
        party: String, currency: Currency, computation: LenderComputation,
        ownRounding: OwnRounding, conditions: Conditions, fullFiles: FullFiles = .monthly,
        ladder: BankLadder? = nil
    ) {
        self.ladder = ladder
        self.fullFiles = fullFiles
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
    /// The first instalment of each plan that was sent again, by loan.
    private var notices: [Day: [String: Int]] = [:]
    private var takeovers = Takeovers()
    /// The dates in whose files payouts of requests came, by key.
    private(set) var paidOutOn: [String: Day] = [:]
    private var statuses: StatusBook
    private var borrowers: [String: String] = [:]

    /// An empty book.
    package init(_ rules: BankRules) {
        self.rules = rules
        statuses = StatusBook(rules.ladder)
    }

    /// Books the platform's lines of `day`; dates must come in order.
    package mutating func book(
        _ day: Day, disbursements: FileTable, repayments: FileTable, facts: [FileTable] = [],
        transfers: FileTable = FileTable(.transfers, rows: []),
        plans: FileTable = FileTable(.instalmentPlan, rows: []), standings: [FileTable] = [],
        accepted: [String: AcceptedShare]
    ) {
        let known = Set(accounts.keys)
        payouts[day] = []
        moved[day] = []
        for row in disbursements.rows { bookPayout(row, on: day, accepted) }
        for row in transfers.rows { bookTransfer(row, on: day, accepted) }
        notices[day] = notePlans(plans, of: known, on: day)
        for row in inBookingOrder(repayments) { receive(row, on: day) }
        for table in facts {
            for row in table.rows where !takeovers.holds(row[0]) && !takeBack(row, on: day) {
                receiveFact(row, table.layout, on: day)
            }
        }
        for table in standings { hear(table, on: day) }
        statuses.note(day, accounts, moved: moved[day] ?? [], borrowers: borrowers)
    }

    /// Of balances and changes of status a bank takes how late a loan is, nothing else.
    private mutating func hear(_ table: FileTable, on day: Day) {
        for row in table.rows {
            guard let days = Int(row[table.layout.index(of: "dpd")]) else { continue }
            accounts[row[0]]?.hear(daysPastDue: days, on: day)
        }
    }

    /// Plans of loans that the book knew before the day are plans that have changed.
    private mutating func notePlans(_ plans: FileTable, of known: Set<String>, on day: Day)
        -> [String: Int]
    {
        var told: [String: [ToldInstalment]] = [:]
        for row in plans.rows where known.contains(row[0]) {
            guard let number = Int(row[1]), let dueOn = Day(row[2]) else { continue }
            told[row[0], default: []].append(
                ToldInstalment(
                    number: number, dueOn: dueOn,
                    principal: rules.currency.minorUnits(row[3]) ?? 0,
                    interest: rules.currency.minorUnits(row[4]) ?? 0))
        }
        for (loan, rows) in told {
            guard let notice = PlanNotice(rows, on: day) else { continue }
            accounts[loan]?.receive(notice)
            moved[day, default: []].insert(loan)
        }
        return told.compactMapValues { rows in rows.map(\.number).min() }
    }

    /// Loans whose plan of a date the bank does not go by, with the reason.
    package func refusedPlans(of day: Day) -> [(loan: String, reason: String)] {
        (notices[day] ?? [:]).keys.sorted().compactMap { loan in
            accounts[loan]?.statement(through: day).waterfall.refusedPlan.map { (loan, $0) }
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
            borrowers[share.loanID] = share.borrower
            loanOfRequest[share.key] = share.loanID
            paidOutOn[share.key] = day
            // Money that moved twice stands twice in the bank's file of payouts.
            for _ in 0..<max(1, share.executions) {
                notePayout(row, account, amount: share.amount, on: day)
            }
        } else if let loan = loanOfRequest[original], let account = accounts[loan],
            account.cancelledOn == nil
        {
            accounts[loan]?.cancel(on: day, from: valueDate)
            notePayout(row, account, amount: -account.amount, on: day)
        }
    }

    /// A share taken over: the bank's claim from the day on which the loan was paid out, and a line
    /// with what its own book shows of it.
    private mutating func bookTransfer(
        _ row: [String], on day: Day, _ accepted: [String: AcceptedShare]
    ) {
        let layout = FileLayout.transfers
        let loan = row[layout.index(of: "loan_id")]
        guard let share = accepted.values.first(where: { $0.loanID == loan }),
            let valueDate = Day(row[layout.index(of: "value_date")]), accounts[loan] == nil,
            let account = account(share, from: share.terms.disbursedOn)
        else { return }
        accounts[loan] = account
        borrowers[loan] = share.borrower
        loanOfRequest[share.key] = loan
        paidOutOn[share.key] = day
        moved[day, default: []].insert(loan)
        let balances = account.statement(through: day).balances(endOf: valueDate)
        takeovers.note(row, balances, on: day, rules.currency)
    }

    /// Whether the row gives back a share that was taken over: the loan is as if never lent.
    private mutating func takeBack(_ row: [String], on day: Day) -> Bool {
        let layout = FileLayout.transfers
        let loan = row[layout.index(of: "loan_id")]
        guard takeovers.holds(row[layout.index(of: "reverses")]) else { return false }
        guard let valueDate = Day(row[layout.index(of: "value_date")]),
            let account = accounts[loan], account.cancelledOn == nil
        else { return true }
        accounts[loan]?.cancel(on: day, from: valueDate)
        moved[day, default: []].insert(loan)
        takeovers.noteBack(row, on: day, rules.currency)
        return true
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
        func amount(_ column: String) -> Int64 { rules.currency.minorUnits(field(column)) ?? 0 }
        let cash = layout.amounts.dropLast().reduce(0) { $0 + amount($1) } - amount("fee")
        func reference(_ column: String) -> String? {
            field(column).isEmpty ? nil : field(column)
        }
        let line = RepaymentLine(
            paymentID: field("payment_id"), loanID: field("loan_id"), total: cash,
            fee: amount("fee"), valueDate: valueDate, reverses: reference("reverses"),
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
    package func tables(of day: Day, inFlight: [[String]] = []) -> [FileTable] {
        let isFull = rules.fullFiles.isFull(day)
        let known = accounts.values.filter { isFull || isMoving($0, on: day) }
            .sorted { $0.loanID.utf8.lexicographicallyPrecedes($1.loanID.utf8) }
            .map { BookedLoan($0, endOf: day, currency: rules.currency) }
        let shown = known.filter { isMoving($0.account, on: day) || $0.balances.total != 0 }
        let booked = known.flatMap { $0.booked(on: day) }
        let facts = Dictionary(grouping: known.flatMap { $0.relieved(on: day) }, by: \.line.file)
        var rows: [String: [[String]]] = [:]
        rows[FileLayout.disbursements.name] = payouts[day]
        rows[FileLayout.inFlight.name] = inFlight
        rows[FileLayout.instalmentPlan.name] = plans(of: day)
        rows[FileLayout.repayments.name] = booked.map(row)
        rows[FileLayout.repaymentsByInstalment.name] = booked.flatMap(parts)
        rows[FileLayout.balances.name] = shown.map {
            $0.balanceRow(statuses.className(of: $0.account.loanID, on: day))
        }
        rows[FileLayout.accruals.name] = shown.map(\.accrualRow)
        rows[FileLayout.statusChanges.name] = statuses.rows(of: day)
        return FileLayout.offered.map { layout in
            let isByLoan = layout.name == FileLayout.instalmentPlan.name
            let own =
                rows[layout.name] ?? facts[layout.name]?.map { $0.row(rules.currency) } ?? []
            let shares = layout.name == "corrections.csv" ? takeovers.givenBack : [:]
            let taken = layout.name == FileLayout.transfers.name ? takeovers.taken : shares
            return FileTable(layout, rows: isByLoan ? own : sorted(own + (taken[day] ?? [])))
        }
    }

    /// The plans of the loans paid out on the date, and what is left of those that have changed,
    /// by loan and instalment.
    private func plans(of day: Day) -> [[String]] {
        let paidOut = (payouts[day] ?? []).filter { $0[6].isEmpty }
        let begun = Set((paidOut + (takeovers.taken[day] ?? [])).map { $0[1] })
        let changed = notices[day] ?? [:]
        return begun.union(changed.keys).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .flatMap { loan -> [[String]] in
                guard let account = accounts[loan] else { return [] }
                if begun.contains(loan) { return rows(account.share, nil, of: loan) }
                let statement = account.statement(through: day)
                let rows = rows(statement.share, statement.waterfall.standings, of: loan)
                return Array(rows.dropFirst((changed[loan] ?? 1) - 1))
            }
    }

    private func rows(_ share: ShareOfLoan, _ standings: [Standing]?, of loan: String)
        -> [[String]]
    {
        share.instalments.enumerated().map { index, instalment in
            let interest = instalment.interest - (standings?[index].early ?? 0)
            return [loan, "\(index + 1)", instalment.dueOn.description]
                + [instalment.principal, interest, instalment.fee].map(rules.currency.text)
                + [rules.currency.code]
        }
    }

    private func parts(_ booked: BookedLine) -> [[String]] {
        booked.parts.map { part in
            let parts = part.components
            let amounts = [
                parts.principal, parts.overduePrincipal, parts.interest, parts.overdueInterest,
                parts.penalty, parts.fee, part.serviceFee,
            ]
            return [booked.line.paymentID, booked.line.loanID, "\(part.instalment)"]
                + amounts.map(rules.currency.text) + [rules.currency.code]
        }
    }

    private func isMoving(_ account: LoanAccount, on day: Day) -> Bool {
        if moved[day]?.contains(account.loanID) == true { return true }
        return account.cancelledOn == nil && account.valueDate <= day
            && account.isDue(on: day)
            && !account.statement(through: day.adding(days: -1)).hasEnded
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
}
