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

    /// Notes a line of a waiver, charge-off or recovery of the files of `day`.
    package mutating func receive(_ line: FactLine, on day: Day) {
        facts.append((line, day))
    }

    /// Notes a plan that was sent again.
    package mutating func receive(_ notice: PlanNotice) { notices.append(notice) }

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
        return LoanStatement(
            booked: booking.booked, relieved: booking.relieved, waterfall: waterfall,
            share: waterfall.share)
    }
}

/// A loan's booked lines and dues.
package struct LoanStatement {
    /// The lines the bank could book, in the order in which they came.
    package let booked: [BookedLine]
    /// Waivers, charge-offs and recoveries, in the order in which they came.
    package let relieved: [BookedFact]
    /// Dues and what has been paid on them.
    package let waterfall: Waterfall
    let share: ShareOfLoan

    /// The instalments as they stand.
    package var plan: [ShareInstalment] { share.instalments }

    /// Whether everything was written off and nothing is owed any more.
    var isWrittenOff: Bool {
        guard let day = waterfall.stoppedOn else { return false }
        return share.instalments.indices.allSatisfy {
            waterfall.outstanding($0, paidOn: day).total == 0
        }
    }
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
    var notices: [PlanNotice] = []
    var booked: [BookedLine] = []
    var relieved: [BookedFact] = []
    /// The day from which nothing is owed any more, once it is known.
    var cancelledFrom: Day?
    private var reliefs: [Relief] = []
    private var postedReliefs: [String: Components] = [:]
    private var recovered = Components()
    private var tranches: [Tranche] = []
    private var posted: [String: [Int: Components]] = [:]
    private var collectedInterest: Int64 = 0

    init(share: ShareOfLoan, conditions: Conditions) {
        self.share = share
        self.conditions = conditions
    }

    mutating func book(_ line: RepaymentLine, _ day: Day) {
        if let from = cancelledFrom, line.reverses == nil, line.correctionOf == nil {
            return bookCharge(line, from, day)
        }
        guard var changes = changes(line, day) else { return }
        if !knowsFees, line.fee != 0 {
            // It belongs to the first instalment that the line is about.
            changes[changes.keys.min() ?? 0, default: Components()].fee += line.fee
        }
        let total = changes.values.reduce(into: Components()) { $0 += $1 }
        let before = serviceFee
        // What goes back goes back in the opposite order, so that each part meets its own fee.
        let indexes = changes.keys.sorted { ($0 < $1) == (total.total >= 0) }
        var parts: [BookedPart] = []
        for index in indexes {
            let components = changes[index] ?? Components()
            let earlier = serviceFee
            collectedInterest += components.collectedInterest
            let part = BookedPart(
                instalment: index + 1, components: components, serviceFee: serviceFee - earlier)
            if !components.isNothing || part.serviceFee != 0 { parts.append(part) }
        }
        booked.append(
            BookedLine(
                line: line, components: total, serviceFee: serviceFee - before, bookedOn: day,
                parts: parts.sorted { $0.instalment < $1.instalment }))
    }

    /// Whether the bank computes the fees of this loan, and is not told them.
    private var knowsFees: Bool {
        share.hasFees || conditions.early(share.terms.method).feePercent.units > 0
    }

    private func cash(_ line: RepaymentLine) -> Int64 {
        knowsFees ? line.total + line.fee : line.total
    }

    /// What the line changes, by instalment; nil for a line that cannot be booked.
    private mutating func changes(_ line: RepaymentLine, _ day: Day) -> [Int: Components]? {
        if let original = line.reverses { return reverse(original) }
        if let original = line.correctionOf { return correct(original, by: line, day) }
        let isTwice = tranches.contains { $0.paymentID == line.paymentID && $0.bookedOn == day }
        guard cash(line) >= 0, !isTwice else { return nil }
        add(cash(line), to: line.paymentID, from: line.valueDate, day)
        return repost(line.paymentID)
    }

    private mutating func add(_ total: Int64, to payment: String, from valueDate: Day, _ day: Day) {
        tranches.append(
            Tranche(paymentID: payment, total: total, valueDate: valueDate, bookedOn: day))
    }

    private mutating func reverse(_ original: String) -> [Int: Components]? {
        guard tranches.contains(where: { $0.paymentID == original }) else { return nil }
        tranches.removeAll { $0.paymentID == original }
        return repost(original)
    }

    /// More cash counts from the line's value date; less is taken from the payment's first parts.
    private mutating func correct(
        _ original: String, by line: RepaymentLine, _ day: Day
    ) -> [Int: Components]? {
        if cash(line) >= 0 {
            add(cash(line), to: original, from: line.valueDate, day)
            return repost(original)
        }
        var excess = -cash(line)
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
    private mutating func repost(_ payment: String) -> [Int: Components] {
        let target = replay().parts[payment] ?? [:]
        var changes = target
        for (index, components) in posted[payment] ?? [:] {
            changes[index] = (target[index] ?? Components()) - components
        }
        posted[payment] = target
        return changes
    }

    /// Cumulative half-up, so that it never drifts from the interest collected.
    private var serviceFee: Int64 {
        let percent = conditions.serviceFeePercent
        return Int64(
            Rounding.halfUp.divide(
                Int128(max(0, collectedInterest)) * Int128(percent.units),
                by: Int128(percent.scale) * 100))
    }

    /// Who gives a loan back may owe the interest of the days before; it earns no service fee.
    private mutating func bookCharge(_ line: RepaymentLine, _ from: Day, _ day: Day) {
        var components = Components()
        components.interest = share.accrued(before: from)
        components.fee = line.fee
        booked.append(
            BookedLine(
                line: line, components: components, serviceFee: 0, bookedOn: day,
                parts: components.isNothing
                    ? [] : [BookedPart(instalment: 1, components: components, serviceFee: 0)]))
    }

    /// Lays all cash and all reliefs in force on the dues, by value date.
    func replay() -> (waterfall: Waterfall, parts: [String: [Int: Components]]) {
        var waterfall = Waterfall(share, conditions)
        waterfall.notices = notices
        var parts: [String: [Int: Components]] = [:]
        for event in events.sorted(by: { ($0.on, $0.rank, $0.place) < ($1.on, $1.rank, $1.place) })
        {
            switch event.kind {
            case .cash:
                let tranche = tranches[event.place]
                for (instalment, paid) in waterfall.lay(tranche.total, on: tranche.valueDate) {
                    parts[tranche.paymentID, default: [:]][instalment, default: Components()] +=
                        paid
                }
            case .relief:
                let relief = reliefs[event.place]
                parts[relief.factID] = [0: waterfall.relieve(relief)]
            case .notice: waterfall.follow(notices[event.place], on: event.on)
            }
        }
        return (waterfall, parts)
    }

    /// Something that counts from a day.
    private struct Event {
        enum Kind { case cash, relief, notice }

        let on: Day
        /// Of one day what is given up in part comes before cash, what ends the loan after it.
        let rank: Int
        let place: Int
        let kind: Kind
    }

    private var events: [Event] {
        tranches.indices.map {
            Event(on: tranches[$0].valueDate, rank: 1, place: $0, kind: .cash)
        }
            + reliefs.indices.map {
                let rank = reliefs[$0].isFull ? 3 : 0
                return Event(on: reliefs[$0].valueDate, rank: rank, place: $0, kind: .relief)
            }
            + notices.indices.map {
                Event(on: notices[$0].holdsFrom(share), rank: 2, place: $0, kind: .notice)
            }
    }
}

// MARK: - Waivers, charge-offs and recoveries

extension LineBooking {
    mutating func book(_ line: FactLine, _ day: Day) {
        var components: Components
        if line.isRecovery {
            components = recover(line.told.total - line.told.fee)
            components.fee = line.told.fee
        } else if let original = line.corrects {
            guard let index = reliefs.firstIndex(where: { $0.factID == original }) else { return }
            reliefs[index].told += line.told
            components = repostRelief(original)
        } else {
            guard !reliefs.contains(where: { $0.factID == line.factID }) else { return }
            reliefs.append(Relief(line))
            components = repostRelief(line.factID)
        }
        if !knowsFees { components.fee = line.told.fee }
        relieved.append(BookedFact(line: line, components: components, bookedOn: day))
    }

    private mutating func repostRelief(_ fact: String) -> Components {
        let target = replay().parts[fact]?[0] ?? Components()
        defer { postedReliefs[fact] = target }
        return target - (postedReliefs[fact] ?? Components())
    }

    /// Cash for what the bank wrote off: principal first, then interest, then penalty.
    private mutating func recover(_ cash: Int64) -> Components {
        let parts = replay().parts
        let writtenOff = reliefs.filter(\.isChargeOff)
            .reduce(into: Components()) { $0 += parts[$1.factID]?[0] ?? Components() }
        var (left, taken) = (cash, Components())
        func take(_ all: Int64, _ before: Int64) -> Int64 {
            let part = max(0, min(left, all - before))
            left -= part
            return part
        }
        taken.principal = take(
            writtenOff.principal + writtenOff.overduePrincipal, recovered.principal)
        taken.interest = take(writtenOff.collectedInterest, recovered.interest)
        taken.penalty = take(writtenOff.penalty, recovered.penalty)
        recovered += taken
        return taken
    }
}
