import LendingRules

// Lenders that compute their own parts: the cents of every instalment are named anew whenever the
// plan, or who holds it, changes.

extension Auditor {
    /// The next cents that the nights earn.
    mutating func drawInterest(_ count: Int) -> [Cent] {
        let onScale = streams.interest.draw(count)
        guard own != nil else { return onScale }
        return own?.coming.take(count) ?? []
    }

    /// Puts names on the principal and interest to come.
    mutating func layOutOwnParts() {
        guard own != nil, !isStopped, due.count < schedule.instalments.count else { return }
        let plan = Array(schedule.instalments[due.count...])
        let billed = schedule.instalments[..<due.count].reduce(0) { $0 + Int($1.interest) }
        let begun = max(0, earned - billed)
        if undue.count == 0 {
            // Nothing is left to compute by: each page goes by who holds the loan.
            var left = begun
            let coming = plan.flatMap { page in
                let gone = min(left, Int(page.interest))
                left -= gone
                return cents(weights, Int(page.interest) - gone)
            }
            own?.coming = CentQueue(coming)
            return
        }
        let figures = OwnFigures(
            contract: contract, book: book, plan: plan, terms: planTerms,
            held: undue.all.counts(lenders))
        let principals = figures.principals()
        undue = CentQueue(principals.flatMap { cents($0) })
        var coming = figures.interests(principals).map { cents($0) }
        // What has been earned keeps its names; the rest of that instalment is earned by the day.
        if begun > 0 {
            var (left, number) = (begun, 0)
            // What grace defers to an instalment is earned on with what was earned before.
            func goesOn() -> Bool {
                left > 0 || (number < plan.count && plan[number].carried > 0)
            }
            while goesOn(), let page = coming.first, page.count <= left {
                left -= page.count
                coming.removeFirst()
                number += 1
            }
            if goesOn(), let page = coming.first {
                coming[0] = cents(figures.daily(), page.count - left)
            }
        }
        own?.coming = CentQueue(coming.flatMap { $0 })
    }

    /// So many cents of everybody, mixed as a scale of these weights mixes them; behind the lenders
    /// stands the owner of the spread.
    func cents(_ weights: [Int], _ count: Int? = nil) -> [Cent] {
        guard weights.contains(where: { $0 > 0 }) else { return [] }
        var stream = CentStream(book, weights)
        return stream.draw(count ?? weights.reduce(0, +)).map { cent in
            cent.owner < lenders ? cent : Cent(owner: own?.spreadOwner ?? 0, isSpread: true)
        }
    }

    /// Interest that falls due: where the spread comes last its owner waits from now on.
    func queued(_ interest: [Cent]) -> [Cent] {
        guard own?.isSpreadLast == true else { return interest }
        let spread = interest.filter(\.isSpread)
        let entitled = interest.filter { !$0.isSpread }
        if spread.isEmpty || entitled.isEmpty { return interest }
        return cents(entitled.counts(lenders)) + spread
    }

    /// Principal repaid early comes of everybody by what it holds.
    mutating func takeAhead(_ count: Int) -> [Cent] {
        guard own != nil, count > 0 else { return undue.take(count) }
        var held = undue.all.counts(lenders)
        let taken = cents(held, min(count, undue.count))
        for cent in taken { held[cent.owner] -= 1 }
        undue = CentQueue(cents(held))
        return taken
    }

    /// What has changed hands lies on scales of the instalments that it is of.
    mutating func mixOwnParts() {
        guard own != nil else { return }
        for index in due.indices { due[index].interest = mixed(due[index].interest) }
        accrued = mixed(accrued)
        mixOwnPrincipal()
    }

    /// The same where principal alone has changed hands.
    mutating func mixOwnPrincipal() {
        guard own != nil else { return }
        for index in due.indices { due[index].principal = mixed(due[index].principal) }
        if isStopped { mixUndue() }
        layOutOwnParts()
    }

    /// What is written off of them comes back mixed alike.
    func writtenOff(_ cents: [Cent]) -> [Cent] {
        own == nil ? cents : self.cents(cents.counts(lenders))
    }

    /// Cents to come as instalments hold them, each mixed for itself.
    func mixedByInstalment(_ cents: [Cent]) -> [Cent] {
        var (mixed, rest, gone) = ([Cent](), cents[...], givenUp)
        for instalment in schedule.instalments[due.count...] {
            let given = min(gone, Int(instalment.principal))
            gone -= given
            let part = rest.prefix(Int(instalment.principal) - given)
            rest = rest.dropFirst(part.count)
            mixed += self.cents(part.counts(lenders))
        }
        return mixed
    }

    /// Of a loan that nothing is computed for any more: instalment by instalment as it is left.
    private mutating func mixUndue() {
        undue = CentQueue(mixedByInstalment(undue.takeAll()))
    }

    private func mixed(_ queue: CentQueue) -> CentQueue {
        CentQueue(cents(queue.all.counts(lenders)))
    }
}
