// A loan's lines, booked one after another.

/// Books lines one after another; a reversal or correction replays the loan's payments.
struct LineBooking {
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
    var reliefs: [Relief] = []
    var postedReliefs: [String: Components] = [:]
    var recovered = Components()
    /// What others have paid for losses so far.
    var indemnified: Int64 = 0
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
    var knowsFees: Bool {
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
                parts[relief.factID] = [
                    0: relief.changesHands ? waterfall.handOver(relief) : waterfall.relieve(relief)
                ]
            case .notice: waterfall.follow(notices[event.place], on: event.on)
            }
        }
        return (waterfall, parts)
    }

    /// Something that counts from a day.
    private struct Event {
        enum Kind { case cash, relief, notice }

        let on: Day
        /// Of one day what is given up in part comes before cash, what ends the loan after it,
        /// and claims change hands at its end.
        let rank: Int
        let place: Int
        let kind: Kind
    }

    private var events: [Event] {
        tranches.indices.map {
            Event(on: tranches[$0].valueDate, rank: 1, place: $0, kind: .cash)
        }
            + reliefs.indices.map {
                let rank = reliefs[$0].changesHands ? 4 : reliefs[$0].isFull ? 3 : 0
                return Event(on: reliefs[$0].valueDate, rank: rank, place: $0, kind: .relief)
            }
            + notices.indices.map {
                Event(on: notices[$0].holdsFrom(share), rank: 2, place: $0, kind: .notice)
            }
    }
}
