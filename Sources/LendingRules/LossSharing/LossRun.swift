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
        var together: [String: [LossCase]] = [:]
        for entry in cases.sorted(by: precedes) {
            guard seen.insert(entry.loan).inserted else { throw .repeated(entry.loan) }
            if entry.terms.layers.contains(where: \.isAllocatedProRata) {
                together[entry.agreement] = []
            }
        }
        for entry in cases.sorted(by: precedes) where entry.isDue {
            if together[entry.agreement] == nil {
                try run.take([entry])
            } else {
                together[entry.agreement]?.append(entry)
            }
        }
        for group in together.sorted(by: { $0.key < $1.key }) { try run.take(group.value) }
        return run.outcome
    }

    /// The order in which loans draw on covers.
    package static func precedes(_ left: LossCase, _ right: LossCase) -> Bool {
        (right.daysPastDue, left.loan) < (left.daysPastDue, right.loan)
    }

    /// Asks layer after layer, each for all loans of the group in their order: one loan, or all of
    /// an agreement with a cover that is allocated among them.
    private mutating func take(_ cases: [LossCase]) throws(LossError) {
        for entry in cases where !entry.isRepresentable { throw .amounts(entry.loan) }
        var standings = cases.map { $0.stakes.map(LossStanding.init) }
        var places = cases.map { _ in 0 }
        for name in LossRun.order(cases.map { $0.terms.layers.map(\.name) }) {
            var asks: [LossAsk] = []
            for (index, entry) in cases.enumerated() {
                guard places[index] < entry.terms.layers.count,
                    entry.terms.layers[places[index]].name == name
                else { continue }
                let layer = entry.terms.layers[places[index]]
                places[index] += 1
                guard entry.isDue(layer) else { continue }
                switch layer.bearing {
                case .shared(let shares): try share(entry, layer, shares, &standings[index])
                case .provided(let provision):
                    for lender in standings[index].indices
                    where provision.pays(standings[index][lender].party) {
                        let ask = LossAsk(
                            entry, at: (index, lender), layer, provision,
                            standings[index][lender], on: date)
                        if layer.isAllocatedProRata {
                            asks.append(ask)
                        } else {
                            try answer(ask, &standings)
                        }
                    }
                }
            }
            try allocate(asks, &standings)
        }
        for (entry, standings) in zip(cases, standings) {
            if entry.isChargedOff { outcome.chargeOffs.append(entry.loan) }
            outcome.left += standings.map {
                LossLeft(loan: entry.loan, lender: $0.party, amounts: $0.rest)
            }
        }
    }

    /// Pays what one layer is asked for one lender, as far as its cover goes.
    private mutating func answer(_ ask: LossAsk, _ standings: inout [[LossStanding]])
        throws(LossError)
    {
        let (amount, shortfall) = try payment(
            ask.asked.total, ask.provision.cover, ask.cover, ask.entry)
        record(ask, amount, shortfall, &standings)
    }

    /// Divides what covers have among those who ask for it on the date, in proportion to what they
    /// ask for; cents that are left go by largest remainder, then in the order of the loans.
    private mutating func allocate(_ asks: [LossAsk], _ standings: inout [[LossStanding]])
        throws(LossError)
    {
        var payments = asks.map { _ in Int64(0) }
        var reasons = asks.map { _ in LossShortfall?.none }
        for (place, ask) in asks.enumerated() {
            reasons[place] = refusal(ask.asked.total, ask.provision.cover, ask.entry)
        }
        for id in Set(asks.compactMap(\.cover)).sorted() {
            let places = asks.indices.filter { asks[$0].cover == id && reasons[$0] == nil }
            guard let first = places.first, let terms = asks[first].provision.cover else {
                continue
            }
            let asked = places.map { asks[$0].asked.total }
            let total = asked.reduce(Int128(0)) { $0 + Int128($1) }
            guard let whole = Int64(exactly: total) else { throw .cover(id, .overflow) }
            let taken = try draw(whole, terms, id)
            for (place, part) in zip(places, LossRun.proportion(of: taken, by: asked)) {
                payments[place] = part
                if part < asks[place].asked.total { reasons[place] = .exhausted }
            }
        }
        for (place, ask) in asks.enumerated() {
            record(ask, payments[place], reasons[place], &standings)
        }
    }

    /// An amount in proportion to others that make at least as much, rounded down; what is left of
    /// it a unit each by largest remainder, then in order.
    private static func proportion(of amount: Int64, by weights: [Int64]) -> [Int64] {
        let whole = weights.reduce(Int128(0)) { $0 + Int128($1) }
        if whole == 0 { return weights }
        let products = weights.map { Int128($0) * Int128(amount) }
        var parts = products.map { Int64($0 / whole) }
        let left = amount - parts.reduce(0, +)
        let order = parts.indices.sorted {
            (products[$1] % whole, $0) < (products[$0] % whole, $1)
        }
        for place in order.prefix(Int(left)) { parts[place] += 1 }
        return parts
    }

    private mutating func record(
        _ ask: LossAsk, _ amount: Int64, _ shortfall: LossShortfall?,
        _ standings: inout [[LossStanding]]
    ) {
        // Somebody who asks for nothing hears of it; a date that reaches nobody says nothing.
        guard ask.asked.total > 0 || ask.layer.trigger == .instruction else { return }
        let taken = ask.asked.first(amount)
        let instalments = standings[ask.place.loan][ask.place.lender]
            .take(taken, ask.provision.way, ask.layer.trigger)
        outcome.draws.append(
            LossDraw(
                loan: ask.entry.loan, layer: ask.layer.name, provider: ask.provision.provider,
                lender: ask.lender, way: ask.provision.way, asked: ask.asked, taken: taken,
                instalments: instalments, cover: ask.cover, shortfall: shortfall))
    }

    /// What a layer pays of what it is asked, and why not more.
    private mutating func payment(
        _ asked: Int64, _ terms: CoverTerms?, _ id: CoverID?, _ entry: LossCase
    ) throws(LossError) -> (Int64, LossShortfall?) {
        if let refusal = refusal(asked, terms, entry) { return (0, refusal) }
        guard let terms, let id else { return (asked, nil) }
        let taken = try draw(asked, terms, id)
        return (taken, taken < asked ? .exhausted : nil)
    }

    /// Why a layer pays nothing, whatever its cover has.
    private func refusal(_ asked: Int64, _ terms: CoverTerms?, _ entry: LossCase)
        -> LossShortfall?
    {
        if asked == 0 { return .nothingLost }
        guard let terms else { return nil }
        if let last = terms.expiresOn, date > last { return .expired }
        if let latest = terms.latestDaysPastDue, entry.daysPastDue > latest { return .tooLate }
        return nil
    }

    /// Takes what a cover has of an amount.
    private mutating func draw(_ amount: Int64, _ terms: CoverTerms, _ id: CoverID)
        throws(LossError) -> Int64
    {
        var account = outcome.covers[id] ?? CoverAccount(terms.kind)
        do throws(CoverError) {
            let taken = try account.draw(amount)
            outcome.covers[id] = account
            return taken
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
