import Monetary

// Places on the scales of the present epoch, and whose they are.

extension Replay {
    /// The scales of the present epoch.
    var scale: HoldingEpoch { epochs[epochs.count - 1] }

    /// Number of the present epoch, from 0.
    var epoch: Int { epochs.count - 1 }

    /// Gives an instalment that falls due the next places on the scales, and bills its fee.
    mutating func lay(_ index: Int) throws(AmountError) {
        let state = instalments[index]
        instalments[index].base = ScaleAmounts(
            principal: laid.principal - state.before.principal,
            interest: laid.interest - state.before.interest, fee: laid.fee)
        laid.principal += state.instalment.principal - state.before.principal
        laid.interest += state.interest - state.before.interest
        try layShares(index)
        partPenalties(of: index)
        if state.fee > 0 { try bill(fee: state.fee) }
    }

    /// Takes a fee into the lenders' claims.
    mutating func bill(fee: Int64) throws(AmountError) {
        let parts = try scale.fee.parts(from: laid.fee, to: laid.fee + fee)
        for lender in lenders.indices { lenders[lender].billedFees += parts[lender] }
        laid.fee += fee
    }

    /// Where what is left of an instalment's principal begins on its scale.
    func principalStart(_ index: Int) -> Int64 {
        let state = instalments[index]
        if index < dueCount { return state.base.principal + state.settled.principal }
        let start = laid.principal + state.settled.principal - state.before.principal
        return instalments[dueCount..<index].reduce(start) {
            $0 + $1.instalment.principal - $1.before.principal
        }
    }

    /// Where what is left of an instalment's interest begins on its scale.
    func interestStart(_ index: Int) -> Int64 {
        let state = instalments[index]
        if index < dueCount { return state.base.interest + state.settled.interest }
        let start = laid.interest + state.settled.interest - state.before.interest
        return instalments[dueCount..<index].reduce(start) {
            $0 + $1.interest - $1.before.interest
        }
    }

    /// Each lender's part of the next of an instalment's principal.
    func principalParts(_ index: Int, _ amount: Int64) throws(AmountError) -> [Int64] {
        if let shares = instalments[index].shares {
            let start = instalments[index].settled.principal - instalments[index].before.principal
            return try shares.principal.parts(from: start, to: start + amount)
        }
        let start = principalStart(index)
        return try scale.principal.parts(from: start, to: start + amount)
    }

    /// Each lender's part of the next of an instalment's interest.
    func interestParts(_ index: Int, _ amount: Int64) throws(AmountError) -> [Int64] {
        if let own, let shares = instalments[index].shares {
            let start = instalments[index].settled.interest - instalments[index].before.interest
            return own.folded(try shares.interest.parts(from: start, to: start + amount))
        }
        let start = interestStart(index)
        return try scale.interest.parts(from: start, to: start + amount)
    }

    /// Each lender's part of what is left of an instalment's fee.
    func feeParts(_ index: Int) throws(AmountError) -> [Int64] {
        let state = instalments[index]
        if state.unpaidFee == 0 { return lenders.map { _ in 0 } }
        let before = instalments[min(index, dueCount)..<index].reduce(laid.fee) {
            $0 + $1.fee
        }
        let start = index < dueCount ? state.base.fee + state.settled.fee : before
        return try scale.fee.parts(from: start, to: start + state.unpaidFee)
    }

    /// Each lender's part of all interest accrued in the present epoch, of so much in all, and of
    /// what has accrued in the open period; the spread behind them.
    func accruedInterestParts(_ accrued: Int64) throws(AmountError) -> (
        all: [Int64], open: [Int64]
    ) {
        guard let own else {
            let settled = opening.settled.interest
            // After a charge-off instalments fall due that nothing has accrued for; of what was
            // accrued before claims changed hands the present holders have bought the rest.
            let due = instalments[..<dueCount].reduce(0) { $0 + $1.interest }
            let billed = min(accrued, due) - settled
            let end = accrued - settled
            return (
                try scale.interest.parts(from: 0, to: end) + [0],
                try scale.interest.parts(from: max(0, billed), to: end) + [0]
            )
        }
        var all = own.laidInterest
        var open = all.map { _ in Int64(0) }
        if dueCount < instalments.count, let shares = instalments[dueCount].shares {
            let before = instalments[dueCount].before.interest
            open = try shares.interest.parts(from: 0, to: max(0, accrued - own.billed - before))
            for place in open.indices { all[place] += open[place] }
        }
        return (all, open)
    }
}
