// One loan in the bank's books: a pure function of its terms and of the lines received.

/// A repayments line as received: who paid what, and when it counts.
package struct RepaymentLine: Equatable, Sendable {
    /// Key of the line.
    package var paymentID: String
    /// The loan it belongs to.
    package var loanID: String
    /// Cash for this bank's principal, interest and penalty, in minor units.
    package var total: Int64
    /// Fees of the borrower; the bank asks for none of its own and books what it is told.
    package var fee: Int64
    /// The day the money counts from.
    package var valueDate: Day
    /// The payment this line takes back.
    package var reverses: String?
    /// The payment this line changes.
    package var correctionOf: String?

    /// A line as received.
    package init(
        paymentID: String, loanID: String, total: Int64, fee: Int64 = 0, valueDate: Day,
        reverses: String? = nil, correctionOf: String? = nil
    ) {
        self.paymentID = paymentID
        self.loanID = loanID
        self.total = total
        self.fee = fee
        self.valueDate = valueDate
        self.reverses = reverses
        self.correctionOf = correctionOf
    }
}

/// What the bank itself books for a line.
package struct BookedLine: Equatable, Sendable {
    /// The line as received.
    package let line: RepaymentLine
    /// The bank's own split of it.
    package let components: Components
    /// The service fee the bank owes for it, positive, in minor units.
    package let serviceFee: Int64
    /// The business date in whose file it came.
    package let bookedOn: Day
    /// The split by instalment, in the order of the instalments.
    package let parts: [BookedPart]
}

/// What the bank books of a line on one instalment.
package struct BookedPart: Equatable, Sendable {
    /// From 1.
    package let instalment: Int
    /// The bank's own split.
    package let components: Components
    /// The service fee on it, in minor units.
    package let serviceFee: Int64
}

/// A disbursed loan of the bank with every line received for it.
package struct LoanAccount: Sendable {
    /// The loan.
    package let loanID: String
    /// Key of the funding request behind it.
    package let requestKey: String
    /// The bank's own number for the loan.
    package let number: String
    /// The bank's principal in minor units.
    package let amount: Int64
    /// The claim and its schedule.
    package let share: ShareOfLoan
    /// The day the money went out.
    package let valueDate: Day
    private let conditions: Conditions
    private var lines: [(line: RepaymentLine, bookedOn: Day)] = []
    private var facts: [(line: FactLine, bookedOn: Day)] = []
    /// Plans that the platform has sent again.
    private(set) var notices: [PlanNotice] = []
    /// How many days the loan was past due, as the platform told it, by date.
    private var toldDays: [(days: Int, bookedOn: Day)] = []
    /// The business date on which the payout was taken back.
    package private(set) var cancelledOn: Day?
    /// The day from which it counts as taken back.
    private var cancelledFrom: Day?

    /// A loan on which nothing has been received.
    package init(
        loanID: String, requestKey: String, number: String, amount: Int64, share: ShareOfLoan,
        valueDate: Day, conditions: Conditions
    ) {
        self.loanID = loanID
        self.requestKey = requestKey
        self.number = number
        self.amount = amount
        self.share = share
        self.valueDate = valueDate
        self.conditions = conditions
    }

    /// Notes a line of the file of `day`; lines come in order of file date, then key.
    package mutating func receive(_ line: RepaymentLine, on day: Day) {
        lines.append((line, day))
    }

    /// Notes a line of a fact beyond payments of the files of `day`.
    package mutating func receive(_ line: FactLine, on day: Day) {
        facts.append((line, day))
    }

    /// Notes a plan that was sent again.
    package mutating func receive(_ notice: PlanNotice) { notices.append(notice) }

    /// Notes how many days the loan is past due, whoever holds what is late.
    package mutating func hear(daysPastDue days: Int, on day: Day) {
        toldDays.append((days, day))
    }

    /// Whether an instalment falls due on a day, by the plan in force on its eve.
    func isDue(on day: Day) -> Bool {
        let plan =
            notices.isEmpty ? share : statement(through: day.adding(days: -1)).share
        return plan.instalments.contains { $0.dueOn == day }
    }

    /// The payout was taken back by the files of `day`, as of `valueDate`.
    package mutating func cancel(on day: Day, from valueDate: Day) {
        cancelledOn = day
        cancelledFrom = valueDate
    }

    /// The bank's own view of all lines in files up to `day`: of each date what is given up comes
    /// first, then payments, then what ends the loan.
    package func statement(through day: Day) -> LoanStatement {
        var booking = LineBooking(share: share, conditions: conditions)
        let dates = Set(lines.map(\.bookedOn) + facts.map(\.bookedOn)).filter { $0 <= day }
        for date in dates.sorted() {
            if let cancelledOn, cancelledOn <= date { booking.cancelledFrom = cancelledFrom }
            booking.notices = notices.filter { $0.bookedOn <= date }
            let today = facts.filter { $0.bookedOn == date }
            for entry in today where entry.line.isWaiver { booking.book(entry.line, date) }
            for entry in lines where entry.bookedOn == date { booking.book(entry.line, date) }
            for entry in today where !entry.line.isWaiver { booking.book(entry.line, date) }
        }
        booking.notices = notices.filter { $0.bookedOn <= day }
        let waterfall = booking.replay().waterfall
        var statement = LoanStatement(
            booked: booking.booked, relieved: booking.relieved, waterfall: waterfall,
            share: waterfall.share)
        if let told = toldDays.last(where: { $0.bookedOn <= day }), told.days > 0 {
            statement.hear(lateSince: told.bookedOn.adding(days: -told.days))
        }
        return statement
    }
}

