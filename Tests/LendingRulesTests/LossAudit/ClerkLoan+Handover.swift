// Evenings on which claims of one party go to another, and what parties pay each other.

extension ClerkLoan {
    /// Moves what there is of what was decided; every other party keeps its own.
    mutating func handOver(_ ruling: Ruling, _ today: Int, number: Int) {
        note(ruling, today, number)
        guard ruling.movesClaims, !isUndone, let from = paper.parties.firstIndex(of: ruling.from),
            let to = paper.parties.firstIndex(of: ruling.to)
        else { return }
        let isSplit = hasSplitInstalments || ruling.through != nil
        let reach = ruling.through.map { min($0, due.count) }
        var apart = self
        if isSplit { apart.layFinesApart() }
        var piles = isSplit ? apart.pilesByInstalment : [claimed(due[...], nil), claimed([], self)]
        let named = 0..<(reach ?? piles.count)
        let there = (0..<5).map { part in
            piles[named].reduce(0) { $0 + $1[from][part] }
        }
        let moved = first(ruling.claims, of: there)
        if moved == [0, 0, 0, 0, 0] { return }
        self = apart
        let before = piles
        for part in 0..<5 where there[part] > 0 {
            let shares =
                reach == nil
                ? evenly(moved[part], of: piles.map { $0[from][part] })
                : newestFirst(moved[part], of: piles[named].map { $0[from][part] })
            for (pile, share) in shares.enumerated() {
                piles[pile][from][part] -= share
                piles[pile][to][part] += share
            }
        }
        rename(piles)
        turnFines()
        if ruling.kind == .compensation, reach != nil {
            for page in due.indices {
                let gone = zip(before[page][from], piles[page][from]).map { $0 - $1 }
                let name = BoughtFrom(layer: ruling.layer, lender: ruling.from)
                due[page].paidFor[name, default: PlainLoss()] =
                    (due[page].paidFor[name] ?? PlainLoss())
                    + PlainLoss(principal: gone[0], interest: gone[1])
            }
        }
        ledger[from].takenOver -= moved[0]
        ledger[to].takenOver += moved[0]
        hasHeld[to] = true
        if ruling.kind == .compensation {
            acquire(moved, to, BoughtFrom(layer: ruling.layer, lender: ruling.from))
        } else {
            isOwner[to] = true
        }
    }

    /// What everybody has of each instalment that is due, and behind them of the rest.
    private var pilesByInstalment: [[[Int]]] {
        due.indices.map { claimed(due[$0...$0], nil) } + [claimed([], self)]
    }

    /// Of every pile the same part of what there is, a cent at the pile where it is complete.
    private func evenly(_ cents: Int, of piles: [Int]) -> [Int] {
        let all = piles.reduce(0, +)
        var (seen, given) = (0, 0)
        return piles.map { pile in
            seen += pile
            let part = Plain.Part(over: seen, under: all).down(of: cents) - given
            given += part
            return part
        }
    }

    private func newestFirst(_ cents: Int, of piles: [Int]) -> [Int] {
        var left = cents
        let parts = piles.reversed().map { pile -> Int in
            let part = min(left, pile)
            left -= part
            return part
        }
        return parts.reversed()
    }

    /// Principal, interest, both penalties and fees by party, of some instalments that are due and,
    /// with a loan, of whatever else is open.
    private func claimed(_ pages: ArraySlice<DuePage>, _ loan: ClerkLoan?) -> [[Int]] {
        var heaps = [[CentHeap]](repeating: [], count: 5)
        for page in pages {
            heaps[0].append(page.principal)
            heaps[1].append(page.interest)
            heaps[4].append(page.fee)
            if let fines = page.fines {
                heaps[2].append(fines.onPrincipal)
                heaps[3].append(fines.onInterest)
            }
        }
        if let loan {
            heaps[0].append(loan.undue)
            heaps[1].append(loan.accrued)
            heaps[2].append(loan.penalty)
            heaps[3].append(loan.penaltyOnInterest)
        }
        var claims = [[Int]](repeating: [0, 0, 0, 0, 0], count: parties)
        for (part, heaps) in heaps.enumerated() {
            var counts = [Int](repeating: 0, count: parties)
            for heap in heaps { heap.count(to: &counts) }
            for party in claims.indices { claims[party][part] = counts[party] }
        }
        return claims
    }

    /// So much of each, of penalties those on principal first.
    private func first(_ asked: PlainClaims, of there: [Int]) -> [Int] {
        let onPrincipal = min(asked.penalty, there[2])
        return [
            min(asked.principal, there[0]), min(asked.interest, there[1]), onPrincipal,
            min(asked.penalty - onPrincipal, there[3]), min(asked.fee, there[4]),
        ]
    }

