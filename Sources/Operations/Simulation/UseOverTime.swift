import BusinessCalendar
import LendingRules
import Monetary

/// How the use of limits goes up and down over dates while loans are replayed.
///
/// A loan counts with its shares from its booking on; what is outstanding falls by its principal
/// the day after it is repaid, written off or handed over.
struct UseOverTime: Sendable {
    let limits: [Limit]
    /// Name of the agreement under which the loans count.
    private let agreement: String
    private let table: LimitTable
    /// What is used when the date begins that was begun last, and taken since.
    private(set) var used: [LimitSlot: Int64] = [:]
    /// Given back on dates that are not over yet: only what counts as long as it is outstanding.
    private var waiting: [BusinessDate: [(slot: LimitSlot, amount: Int64)]] = [:]
    /// Added and given back on dates, by key.
    private var taken: [LimitKey: [BusinessDate: Int64]] = [:]
    private var given: [LimitKey: [BusinessDate: Int64]] = [:]

    init(limits: [Limit], agreement: String) {
        self.limits = limits
        self.agreement = agreement
        table = LimitTable(limits)
    }

    /// Whether anything depends on what has been given back.
    var countsOutstanding: Bool {
        limits.contains { $0.key.span == .outstanding || $0.base != nil }
    }

    /// Lets what was given back before a date make room, and new periods begin.
    mutating func begin(_ date: BusinessDate) {
        // Periods that are over count nothing any more.
        used = used.filter { $0.key.start == $0.key.key.span.start(on: date) }
        for past in waiting.keys where past < date {
            for (slot, amount) in waiting.removeValue(forKey: past) ?? [] {
                used[slot, default: 0] -= amount
            }
        }
    }

    mutating func take(_ shares: [PlannedShare], _ loan: LoanRecord) {
        for share in shares {
            for slot in slots(of: share.party, loan) {
                used[slot, default: 0] += share.amount
                taken[slot.key, default: [:]][loan.bookedOn, default: 0] += share.amount
            }
        }
    }

    mutating func give(_ moves: [PrincipalMove]) {
        for move in moves {
            for slot in slots(of: move.party, move.loan) where slot.key.span == .outstanding {
                waiting[move.date, default: []].append((slot, move.amount))
                given[slot.key, default: [:]][move.date, default: 0] += move.amount
            }
        }
    }

    /// The most that was used of a limit, and in how many days, or months of one that counts by
    /// month, that was above it, by the end of a date. Of a limit for each value of a dimension:
    /// the most of any value, and the days of all of them. A part of something that changes is not
    /// held against any day.
    func peak(of limit: Limit, through end: BusinessDate) -> SimulationReport.Use {
        let keys = taken.keys.filter { key in
            key == limit.key || key.scope.subject != nil && key.whole == limit.key
        }
        let isEach = limit.key != limit.key.whole || limit.key.scope == .all
        let peaks = keys.filter { isEach || $0 != limit.key }.map { key in
            limit.key.span == .outstanding
                ? outstanding(key, limit.amount, through: end) : periods(key, limit.amount)
        }
        return SimulationReport.Use(
            peak: peaks.map(\.peak).max() ?? 0,
            above: limit.base == nil ? peaks.reduce(0) { $0 + $1.above } : 0)
    }

    private func periods(_ key: LimitKey, _ amount: Int64) -> SimulationReport.Use {
        let sums = Dictionary(grouping: taken[key] ?? [:]) { key.span.start(on: $0.key) }
            .values.map { $0.reduce(0) { $0 + $1.value } }
        return SimulationReport.Use(peak: sums.max() ?? 0, above: sums.count { $0 > amount })
    }

    private func outstanding(_ key: LimitKey, _ amount: Int64, through end: BusinessDate)
        -> SimulationReport.Use
    {
        let (lent, back) = (taken[key] ?? [:], given[key] ?? [:])
        // What is given back counts from the next day on.
        let dates = Set(lent.keys).union(back.keys.map { $0.adding(days: 1) }).filter { $0 <= end }
            .sorted()
        var (sum, most, above): (Int64, Int64, Int) = (0, 0, 0)
        for (place, date) in dates.enumerated() {
            sum += (lent[date] ?? 0) - (back[date.adding(days: -1)] ?? 0)
            most = max(most, sum)
            guard sum > amount else { continue }
            let next = place + 1 < dates.count ? dates[place + 1] : end.adding(days: 1)
            above += Int(next.dayNumber - date.dayNumber)
        }
        return SimulationReport.Use(peak: most, above: above)
    }

    /// Where a lender's share of a loan counts, as far as there are limits.
    private func slots(of party: PartyID, _ loan: LoanRecord) -> [LimitSlot] {
        LimitedShares(
            agreement: agreement, party: party, currency: loan.currency, bookedOn: loan.bookedOn,
            traits: loan.traits.only(table.dimensions)
        ).slots.filter { table.counts($0.key) }
    }
}

/// Principal that a lender got back, or no longer has, on a date; below zero for what it took over.
struct PrincipalMove: Sendable {
    let loan: LoanRecord
    let party: PartyID
    let date: BusinessDate
    /// Minor units.
    let amount: Int64
}

extension LoanContract {
    /// How each lender's principal went down after the booking, where it had its part of a plan.
    ///
    /// Payments count on their value dates, even where the money waited for a due date; a loan that
    /// was undone goes on that date, and what else made a difference at the end.
    func moves(of loan: BookedLoan, lentBy plan: SharePlan, at position: LoanPosition)
        -> [PrincipalMove]
    {
        let end = loan.facts.first(where: \.undoesLoan)?.valueDate ?? position.date
        var moves: [PrincipalMove] = []
        var left = lenders.map { party in
            plan.shares.first { $0.party == party }?.amount ?? 0
        }
        func move(_ place: Int, _ amount: Int64, _ date: BusinessDate) {
            guard amount != 0 else { return }
            left[place] -= amount
            moves.append(
                PrincipalMove(loan: loan.record, party: lenders[place], date: date, amount: amount))
        }
        for payment in position.payments {
            for (place, part) in payment.parts.enumerated() {
                move(place, part.components.allPrincipal, payment.valueDate)
            }
        }
        for effect in position.effects {
            for (place, part) in effect.parts.enumerated() {
                switch effect.kind {
                case .waiver, .chargeOff: move(place, part.allPrincipal, effect.valueDate)
                // By a transfer lenders take over what counts as theirs already.
                case .transfer, .assignment, .indemnity, .recovery, .collectionCost, .refund: break
                }
            }
        }
        for (place, lender) in position.lenders.enumerated() {
            move(place, left[place] - lender.principal - lender.overduePrincipal, end)
        }
        return moves
    }
}

extension Components {
    fileprivate var allPrincipal: Int64 { principal + overduePrincipal }
}
