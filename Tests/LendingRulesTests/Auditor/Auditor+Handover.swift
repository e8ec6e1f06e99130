import LendingRules

// A clerk's evening on which claims go to other lenders: every cent that is open gets a new owner.

extension Auditor {
    /// Goes through the open cents from the first to the last and writes a new name on each.
    mutating func handOver(_ event: LoanFact) {
        guard case .transferred(let shares) = event.kind else { return }
        let before = claims()
        day.relief[event.id] = noClaims
        if isUndone { return }
        weights = contract.lenders.map { party in
            shares.filter { $0.party == party }.reduce(0) { $0 + Int($1.amount) }
        }
        streams = Streams(contract, book, weights)
        rename()
        let after = claims()
        for lender in before.indices {
            day.relief[event.id]?[lender] = after[lender] - before[lender]
        }
    }

    private mutating func rename() {
        var principal = CentStream(book, weights)
        for index in due.indices {
            let (cents, interest) = (due[index].principal.count, due[index].interest.count)
            due[index].principal = CentQueue(principal.draw(cents))
            due[index].interest = CentQueue(streams.interest.draw(interest))
            due[index].fee = CentQueue(streams.fee.draw(due[index].fee.count))
        }
        undue = CentQueue(principal.draw(undue.count))
        accrued = CentQueue(streams.interest.draw(accrued.count))
        penalty = CentQueue(streams.penalty.draw(penalty.count))
        penaltyOnInterest = CentQueue(streams.penaltyOnInterest.draw(penaltyOnInterest.count))
        mixOwnParts()
    }
}