/// A loan's booked lines and dues.
package struct LoanStatement {
    /// The lines the bank could book, in the order in which they came.
    package let booked: [BookedLine]
    /// Waivers, charge-offs, recoveries, claims that changed hands and cash for losses, in the
    /// order in which they came.
    package let relieved: [BookedFact]
    /// Dues and what has been paid on them.
    package let waterfall: Waterfall
    let share: ShareOfLoan
    /// The due date of what others hold of the loan and the borrower has not paid.
    private(set) var lateSince: Day?

    init(
        booked: [BookedLine], relieved: [BookedFact], waterfall: Waterfall, share: ShareOfLoan
    ) {
        self.booked = booked
        self.relieved = relieved
        self.waterfall = waterfall
        self.share = share
    }

    /// Whether the borrower is late is the same for all: of an instalment of which the bank has
    /// handed over all that was left it can only be told; of any other it counts by itself.
    mutating func hear(lateSince day: Day) {
        let isElsewhere = share.instalments.indices.contains { index in
            let gone = waterfall.moved(of: index)
            return share.instalments[index].dueOn == day && gone.principal + gone.interest > 0
                && waterfall.outstanding(index, paidOn: day.adding(days: 1)).scheduled == 0
        }
        if isElsewhere, !isHandedOver { lateSince = day }
    }

    /// The instalments as they stand.
    package var plan: [ShareInstalment] { share.instalments }

    /// Whether everything was written off and nothing is owed any more.
    var isWrittenOff: Bool {
        guard let day = waterfall.stoppedOn, waterfall.isWrittenOff else { return false }
        return share.instalments.indices.allSatisfy {
            waterfall.outstanding($0, paidOn: day).total == 0
        }
    }

    /// Whether everything has gone to others but penalties of the time before.
    package var isHandedOver: Bool {
        guard let day = waterfall.stoppedOn, waterfall.isHandedOver else { return false }
        return share.instalments.indices.allSatisfy {
            waterfall.outstanding($0, paidOn: day).scheduled == 0
        }
    }

    /// Whether due dates do not matter any more.
    var hasEnded: Bool { isWrittenOff || isHandedOver }
}
