// One loan of the book at the end of a date, as the files show it.

/// A loan's statement with its rows.
struct BookedLoan {
    let account: LoanAccount
    let balances: Balances
    private let statement: LoanStatement
    private let currency: Currency
    private let accruals: Accruals

    init(_ account: LoanAccount, endOf day: Day, currency: Currency) {
        self.account = account
        self.currency = currency
        statement = account.statement(through: day)
        let isGone = account.cancelledOn.map { $0 <= day } ?? false
        balances = isGone ? Balances() : statement.balances(endOf: day)
        accruals = isGone ? Accruals() : statement.accruals(endOf: day)
    }

    /// The lines that came in the files of a date.
    func booked(on day: Day) -> [BookedLine] {
        statement.booked.filter { $0.bookedOn == day }
    }

    /// The facts that came in the files of a date.
    func relieved(on day: Day) -> [BookedFact] {
        statement.relieved.filter { $0.bookedOn == day }
    }

    /// `className` is that of the bank's own ladder; without one the days say it.
    func balanceRow(_ className: String?) -> [String] {
        let amounts = [
            balances.principal, balances.overduePrincipal, balances.interest,
            balances.overdueInterest, balances.penaltyPrincipal, balances.penaltyInterest,
            balances.fee,
        ]
        return [account.loanID] + amounts.map(currency.text) + [
            currency.code, "\(balances.daysPastDue)", className ?? balances.bucket,
            balances.accrualStatus,
        ]
    }

    var accrualRow: [String] {
        let amounts = [
            accruals.interest, accruals.penaltyPrincipal, accruals.penaltyInterest,
        ]
        return [account.loanID] + amounts.map(currency.text) + [currency.code]
    }
}

/// What became of the status of every loan, day by day.
struct StatusBook {
    private struct Status: Equatable {
        let standing: String
        let bucket: String
        let accrual: String
    }

    private var latest: [String: Status] = [:]
    private var days: [String: Int] = [:]
    private var arrears: Set<String> = []
    /// Loans of which everything has gone to others: their status is none of the bank's.
    private var away: Set<String> = []
    private var changes: [Day: [[String]]] = [:]
    private var classes: ClassBook?

    init(_ ladder: BankLadder? = nil) { classes = ladder.map { ClassBook($0) } }

    /// Notes what changed on a date; dates come in order.
    ///
    /// Only loans that moved, that fell due or that are in arrears can have changed.
    mutating func note(
        _ day: Day, _ accounts: [String: LoanAccount], moved: Set<String>,
        borrowers: [String: String] = [:]
    ) {
        var rows: [String: [String]] = [:]
        for (loan, account) in accounts {
            let isGone = account.cancelledOn.map { $0 <= day } ?? false
            let isDue = !isGone && account.isDue(on: day)
            guard isDue || moved.contains(loan) || arrears.contains(loan) else { continue }
            let statement = account.statement(through: day)
            let balances = isGone ? Balances() : statement.balances(endOf: day)
            let isWrittenOff = statement.waterfall.isWrittenOff
            if balances.isInArrears { arrears.insert(loan) } else { arrears.remove(loan) }
            let status = Status(
                standing: isGone
                    ? "cancelled" : isWrittenOff ? "charged-off" : balances.standing,
                bucket: balances.bucket,
                accrual: balances.accrualStatus)
            classes?.note(
                loan, of: borrowers[loan] ?? loan, balances, isWrittenOff: isWrittenOff)
            days[loan] = balances.daysPastDue
            if statement.isHandedOver, !isGone {
                away.insert(loan)
                continue
            }
            let earlier = latest.updateValue(status, forKey: loan)
            if away.remove(loan) != nil || earlier == status { continue }
            rows[loan] = row(loan, from: earlier?.standing ?? "none", status)
        }
        for loan in classes?.close(day) ?? [] where rows[loan] == nil {
            guard let status = latest[loan] else { continue }
            rows[loan] = row(loan, from: status.standing, status)
        }
        changes[day] = rows.values.map { row in
            var row = row
            row[4] = className(of: row[0], on: day) ?? row[4]
            return row
        }
    }

    /// The class of a loan at the end of a booked date by the bank's ladder; nil without one.
    func className(of loan: String, on day: Day) -> String? {
        classes?.held(loan, on: day).rawValue
    }

    private func row(_ loan: String, from earlier: String, _ status: Status) -> [String] {
        [
            loan, earlier, status.standing, "\(days[loan] ?? 0)", status.bucket, status.accrual,
        ]
    }

    func rows(of day: Day) -> [[String]] { changes[day] ?? [] }
}
