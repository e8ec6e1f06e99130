import Bookkeeping
import Monetary

// Transfers, waivers, charge-offs, recoveries, refunds and fees of cancellation (RULES § 8).

extension LoanPostings {
    /// Claims taken over at par with what has accrued on them; the platform stands between those
    /// who take over and those who hand over.
    mutating func transfer(_ part: Components, _ lender: PartyID) {
        reduce(.transfer, part.negated, lender)
        guard lender != contract.platform else { return }
        owe(.transfer, debtor: lender, creditor: contract.platform, part.total)
    }

    /// Claims that have become principal of the same lender.
    mutating func capitalise(_ part: Components, _ lender: PartyID) {
        reduce(.capitalised, part, lender)
        post(.capitalised, lender, .principal, part.total)
    }

    /// Written off at a loss; the memorandum keeps what may still be collected.
    mutating func chargeOff(_ part: Components, _ lender: PartyID) {
        reduce(.chargeOff, part, lender)
        post(.chargeOff, lender, .lossExpense, part.total)
        post(.chargeOff, lender, .writtenOff, part.total)
        post(.chargeOff, lender, .writtenOffContra, -part.total)
    }

    mutating func recover(_ amount: Int64, _ lender: PartyID) {
        post(.recovery, lender, .recoveryIncome, -amount)
        post(.recovery, lender, .writtenOff, -amount)
        post(.recovery, lender, .writtenOffContra, amount)
        guard lender != contract.platform else { return }
        owe(.recovery, debtor: contract.platform, creditor: lender, amount)
    }

    /// Each holder's own, or at the cost of a bearer that pays the others through the platform.
    mutating func waive(from before: LoanPosition?, to after: LoanPosition) {
        let (past, now) = (before?.waived ?? [:], after.waived)
        for bearer in Set(past.keys).union(now.keys).sorted(by: WaiverBearer.precedes) {
            for (index, lender) in contract.lenders.enumerated() {
                let part =
                    (now[bearer]?[index] ?? Components()) - (past[bearer]?[index] ?? Components())
                waive(part, of: lender, at: bearer.party)
            }
        }
    }

    private mutating func waive(_ part: Components, of lender: PartyID, at bearer: PartyID?) {
        guard let bearer else {
            reduce(.waiver, part, lender)
            post(.waiver, lender, .waiverExpense, part.total)
            return
        }
        reduce(.subsidy, part, lender)
        if lender == bearer {
            post(.subsidy, lender, .waiverExpense, part.total)
            return
        }
        post(.subsidy, bearer, .subsidyExpense, part.total)
        if bearer != contract.platform {
            owe(.subsidy, debtor: bearer, creditor: contract.platform, part.total)
        }
        if lender != contract.platform {
            owe(.subsidy, debtor: contract.platform, creditor: lender, part.total)
        }
    }

    /// What others bear of the costs of collecting, and get back of them out of recoveries.
    mutating func shareCosts(from before: LoanPosition?, to after: LoanPosition) {
        let platform = contract.platform
        for kind in [FactEffect.Kind.collectionCost, .recovery] {
            let entry: EntryKind = kind == .recovery ? .recovery : .collectionCost
            for (index, lender) in contract.lenders.enumerated() where lender != platform {
                let change =
                    after.cash(of: kind, index) - (before?.cash(of: kind, index) ?? 0)
                post(entry, lender, .collectionCost, -change)
                post(entry, platform, .collectionCost, change)
                owe(entry, debtor: platform, creditor: lender, change)
            }
        }
    }

    /// The platform's cash outside payments.
    mutating func moveCash(from past: SideCash, to now: SideCash) {
        let platform = contract.platform
        post(.refund, platform, .unallocated, now.refunded - past.refunded)
        post(.refund, platform, .cash, past.refunded - now.refunded)
        post(.recovery, platform, .cash, now.recovered - past.recovered)
        post(.recovery, platform, .collectionCost, past.costsCovered - now.costsCovered)
        post(.recovery, platform, .unallocated, past.surplus - now.surplus)
        post(.collectionCost, platform, .collectionCost, now.costs - past.costs)
        post(.collectionCost, platform, .cash, past.costs - now.costs)
        post(.cancellation, platform, .cash, now.cancellationFees - past.cancellationFees)
        post(.cancellation, platform, .feeIncome, past.cancellationFees - now.cancellationFees)
    }
}

extension LoanPosition {
    /// What a lender has got by facts of a kind, below zero what it has paid.
    fileprivate func cash(of kind: FactEffect.Kind, _ lender: Int) -> Int64 {
        effects.reduce(0) { $1.kind == kind ? $0 + $1.cash[lender] : $0 }
    }
}

/// Who bears a waiver: a party, or each holder its own.
private struct WaiverBearer: Hashable {
    let party: PartyID?

    static func precedes(_ left: WaiverBearer, _ right: WaiverBearer) -> Bool {
        (left.party?.name ?? "") < (right.party?.name ?? "")
    }
}

extension LoanPosition {
    /// Each lender's claims given up, by who bears it.
    fileprivate var waived: [WaiverBearer: [Components]] {
        var sums: [WaiverBearer: [Components]] = [:]
        for effect in effects {
            guard case .waiver(let bearer) = effect.kind else { continue }
            let key = WaiverBearer(party: bearer)
            let sum = sums[key] ?? effect.parts.map { _ in Components() }
            sums[key] = zip(sum, effect.parts).map { $0 + $1 }
        }
        return sums
    }
}
