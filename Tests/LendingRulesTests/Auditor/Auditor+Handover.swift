import LendingRules
import Monetary

// A clerk's evening on which claims go to other lenders: every cent that is open gets a new owner,
// or those of principal alone.

extension Auditor {
    /// Goes through the open cents from the first to the last and writes new names on them.
    mutating func handOver(_ event: LoanFact) {
        if case .assigned(let assignment) = event.kind { return assign(assignment, event) }
        let before = claims()
        switch event.kind {
        case .transferred(let shares):
            day.relief[event.id] = noClaims
            if isUndone { return }
            putPenaltiesTogether()
            weights = contract.lenders.map { party in
                shares.filter { $0.party == party }.reduce(0) { $0 + Int($1.amount) }
            }
            renameAll()
        case .ratioChange(let change):
            day.relief[event.id] = noClaims
            if isUndone { return }
            weights = holders(after: change)
            if change.treatment == .record { putPenaltiesTogether() }
            if change.treatment == .record { renameAll() } else { renamePrincipalAlone() }
        default: return
        }
        let after = claims()
        for lender in before.indices {
            day.relief[event.id]?[lender] = after[lender] - before[lender]
        }
    }

    /// Cents of principal by holder: what is left, dealt out by the shares; the shares where
    /// nothing is left.
    private func holders(after change: RatioChange) -> [Int] {
        var whole = 1
        for part in change.parts { whole = leastMultiple(whole, Int(part.share.denominator)) }
        let ratio = contract.lenders.map { party -> Int in
            guard let part = change.parts.first(where: { $0.party == party }) else { return 0 }
            return whole / Int(part.share.denominator) * Int(part.share.numerator)
        }
        let left = due.reduce(undue.count) { $0 + $1.principal.count }
        if left == 0 { return ratio }
        var cents = CentStream(book, ratio)
        return cents.draw(left).counts(lenders)
    }

    private func leastMultiple(_ left: Int, _ right: Int) -> Int {
        var (larger, smaller) = (left, right)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return left / larger * right
    }

    private mutating func renameAll() {
        streams = Streams(contract, book, weights)
        renamePrincipal()
        for index in due.indices {
            let interest = due[index].interest.count
            due[index].interest = CentQueue(streams.interest.draw(interest))
            due[index].fee = CentQueue(streams.fee.draw(due[index].fee.count))
        }
        accrued = CentQueue(streams.interest.draw(accrued.count))
        penalty = CentQueue(streams.penalty.draw(penalty.count))
        penaltyOnInterest = CentQueue(streams.penaltyOnInterest.draw(penaltyOnInterest.count))
        mixOwnParts()
    }

    /// Whatever else is open keeps its names; the cents that are still to come into being will bear
    /// those of the new holders.
    private mutating func renamePrincipalAlone() {
        renamePrincipal()
        let incomes = IncomeWeights(contract, weights)
        streams.interest.turn(incomes.interest)
        streams.penalty.turn(incomes.of(contract.income.penalty))
        streams.penaltyOnInterest.turn(incomes.of(contract.income.penalty))
        streams.fee.turn(incomes.of(contract.income.fee))
        mixOwnPrincipal()
    }

    private mutating func renamePrincipal() {
        var principal = CentStream(book, weights)
        for index in due.indices {
            due[index].principal = CentQueue(principal.draw(due[index].principal.count))
        }
        undue = CentQueue(principal.draw(undue.count))
    }
}
