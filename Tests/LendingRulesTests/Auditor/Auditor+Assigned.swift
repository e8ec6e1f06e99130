import LendingRules

// A clerk's evening on which claims of one lender go to another: whoever else has something keeps
// it to the cent.

extension Auditor {
    /// Principal, interest, both penalties and fees by lender.
    private typealias Piles = [[Int]]

    mutating func assign(_ assignment: Assignment, _ event: LoanFact) {
        day.relief[event.id] = noClaims
        guard !isUndone, let from = contract.lenders.firstIndex(of: assignment.from),
            let to = contract.lenders.firstIndex(of: assignment.to)
        else { return }
        let reach = assignment.throughInstalment.map { min($0, due.count) }
        let isSplit = hasSplitInstalments || reach != nil
        var apart = self
        if isSplit { apart.layPenaltiesApart() }
        var piles = apart.piles(isSplit)
        let named = reach ?? piles.count
        let moved = first(assignment.claims, of: piles[..<named].map { $0[from] })
        if moved.allSatisfy({ $0 == 0 }) { return }
        let before = claims()
        self = apart
        for (part, cents) in moved.enumerated() {
            let there = piles[..<named].map { $0[from][part] }
            let shares = reach == nil ? spread(cents, over: there) : fromBehind(cents, of: there)
            for (pile, share) in shares.enumerated() {
                piles[pile][from][part] -= share
                piles[pile][to][part] += share
            }
        }
        rename(piles)
        for (lender, after) in claims().enumerated() {
            day.relief[event.id]?[lender] = after - before[lender]
        }
    }

    /// What everybody has of what is due, of each instalment where they are to be told apart, and
    /// of the rest.
    private func piles(_ isSplit: Bool) -> [Piles] {
        isSplit
            ? due.indices.map { piles(due[$0...$0], andTheRest: false) }
                + [piles([], andTheRest: true)]
            : [piles(due[...], andTheRest: false), piles([], andTheRest: true)]
    }

    private func piles(_ instalments: ArraySlice<DueInstalment>, andTheRest isRest: Bool) -> Piles {
        var piles = Piles(repeating: [0, 0, 0, 0, 0], count: lenders)
        func count(_ cents: CentQueue, _ part: Int) {
            for cent in cents.all { piles[cent.owner][part] += 1 }
        }
        for instalment in instalments {
            count(instalment.principal, 0)
            count(instalment.interest, 1)
            count(instalment.fee, 4)
            if let own = instalment.ownPenalties {
                count(own.onPrincipal, 2)
                count(own.onInterest, 3)
            }
        }
        if isRest {
            count(undue, 0)
            count(accrued, 1)
            count(penalty, 2)
            count(penaltyOnInterest, 3)
        }
        return piles
    }

    /// So much of each, of penalties those on principal first.
    private func first(_ asked: ClaimAmounts, of places: [[Int]]) -> [Int] {
        let there = (0..<5).map { part in places.reduce(0) { $0 + $1[part] } }
        let onPrincipal = min(Int(asked.penalty), there[2])
        return [
            min(Int(asked.principal), there[0]), min(Int(asked.interest), there[1]), onPrincipal,
            min(Int(asked.penalty) - onPrincipal, there[3]), min(Int(asked.fee), there[4]),
        ]
    }

    /// Cent by cent: one goes wherever the part that has gone would otherwise fall behind.
    private func spread(_ cents: Int, over there: [Int]) -> [Int] {
        let all = there.reduce(0, +)
        var (passed, gone) = (0, 0)
        return there.map { count in
            var share = 0
            passed += count
            while (gone + 1) * all <= cents * passed, gone < cents {
                gone += 1
                share += 1
            }
            return share
        }
    }

    private func fromBehind(_ cents: Int, of there: [Int]) -> [Int] {
        var (left, shares) = (cents, there.map { _ in 0 })
        for place in stride(from: there.count - 1, through: 0, by: -1) {
            shares[place] = min(left, there[place])
            left -= shares[place]
        }
        return shares
    }