    /// Writes new names on all cents, pile after pile.
    private mutating func rename(_ piles: [[[Int]]]) {
        func heap(_ piles: ArraySlice<[[Int]]>, _ part: Int) -> CentHeap {
            var heap = CentHeap()
            for claims in piles {
                let weights = claims.map { $0[part] }
                heap.add(CentHeap(CentDeal(weights), 0, weights.reduce(0, +)))
            }
            return heap
        }
        var (principal, interest) = (heap(piles[...], 0), heap(piles[...], 1))
        var fee = heap(piles[...], 4)
        for index in due.indices {
            due[index].principal = principal.take(due[index].principal.count)
            due[index].interest = interest.take(due[index].interest.count)
            due[index].fee = fee.take(due[index].fee.count)
        }
        (undue, accrued) = (principal, interest)
        let rest = piles[piles.count - 1].map { $0[0] }
        let all = rest.indices.map { party in piles.reduce(0) { $0 + $1[party][0] } }
        let first = hasSplitInstalments ? rest : all
        holders = [first, all].first { $0.contains { $0 > 0 } } ?? holders
        sources = Sources(CentDeal(holders))
        if hasSplitInstalments {
            for index in due.indices {
                due[index].fines = Fines(
                    CentDeal(holders), onPrincipal: heap(piles[index...index], 2),
                    onInterest: heap(piles[index...index], 3))
            }
        } else {
            (penalty, penaltyOnInterest) = (heap(piles[...], 2), heap(piles[...], 3))
        }
    }

    private mutating func acquire(_ moved: [Int], _ party: Int, _ from: BoughtFrom) {
        let more = [moved[0], moved[1], moved[2] + moved[3], moved[4]]
        var heaps = acquiredHeaps(party)
        if let place = heaps.firstIndex(where: { $0.from == from }) {
            heaps[place].cents = zip(heaps[place].cents, more).map { $0 + $1 }
        } else {
            heaps.append(BoughtHeap(from: from, cents: more))
        }
        acquired[party] = AcquiredPile(heaps: heaps, settled: ledger[party].settled)
    }

    /// The parties' books, with the principal that they have because they paid for it.
    var books: [PartyLedger] {
        ledger.indices.map { party in
            var book = ledger[party]
            book.bought = acquiredLeft(party)[0]
            return book
        }
    }

    /// What is left of what a party has paid for: whatever settles its claims settles that first.
    func acquiredLeft(_ party: Int) -> [Int] {
        acquiredHeaps(party).reduce([0, 0, 0, 0]) { zip($0, $1.cents).map { $0 + $1 } }
    }

    /// The same by whose it was; of these the first bought is settled first.
    func acquiredHeaps(_ party: Int) -> [BoughtHeap] {
        let pile = acquired[party]
        if pile.heaps.isEmpty { return [] }
        let claims = claimed(due[...], self)[party]
        let open = [claims[0], claims[1], claims[2] + claims[3], claims[4]]
        var heaps = pile.heaps
        for part in 0..<4 {
            let all = heaps.reduce(0) { $0 + $1.cents[part] }
            let since = ledger[party].settled[part] - pile.settled[part]
            // Gone from the front, and no more is there than the party claims.
            var gone = max(since, all - open[part])
            for place in heaps.indices where gone > 0 {
                let cents = min(gone, heaps[place].cents[part])
                heaps[place].cents[part] -= cents
                gone -= cents
            }
        }
        return heaps
    }

    /// Principal, overdue principal, interest, overdue interest, both penalties and fees.
    func buckets() -> [[Int]] {
        var columns = [[Int]](repeating: ledger.map { _ in 0 }, count: 7)
        for page in due[closed...] {
            page.principal.count(to: &columns[page.isOverdue ? 1 : 0])
            page.interest.count(to: &columns[page.isOverdue ? 3 : 2])
            page.fee.count(to: &columns[6])
            page.fines?.onPrincipal.count(to: &columns[4])
            page.fines?.onInterest.count(to: &columns[5])
        }
        undue.count(to: &columns[0])
        accrued.count(to: &columns[2])
        penalty.count(to: &columns[4])
        penaltyOnInterest.count(to: &columns[5])
        return ledger.indices.map { party in columns.map { $0[party] } }
    }
}

/// Claims that were paid for, and what of the party's had been settled by then.
struct AcquiredPile {
    var heaps: [BoughtHeap] = []
    var settled = [0, 0, 0, 0]
}

/// By which layer, and whose claims they were: a place among the parties.
struct BoughtFrom: Hashable {
    let layer: String
    let lender: Int
}

struct BoughtHeap {
    let from: BoughtFrom
    var cents: [Int]
}

/// What one party has paid another for a loss.
struct Settlement {
    let ruling: Ruling
    let day: Int
    /// Among the loan's decisions, from 1.
    let number: Int
}

extension ClerkLoan {
    private mutating func note(_ ruling: Ruling, _ today: Int, _ number: Int) {
        switch ruling.kind {
        case .invocation, .lossSharing, .compensation:
            settlements.append(Settlement(ruling: ruling, day: today, number: number))
        case .chargeOff, .buyBack, .substitution, .sale: break
        }
    }
}
