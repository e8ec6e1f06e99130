import Bookkeeping
import LendingRules
import Monetary
import TestSupport

/// Everything posted for one loan so far, summed by book and account.
struct LoanLedger {
    private var sums: [String: Int64] = [:]

    /// Adds the postings of one close: each kind must balance in each book and mirror in each pair.
    mutating func add(_ postings: [KindedPosting]) throws {
        for kind in EntryKind.allCases {
            _ = try PostingGroup(postings.filter { $0.kind == kind }.map(\.posting))
        }
        for posting in postings.map(\.posting) {
            sums[Self.key(posting.book, posting.account, posting.counterparty), default: 0] +=
                posting.amount
        }
    }

    /// The sums of the accounts are the buckets of the position: opening + movements = closing.
    func check(_ position: LoanPosition, of contract: LoanContract) throws {
        let relief = ReliefSums(position, of: contract)
        for (index, party) in contract.lenders.enumerated() {
            let lender = position.lenders[index]
            let kept = position.suspended(index)
            let penalties = lender.penalty + lender.penaltyOnInterest
            let acquired = position.acquired[index]
            let traded = Traded(position, index)
            let expected: [(Account, Int64)] = [
                (.principal, lender.principal - acquired.principal),
                (.overduePrincipal, lender.overduePrincipal - acquired.overduePrincipal),
                (.interest, lender.interest - kept.interest - acquired.interest),
                (
                    .overdueInterest,
                    lender.overdueInterest - kept.overdueInterest - acquired.overdueInterest
                ), (.penalty, penalties - kept.allPenalty - acquired.allPenalty),
                (.fees, lender.fee - acquired.fee), (.claimsAcquired, acquired.total),
                (.tradingResult, -traded.claims - traded.cash),
                (
                    .interestIncome,
                    kept.allInterest - lender.accruedInterest + lender.accruedSpread
                ), (.spreadIncome, -lender.accruedSpread),
                (
                    .penaltyIncome,
                    kept.allPenalty - lender.accruedPenalty - lender.accruedPenaltyOnInterest
                ),
                (.notAccrued, kept.total), (.notAccruedContra, -kept.total),
                (.serviceFeeExpense, lender.serviceFees.reduce(0, +)),
                (.lossExpense, lender.chargedOff.total), (.writtenOff, lender.writtenOff),
                (.writtenOffContra, -lender.writtenOff),
                (.recoveryIncome, -lender.recovered.total),
                (.waiverExpense, relief.own[party, default: 0]),
            ]
            for (account, amount) in expected { try check(party, account, amount) }
            if party != contract.platform { try check(party, .feeIncome, -lender.billedFees) }
        }
        for (bearer, amount) in relief.borne { try check(bearer, .subsidyExpense, amount) }
        try checkCash(platform: contract.platform, position, of: contract)
        try checkDebts(platform: contract.platform, position, relief, of: contract)
    }

    private func checkCash(
        platform: PartyID, _ position: LoanPosition, of contract: LoanContract
    ) throws {
        let lent = position.lenders.reduce(0) { $0 + $1.disbursed }
        let cash = position.cash
        try check(
            platform, .cash,
            position.received + cash.recovered + cash.cancellationFees - cash.refunded - cash.costs
                - lent)
        try check(platform, .unallocated, -position.unallocated)
        try check(platform, .payoutInFlight, 0)
        try check(platform, .collectionCost, cash.costs - cash.costsCovered)
        let fees = zip(contract.lenders, position.lenders).first { $0.0 == platform }
        try check(platform, .feeIncome, -cash.cancellationFees - (fees?.1.billedFees ?? 0))
    }

    /// Whoever lends or bears a waiver settles with the platform alone.
    private func checkDebts(
        platform: PartyID, _ position: LoanPosition, _ relief: ReliefSums, of contract: LoanContract
    ) throws {
        var owed = relief.borne
        for (index, (party, lender)) in zip(contract.lenders, position.lenders).enumerated() {
            let traded = Traded(position, index)
            owed[party, default: 0] +=
                lender.disbursed + lender.transferred.total - traded.claims - traded.cash
                - lender.paid.total
                - lender.recovered.total
                + lender.serviceFees.reduce(0, +) - relief.subsidised[party, default: 0]
        }
        for (party, amount) in owed where party != platform {
            try check(platform, .dueToFrom, amount, with: party)
            try check(party, .dueToFrom, -amount, with: platform)
        }
    }

    private func check(
        _ party: PartyID, _ account: Account, _ amount: Int64, with other: PartyID? = nil
    ) throws {
        let balance = balance(party, account, with: other)
        try hold(
            balance == amount,
            "\(party) \(account) \(other?.name ?? "") is \(balance), not \(amount)")
    }

    private func balance(_ party: PartyID, _ account: Account, with other: PartyID? = nil) -> Int64
    {
        sums[Self.key(party.book, account, other?.book), default: 0]
    }

    private static func key(_ book: BookID, _ account: Account, _ other: BookID?) -> String {
        "\(book) \(account) \(other?.name ?? "")"
    }
}

/// What assignments have given one lender of claims and of cash.
private struct Traded {
    var claims: Int64 = 0
    var cash: Int64 = 0

    init(_ position: LoanPosition, _ lender: Int) {
        for effect in position.effects {
            guard case .assignment = effect.kind else { continue }
            claims += effect.parts[lender].total
            cash += effect.cash[lender]
        }
    }
}

/// Waivers of a position by who bears what.
private struct ReliefSums {
    /// Borne by the lender itself.
    var own: [PartyID: Int64] = [:]
    /// Borne for other lenders.
    var borne: [PartyID: Int64] = [:]
    /// Got from a bearer.
    var subsidised: [PartyID: Int64] = [:]

    init(_ position: LoanPosition, of contract: LoanContract) {
        for effect in position.effects {
            guard case .waiver(let bearer) = effect.kind else { continue }
            for (lender, part) in zip(contract.lenders, effect.parts) {
                if bearer ?? lender == lender {
                    own[lender, default: 0] += part.total
                } else if let bearer {
                    borne[bearer, default: 0] += part.total
                    subsidised[lender, default: 0] += part.total
                }
            }
        }
    }
}
