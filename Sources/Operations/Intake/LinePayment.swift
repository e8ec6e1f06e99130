import BusinessCalendar
import LendingRules

/// What a note gets of cash that came for its line.
struct LinePart: Hashable {
    let note: LoanID
    /// Minor units, above zero.
    let amount: Int64
}

extension LineBench {
    /// Divides cash of a date among the notes: what is past due, then what is due or stands on a
    /// closed statement, then in advance, each in the order of due dates and then of notes. What
    /// nothing is owed for stays with the last note that gets something.
    ///
    /// The division is decided once, by what is known when the payment comes: what cash of later
    /// value dates has paid is not paid again.
    /// - Parameters:
    ///   - today: the date by whose end everything is known.
    ///   - first: the note that is paid before all others, up to what ends it.
    /// - Returns: parts in the order of notes; none when no note can take anything.
    func parts(
        of cash: Int64, on date: BusinessDate, known today: BusinessDate, first: LoanID? = nil
    ) throws(ContractFault) -> [LinePart] {
        var takers: [Taker] = []
        for note in notes {
            guard let owed = try note.owed(on: date) else { continue }
            let left = date == today ? owed : try note.owed(on: today) ?? owed
            takers.append(Taker(note, owed, on: date, left))
        }
        var left = cash
        var last = takers.firstIndex { $0.note == first } ?? takers.indices.last
        func give(_ amount: Int64, to index: Int) {
            let part = min(left, amount, takers[index].room)
            guard part > 0 else { return }
            takers[index].taken += part
            left -= part
            last = index
        }
        if let index = takers.firstIndex(where: { $0.note == first }) { give(.max, to: index) }
        for claim in takers.indices.flatMap({ takers[$0].claims(of: $0) }).sorted() {
            give(claim.amount, to: claim.taker)
        }
        guard let last else { return [] }
        takers[last].taken += left
        return takers.filter { $0.taken > 0 }.map { LinePart(note: $0.note, amount: $0.taken) }
    }
}

extension OwedInstalments {
    /// What is missing of the next instalment besides the cash that waits for it.
    var billed: Int64 { max(0, (next?.amount ?? 0) - payoff.waiting) }

    /// What is missing of the instalment of a due date.
    fileprivate func missing(of dueOn: BusinessDate) -> Int64 {
        due.first { $0.dueOn == dueOn }?.amount ?? (next?.dueOn == dueOn ? billed : 0)
    }
}

/// A note that may get some of a payment.
private struct Taker {
    let note: LoanID
    /// On the date, and what later cash has left of that.
    let owed, left: OwedInstalments
    let date: BusinessDate
    let isBilled: Bool
    var taken: Int64 = 0

    init(
        _ note: LineNote, _ owed: OwedInstalments, on date: BusinessDate, _ left: OwedInstalments
    ) {
        self.note = note.loan
        self.owed = owed
        self.left = left
        self.date = date
        isBilled = owed.next.map { note.isBilled($0.countedOn, on: date) } ?? false
    }

    /// What it could still take until nothing is owed of it.
    var room: Int64 { max(0, min(owed.payoff.total, left.payoff.total) - taken) }

    func claims(of index: Int) -> [Claim] {
        func claim(_ tier: Claim.Tier, _ dueOn: BusinessDate, _ amount: Int64) -> Claim {
            let open = tier == .inAdvance ? amount : min(amount, left.missing(of: dueOn))
            return Claim(tier: tier, dueOn: dueOn, note: note, taker: index, amount: open)
        }
        var claims = owed.due.map {
            claim($0.dueOn < date ? .pastDue : .due, $0.dueOn, $0.amount)
        }
        guard let next = owed.next else { return claims }
        if isBilled { claims.append(claim(.due, next.dueOn, owed.billed)) }
        claims.append(claim(.inAdvance, next.dueOn, .max))
        return claims
    }
}

/// An amount that a payment goes to when its turn comes.
private struct Claim: Comparable {
    enum Tier: Int {
        case pastDue, due, inAdvance
    }

    let tier: Tier
    let dueOn: BusinessDate
    let note: LoanID
    let taker: Int
    let amount: Int64

    static func < (left: Claim, right: Claim) -> Bool {
        (left.tier.rawValue, left.dueOn, left.note) < (right.tier.rawValue, right.dueOn, right.note)
    }
}
