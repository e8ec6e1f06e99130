import Bookkeeping
import Monetary

// Claims that move to another holder at a price, and cash for losses (RULES § 8). The platform
// stands between who pays and who is paid.

extension LoanPostings {
    /// What each assignment moves, at its price; the difference is a result of trading.
    mutating func assign(from before: LoanPosition?, to after: LoanPosition) {
        let (past, now) = (before?.assignments ?? [:], after.assignments)
        for key in Set(past.keys).union(now.keys).sorted() {
            for (index, lender) in contract.lenders.enumerated() {
                let change = (now[key]?[index] ?? Moved()) - (past[key]?[index] ?? Moved())
                let isTaker = key.isCompensation && lender.name == key.to
                if isTaker {
                    post(key.kind, lender, .claimsAcquired, change.claims.total)
                } else {
                    reduce(key.kind, change.claims.negated, lender)
                }
                pay(key.kind, lender, change.cash)
                post(key.kind, lender, .tradingResult, -change.claims.total - change.cash)
            }
        }
    }

    /// What covers have paid, and what lenders have paid each other.
    mutating func indemnify(from before: LoanPosition?, to after: LoanPosition) {
        let (past, now) = (before?.indemnities ?? [:], after.indemnities)
        for key in Set(past.keys).union(now.keys).sorted() {
            let amount = (now[key] ?? 0) - (past[key] ?? 0)
            let (payer, payee) = (PartyID(key.from), PartyID(key.to))
            let accounts = key.accountsOfCash
            post(key.kind, payer, accounts.payer, amount)
            post(key.kind, payee, accounts.payee, -amount)
            pay(key.kind, payer, -amount)
            pay(key.kind, payee, amount)
        }
    }

    /// Of the claims what was paid for by compensation, in an account of its own.
    mutating func acquire(from before: LoanPosition?, to after: LoanPosition) {
        for (index, lender) in contract.lenders.enumerated() {
            let left = after.acquired[index] - (before?.acquired[index] ?? Components())
            let bought =
                after.compensated(lender, at: index)
                - (before?.compensated(lender, at: index) ?? Components())
            let change = left - bought
            reduce(.acquired, change, lender)
            post(.acquired, lender, .claimsAcquired, change.total)
        }
    }

    /// The platform pays a party, or below zero is paid by it.
    private mutating func pay(_ kind: EntryKind, _ party: PartyID, _ amount: Int64) {
        guard party != contract.platform else { return }
        owe(kind, debtor: contract.platform, creditor: party, amount)
    }
}

extension LoanPosition {
    /// Of a lender's claims what assignments have moved to it, below zero what they have moved
    /// away.
    func assigned(_ lender: Int) -> Components {
        effects.reduce(Components()) { sum, effect in
            guard case .assignment = effect.kind else { return sum }
            return sum + effect.parts[lender]
        }
    }

    /// What a holder has taken over by compensation.
    fileprivate func compensated(_ lender: PartyID, at index: Int) -> Components {
        effects.reduce(Components()) { sum, effect in
            guard case .assignment(let assignment) = effect.kind,
                assignment.reason == .compensation, assignment.to == lender
            else { return sum }
            return sum + effect.parts[index]
        }
    }

    fileprivate var assignments: [LossKey: [Moved]] {
        var sums: [LossKey: [Moved]] = [:]
        for effect in effects {
            guard case .assignment(let assignment) = effect.kind else { continue }
            let key = LossKey(assignment)
            let sum = sums[key] ?? effect.parts.map { _ in Moved() }
            sums[key] = sum.indices.map {
                sum[$0] + Moved(claims: effect.parts[$0], cash: effect.cash[$0])
            }
        }
        return sums
    }

    fileprivate var indemnities: [LossKey: Int64] {
        var sums: [LossKey: Int64] = [:]
        for effect in effects {
            guard case .indemnity(let indemnity) = effect.kind else { continue }
            // Nothing is paid for a loan undone.
            let isPaid = effect.cash.contains { $0 != 0 }
            sums[LossKey(indemnity), default: 0] += isPaid ? indemnity.amount : 0
        }
        return sums
    }
}

/// Why and between whom claims or cash move.
private struct LossKey: Hashable, Comparable {
    let kind: EntryKind
    let isCompensation: Bool
    let from: String
    let to: String

    init(_ assignment: Assignment) {
        (from, to) = (assignment.from.name, assignment.to.name)
        isCompensation = assignment.reason == .compensation
        switch assignment.reason {
        case .compensation: kind = .compensation
        case .buyBack, .substitution: kind = .buyBack
        case .sale: kind = .transfer
        case .poolSale: kind = .poolSale
        }
    }

    init(_ indemnity: Indemnity) {
        (from, to) = (indemnity.payer.name, indemnity.payee.name)
        isCompensation = false
        switch indemnity.reason {
        case .invocation: kind = .invocation
        case .lossSharing: kind = .lossSharing
        case .poolCollection: kind = .poolCollection
        }
    }

    /// What cash without claims is to who pays it and who has it: what is passed through belongs
    /// to the price of a sale.
    var accountsOfCash: (payer: Account, payee: Account) {
        switch kind {
        case .lossSharing: (.lossExpense, .lossExpense)
        case .poolCollection: (.tradingResult, .tradingResult)
        default: (.guaranteeLoss, .coverReceived)
        }
    }

    static func < (left: LossKey, right: LossKey) -> Bool {
        (left.kind, left.from, left.to) < (right.kind, right.from, right.to)
    }
}

/// What one lender has more of claims and of cash.
private struct Moved: Hashable {
    var claims = Components()
    var cash: Int64 = 0

    static func + (left: Moved, right: Moved) -> Moved {
        Moved(claims: left.claims + right.claims, cash: left.cash + right.cash)
    }

    static func - (left: Moved, right: Moved) -> Moved {
        Moved(claims: left.claims - right.claims, cash: left.cash - right.cash)
    }
}
