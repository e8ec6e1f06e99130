// One loan in the bank's books: a pure function of its terms and of the lines received.

/// A repayments line as received: who paid what, and when it counts.
package struct RepaymentLine: Equatable, Sendable {
    /// Key of the line.
    package var paymentID: String
    /// The loan it belongs to.
    package var loanID: String
    /// Cash for this bank, the sum of the line's components, in minor units.
    package var total: Int64
    /// The day the money counts from.
    package var valueDate: Day
    /// The payment this line takes back.
    package var reverses: String?
    /// The payment this line changes.
    package var correctionOf: String?

    /// A line as received.
    package init(
        paymentID: String, loanID: String, total: Int64, valueDate: Day, reverses: String? = nil,
        correctionOf: String? = nil
    ) {
        self.paymentID = paymentID
        self.loanID = loanID
        self.total = total
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
    /// The business date on which the payout was taken back.
    package var cancelledOn: Day?

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

    /// The bank's own view of all lines in files up to `day`.
    package func statement(through day: Day) -> LoanStatement {
        var booking = LineBooking(share: share, conditions: conditions)
        for entry in lines where entry.bookedOn <= day { booking.book(entry.line, entry.bookedOn) }
        return LoanStatement(
            booked: booking.booked, waterfall: booking.replay().waterfall, share: share)
    }
}

/// A loan's booked lines and dues.
package struct LoanStatement {
    /// The lines the bank could book, in the order in which they came.
    package let booked: [BookedLine]
    /// Dues and what has been paid on them.
    package let waterfall: Waterfall
    let share: ShareOfLoan
}

/// Books lines one after another; a reversal or correction replays the loan's payments.
private struct LineBooking {
    /// Cash that counts from one day: a payment, or a part of it that waited for a due date.
    private struct Tranche {
        let paymentID: String
        var total: Int64
        let valueDate: Day
        let bookedOn: Day
    }

    let share: ShareOfLoan
    let conditions: Conditions
    var booked: [BookedLine] = []
    private var tranches: [Tranche] = []
    private var posted: [String: Components] = [:]
    private var collectedInterest: Int64 = 0

    init(share: ShareOfLoan, conditions: Conditions) {
        self.share = share
        self.conditions = conditions
    }

    mutating func book(_ line: RepaymentLine, _ day: Day) {
        guard let components = components(line, day) else { return }
        let before = serviceFee
        collectedInterest += components.collectedInterest
        booked.append(
            BookedLine(
                line: line, components: components, serviceFee: serviceFee - before, bookedOn: day))
    }

    private mutating func components(_ line: RepaymentLine, _ day: Day) -> Components? {
        if let original = line.reverses { return reverse(original) }
        if let original = line.correctionOf { return correct(original, by: line, day) }
        let isTwice = tranches.contains { $0.paymentID == line.paymentID && $0.bookedOn == day }
        guard line.total >= 0, !isTwice else { return nil }
        add(line.total, to: line.paymentID, from: line.valueDate, day)
        return repost(line.paymentID)
    }

    private mutating func add(_ total: Int64, to payment: String, from valueDate: Day, _ day: Day) {
        tranches.append(
            Tranche(paymentID: payment, total: total, valueDate: valueDate, bookedOn: day))
    }

    private mutating func reverse(_ original: String) -> Components? {
        guard tranches.contains(where: { $0.paymentID == original }) else { return nil }
        tranches.removeAll { $0.paymentID == original }
        return repost(original)
    }

    /// More cash counts from the line's value date; less is taken from the payment's first parts.
    private mutating func correct(
        _ original: String, by line: RepaymentLine, _ day: Day
    ) -> Components? {
        if line.total >= 0 {
            add(line.total, to: original, from: line.valueDate, day)
            return repost(original)
        }
        var excess = -line.total
        let cash = tranches.reduce(0) { $0 + ($1.paymentID == original ? $1.total : 0) }
        guard cash >= excess else { return nil }
        for index in tranches.indices where tranches[index].paymentID == original {
            let taken = min(excess, tranches[index].total)
            tranches[index].total -= taken
            excess -= taken
        }
        return repost(original)
    }

    /// Replays all payments and posts what changed for one of them.
    private mutating func repost(_ payment: String) -> Components {
        let target = replay().parts[payment] ?? Components()
        defer { posted[payment] = target }
        return target - (posted[payment] ?? Components())
    }

    /// Cumulative half-up, so that it never drifts from the interest collected.
    private var serviceFee: Int64 {
        let percent = conditions.serviceFeePercent
        return Int64(
            Rounding.halfUp.divide(
                Int128(max(0, collectedInterest)) * Int128(percent.units),
                by: Int128(percent.scale) * 100))
    }

    /// Lays all cash in force on the dues, by value date, then in the order received.
    func replay() -> (waterfall: Waterfall, parts: [String: Components]) {
        var waterfall = Waterfall(share, conditions)
        var parts: [String: Components] = [:]
        let ordered = tranches.enumerated().sorted {
            ($0.element.valueDate.number, $0.offset) < ($1.element.valueDate.number, $1.offset)
        }
        for (_, tranche) in ordered {
            let paid = waterfall.apply(tranche.total, on: tranche.valueDate)
            parts[tranche.paymentID, default: Components()] += paid
        }
        return (waterfall, parts)
    }
}
