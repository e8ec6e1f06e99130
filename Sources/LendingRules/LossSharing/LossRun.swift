package import BusinessCalendar
import Monetary

/// Shares the losses of one date: in one place, after all facts of the date (RULES § 5).
///
/// Loans by days past due, most first, then by id; in a loan the layers in agreement order; in a
/// layer the lenders in agreement order. So neither the order of the cases nor where they were
/// computed matters, and of two loans that would empty a cover always the same is paid.
package struct LossRun {
    private let date: BusinessDate
    private var outcome: LossOutcome

    /// What the date's cases take of covers.
    ///
    /// - Parameters:
    ///   - cases: Loans in any order; those for which nothing is due change nothing.
    ///   - covers: Every cover that may be drawn, as it stands after the date's events but losses;
    ///     one that is not there begins with nothing lent.
    /// - Throws: ``LossError``.
    package static func run(
        _ cases: [LossCase], covers: [CoverID: CoverAccount], on date: BusinessDate
    ) throws(LossError) -> LossOutcome {
        var run = LossRun(date: date, outcome: LossOutcome(covers: covers))
        var seen: Set<LoanID> = []
        for entry in cases.sorted(by: precedes) {
            guard seen.insert(entry.loan).inserted else { throw .repeated(entry.loan) }
            if entry.isDue { try run.take(entry) }
        }
        return run.outcome
    }

    /// The order in which loans draw on covers.
    package static func precedes(_ left: LossCase, _ right: LossCase) -> Bool {
        (right.daysPastDue, left.loan) < (left.daysPastDue, right.loan)
    }

    private mutating func take(_ entry: LossCase) throws(LossError) {
        guard entry.isRepresentable else { throw .amounts(entry.loan) }
        var standings = entry.stakes.map(LossStanding.init)
        for layer in entry.terms.layers where entry.isDue(layer) {
            switch layer.bearing {
            case .provided(let provision):
                for place in standings.indices where provision.pays(standings[place].party) {
                    try draw(entry, layer, provision, &standings[place])
                }
            case .shared(let shares): try share(entry, layer, shares, &standings)
            }
        }
        if entry.isChargedOff { outcome.chargeOffs.append(entry.loan) }
        outcome.left += standings.map {
            LossLeft(loan: entry.loan, lender: $0.party, amounts: $0.rest)
        }
    }

    /// Asks one layer to pay one lender.
    private mutating func draw(
        _ entry: LossCase, _ layer: LossLayer, _ provision: LossProvision,
        _ standing: inout LossStanding
    ) throws(LossError) {
        let asked = standing.asked(of: provision, layer)
        let cover = entry.cover(of: layer, for: standing.party, on: date)
        // Somebody who asks for nothing hears of it; a date that reaches nobody says nothing.
        guard asked.total > 0 || layer.trigger == .instruction else { return }
        let (amount, shortfall) = try payment(asked.total, provision.cover, cover, entry)
        let taken = asked.first(amount)
        let instalments = standing.take(taken, provision.way, layer.trigger)
        outcome.draws.append(
            LossDraw(
                loan: entry.loan, layer: layer.name, provider: provision.provider,
                lender: standing.party, way: provision.way, asked: asked, taken: taken,
                instalments: instalments, cover: cover, shortfall: shortfall))
    }

    /// What a layer pays of what it is asked, and why not more.
    private mutating func payment(
        _ asked: Int64, _ terms: CoverTerms?, _ id: CoverID?, _ entry: LossCase
    ) throws(LossError) -> (Int64, LossShortfall?) {
        if asked == 0 { return (0, .nothingLost) }
        guard let terms, let id else { return (asked, nil) }
        if let last = terms.expiresOn, date > last { return (0, .expired) }
        if let latest = terms.latestDaysPastDue, entry.daysPastDue > latest {
            return (0, .tooLate)
        }
        var account = outcome.covers[id] ?? CoverAccount(terms.kind)
        do throws(CoverError) {
            let taken = try account.draw(asked)
            outcome.covers[id] = account
            return (taken, taken < asked ? .exhausted : nil)
        } catch {
            throw .cover(id, error)
        }
    }

    /// Lets the lenders bear by their own shares what principal is left of them all.
    private mutating func share(
        _ entry: LossCase, _ layer: LossLayer, _ shares: [LossShare],
        _ standings: inout [LossStanding]
    ) throws(LossError) {
        let places = standings.indices.filter { place in
            shares.contains { $0.party == standings[place].party }
        }
        let parts = places.map { place in
            shares.first { $0.party == standings[place].party }?.share ?? .none
        }
        let rests = places.map { standings[$0].rest.principal }
        // Who lends nothing of a loan bears nothing of it: the others' shares make the whole.
        guard parts.contains(where: { $0.numerator > 0 }) else { return }
        let targets: [Int64]
        do throws(AmountError) {
            targets = try ProportionalScale(weights: Share.weights(parts).weights)
                .parts(of: rests.reduce(0, +))
        } catch {
            throw .amounts(entry.loan)
        }
        let parties = places.map { standings[$0].party }
        outcome.transfers += LossRun.payments(
            parties, owed: zip(rests, targets).map { $0.0 - $0.1 }
        ).map {
            LossTransfer(
                loan: entry.loan, layer: layer.name, from: $0.from, to: $0.to, amount: $0.amount)
        }
        for (place, target) in zip(places, targets) { standings[place].bear(principal: target) }
    }

    /// Who pays whom, in agreement order, so that everybody has what it is owed; below zero: owes.
    private static func payments(_ parties: [PartyID], owed: [Int64])
        -> [(from: PartyID, to: PartyID, amount: Int64)]
    {
        var open = owed
        var payments: [(from: PartyID, to: PartyID, amount: Int64)] = []
        for to in parties.indices {
            for from in parties.indices where open[to] > 0 && open[from] < 0 {
                let amount = min(open[to], -open[from])
                open[to] -= amount
                open[from] += amount
                payments.append((parties[from], parties[to], amount))
            }
        }
        return payments
    }
}