    /// New names on every open cent, pile after pile.
    private mutating func rename(_ piles: [Piles]) {
        func dealt(_ part: Int) -> [[Int]] {
            piles.map { $0.map { $0[part] } }.filter { $0.contains { $0 > 0 } }
        }
        func queue(_ part: Int) -> CentQueue { CentQueue(dealt(part).flatMap { cents($0) }) }
        let left = piles[piles.count - 1].map { $0[0] }
        let all = left.indices.map { lender in piles.reduce(0) { $0 + $1[lender][0] } }
        let first = hasSplitInstalments ? left : all
        weights = [first, all].first { $0.contains { $0 > 0 } } ?? weights
        streams = Streams(contract, book, weights)
        // The nights so far are dealt as what is open of them: for who gives the loan back.
        streams.interest.begin(with: dealt(1))
        var (principal, interest, fee) = (queue(0), queue(1), queue(4))
        for index in due.indices {
            due[index].principal = CentQueue(principal.take(due[index].principal.count))
            due[index].interest = CentQueue(interest.take(due[index].interest.count))
            due[index].fee = CentQueue(fee.take(due[index].fee.count))
        }
        (undue, accrued) = (principal, interest)
        if hasSplitInstalments {
            for index in due.indices {
                var own = bareOwnPenalties
                own.onPrincipal = CentQueue(cents(piles[index].map { $0[2] }))
                own.onInterest = CentQueue(cents(piles[index].map { $0[3] }))
                due[index].ownPenalties = own
            }
            turnPenalties()
        } else {
            (penalty, penaltyOnInterest) = (queue(2), queue(3))
        }
        mixOwnParts()
    }
}

// MARK: - Penalties of instalments that have holders of their own

extension Auditor {
    /// Nothing yet, to be earned by who holds the loan.
    var bareOwnPenalties: OwnPenalties {
        OwnPenalties(
            nextOnPrincipal: CentStream(book, streams.penalty.latest),
            nextOnInterest: CentStream(book, streams.penaltyOnInterest.latest))
    }

    private mutating func layPenaltiesApart() {
        if hasSplitInstalments { return }
        hasSplitInstalments = true
        for index in due.indices {
            var own = bareOwnPenalties
            own.onPrincipal = CentQueue(penalty.take(due[index].onPrincipal.open))
            own.onInterest = CentQueue(penaltyOnInterest.take(due[index].onInterest.open))
            due[index].ownPenalties = own
        }
    }

    /// Everybody has the same part of every instalment again.
    mutating func putPenaltiesTogether() {
        hasSplitInstalments = false
        for index in due.indices {
            if let own = due[index].ownPenalties {
                penalty.add(own.onPrincipal.all)
                penaltyOnInterest.add(own.onInterest.all)
            }
            due[index].ownPenalties = nil
        }
    }

    /// The nights' penalties of an instalment are theirs who hold what is overdue of it.
    mutating func turnPenalties() {
        let table = contract.income.penalty
        for index in due.indices {
            guard var own = due[index].ownPenalties else { continue }
            let principal = due[index].principal.all.counts(lenders)
            let interest = due[index].interest.all.counts(lenders)
            if principal.contains(where: { $0 > 0 }) {
                own.nextOnPrincipal.turnIfOther(IncomeWeights(contract, principal).of(table))
            }
            if interest.contains(where: { $0 > 0 }) {
                own.nextOnInterest.turnIfOther(IncomeWeights(contract, interest).of(table))
            }
            due[index].ownPenalties = own
        }
    }

    /// What a night adds to an instalment.
    mutating func addPenalties(_ index: Int, _ onPrincipal: Int, _ onInterest: Int) {
        guard var own = due[index].ownPenalties else {
            penalty.add(streams.penalty.draw(onPrincipal))
            penaltyOnInterest.add(streams.penaltyOnInterest.draw(onInterest))
            return
        }
        own.onPrincipal.add(own.nextOnPrincipal.draw(onPrincipal))
        own.onInterest.add(own.nextOnInterest.draw(onInterest))
        due[index].ownPenalties = own
    }

    mutating func takePenalty(_ index: Int, _ cents: Int) -> [Cent] {
        due[index].onPrincipal.settled += cents
        return due[index].ownPenalties == nil
            ? penalty.take(cents) : due[index].ownPenalties!.onPrincipal.take(cents)
    }

    mutating func takePenaltyOnInterest(_ index: Int, _ cents: Int) -> [Cent] {
        due[index].onInterest.settled += cents
        return due[index].ownPenalties == nil
            ? penaltyOnInterest.take(cents) : due[index].ownPenalties!.onInterest.take(cents)
    }
}

extension CentStream {
    /// Cents of these weights each come before all others, and have been drawn.
    fileprivate mutating func begin(with dealt: [[Int]]) {
        guard let first = dealt.first else { return }
        let later = latest
        self = CentStream(book, first)
        for weights in dealt {
            turn(weights)
            _ = draw(weights.reduce(0, +))
        }
        turn(later)
    }

    /// Other weights from here on, where they are others.
    fileprivate mutating func turnIfOther(_ weights: [Int]) {
        if weights != latest { turn(weights) }
    }
}
