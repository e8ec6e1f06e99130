// A clerk's vouchers: cash, claims struck out, loans undone.

extension ClerkLoan {
    mutating func enter(_ voucher: Voucher, _ today: Int) {
        switch voucher.kind {
        case .payment(let cents):
            cash.waiting.append((voucher.number, cents))
            spend(cash.waiting.count - 1, today)
        case .recovery(let cents): collect(cents)
        case .cost(let cents): cash.openCosts += cents
        case .waiver(let asked): _ = strike(asked, everything: false)
        case .partialChargeOff(let asked): lose(asked, everything: false)
        case .writeOff: writeOff(nil, today)
        case .payoutReturned: undo()
        case .ruling(let ruling):
            if ruling.kind == .chargeOff { writeOff(ruling.claims, today) }
        case .reversal, .layer, .order: break
        }
    }

    /// Writes off everything, or as much of it as was decided.
    mutating func writeOff(_ decided: PlainClaims?, _ today: Int) {
        if isUndone { return }
        if stoppedOn == nil { stoppedOn = today }
        let all = PlainClaims(principal: .max, interest: .max, penalty: .max, fee: .max)
        lose(decided ?? all, everything: true)
    }

    private mutating func lose(_ asked: PlainClaims, everything: Bool) {
        let bought = ledger.indices.map { acquiredHeaps($0) }
        let gone = strike(asked, everything: everything)
        for (party, heaps) in bought.enumerated() {
            for (before, after) in zip(heaps, acquiredHeaps(party)) {
                let cents = before.cents.reduce(0, +) - after.cents.reduce(0, +)
                if cents > 0 { ledger[party].lostBought.append((before.from, cents)) }
            }
        }
        for (index, heap) in gone.heaps.enumerated() {
            lost.heaps[index].add(heap)
            for (party, cents) in heap.parts(parties).enumerated() {
                ledger[party].chargedOff[gone.component(index)] += cents
            }
        }
    }

    /// Strikes claims out, the oldest instalment first, each component up to what was asked.
    private mutating func strike(_ asked: PlainClaims, everything: Bool) -> LostHeaps {
        var (gone, left) = (LostHeaps(), asked)
        for index in due.indices {
            let first = min(left.penalty, due[index].onPrincipal.open)
            due[index].onPrincipal.settled += first
            let second = min(left.penalty - first, due[index].onInterest.open)
            due[index].onInterest.settled += second
            left.penalty -= first + second
            let fines = takeFines(index, first, second)
            gone.heaps[2].add(fines.onPrincipal)
            gone.heaps[3].add(fines.onInterest)
            strike(\.fee, &due[index].fee, &left.fee, &gone.heaps[4])
            strike(\.interest, &due[index].interest, &left.interest, &gone.heaps[1])
            strike(\.principal, &due[index].principal, &left.principal, &gone.heaps[0])
        }
        if everything {
            strike(\.interest, &accrued, &left.interest, &gone.heaps[1])
            let before = undue.count
            strike(\.principal, &undue, &left.principal, &gone.heaps[0])
            givenUp += before - undue.count
        }
        settle(gone)
        return gone
    }

    private func strike(
        _ name: KeyPath<PlainClaims, Int>, _ heap: inout CentHeap, _ left: inout Int,
        _ gone: inout CentHeap
    ) {
        let cents = heap.take(left)
        left -= cents.count
        gone.add(cents)
    }

    private mutating func settle(_ gone: LostHeaps) {
        for (index, heap) in gone.heaps.enumerated() where heap.count > 0 {
            for (party, cents) in heap.parts(parties).enumerated() {
                ledger[party].settled[gone.component(index)] += cents
                if index == 0 { ledger[party].struckPrincipal += cents }
            }
        }
    }

    /// First what collecting cost, then the owners of the cents lost, then the borrower.
    private mutating func collect(_ cents: Int) {
        var left = cents
        let cost = min(left, cash.openCosts)
        cash.openCosts -= cost
        left -= cost
        for index in lost.heaps.indices {
            let found = lost.heaps[index].take(left)
            left -= found.count
            for (party, cents) in found.parts(parties).enumerated() {
                ledger[party].recover(cents)
            }
        }
        cash.surplus += left
    }

    /// As if nothing had been lent: what came in is the borrower's.
    private mutating func undo() {
        isUndone = true
        cash.surplus += ledger.reduce(0) { $0 + $1.recovered }
        cash.surplus += cash.spent
        cash.spent = 0
        ledger = ledger.map { _ in PartyLedger(lent: 0) }
        (due, closed, undue, accrued) = ([], 0, CentHeap(), CentHeap())
        (penalty, penaltyOnInterest, lost) = (CentHeap(), CentHeap(), LostHeaps())
        acquired = acquired.map { _ in AcquiredPile() }
        plan.close()
    }
}

/// What a party has had and got so far.
struct PartyLedger: Equatable {
    var lent: Int
    var paidPrincipal = 0
    /// Principal taken over less handed over.
    var takenOver = 0
    /// Of the principal that it has that which it has paid for.
    var bought = 0
    /// Principal waived and written off.
    var struckPrincipal = 0
    var recovered = 0
    /// Gone by whatever route, and written off, by component.
    var settled = [0, 0, 0, 0]
    var chargedOff = [0, 0, 0, 0]
    /// Written off of what it had paid for, the oldest first.
    var lostBought: [(from: BoughtFrom, cents: Int)] = []
    /// Of what is recovered that which it had paid for.
    private(set) var recoveredBought: [BoughtFrom: Int] = [:]

    init(lent: Int) { self.lent = lent }

    /// What was paid for comes back first.
    mutating func recover(_ cents: Int) {
        recovered += cents
        var left = cents
        while left > 0, let first = lostBought.first {
            let found = min(left, first.cents)
            recoveredBought[first.from, default: 0] += found
            left -= found
            if found == first.cents {
                lostBought.removeFirst()
            } else {
                lostBought[0].cents -= found
            }
        }
    }

    static func == (left: PartyLedger, right: PartyLedger) -> Bool {
        left.figures == right.figures && left.recoveredBought == right.recoveredBought
    }

    private var figures: [Int] {
        [lent, paidPrincipal, takenOver, bought, struckPrincipal, recovered] + settled + chargedOff
    }
}

/// The borrower's cash.
struct ClerkCash {
    /// By the number of the payment; what no claim has met yet.
    var waiting: [(payment: Int, cents: Int)] = []
    /// What claims have met.
    var spent = 0
    var openCosts = 0
    var surplus = 0

    var unallocated: Int { waiting.reduce(surplus) { $0 + $1.cents } }
}

/// Cents struck out: principal, interest, both penalties, fees.
struct LostHeaps {
    var heaps = [CentHeap](repeating: CentHeap(), count: 5)

    /// Principal 0, interest 1, penalty 2, fee 3.
    func component(_ index: Int) -> Int { index < 3 ? index : index - 1 }
}
