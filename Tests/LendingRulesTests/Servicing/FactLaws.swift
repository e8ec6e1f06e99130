import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

/// The laws every position keeps whatever facts a loan has.
///
/// The borrower's side is the same loan lent by one lender alone: whatever it is owed and gets, the
/// lenders together are owed and get, bucket by bucket and fact by fact.
struct FactLaws {
    let contract: LoanContract
    let position: LoanPosition
    let facts: [LoanFact]

    func check() throws {
        try hold(position.lenders.allSatisfy(\.isSound), "a bucket is below zero")
        try PositionLaws(contract: contract, position: position, facts: facts).checkPayments()
        try checkEffects()
        try checkCash()
        try checkBorrower()
    }

    private var amounts: [(String, KeyPath<LenderPosition, Int64>)] {
        [
            ("disbursed", \.disbursed), ("accrued interest", \.accruedInterest),
            ("accrued penalty", \.accruedPenalty), ("moved principal", \.movedPrincipal),
            ("moved interest", \.movedInterest), ("principal", \.principal),
            ("overdue principal", \.overduePrincipal), ("interest", \.interest),
            ("overdue interest", \.overdueInterest), ("penalty", \.penalty),
            ("written off", \.writtenOff),
        ]
    }

    private var routes: [(String, KeyPath<LenderPosition, Components>)] {
        [
            ("paid", \.paid), ("waived", \.waived), ("charged off", \.chargedOff),
            ("recovered", \.recovered),
        ]
    }

    private func checkBorrower() throws {
        // Whoever holds its claims, the borrower owes the same.
        let borrower = try contract.lentByOne().position(
            facts: facts.filter(\.parties.isEmpty), at: position.date)
        for (name, amount) in amounts {
            let whole = borrower.lenders[0][keyPath: amount]
            let sum = position.lenders.reduce(0) { $0 + $1[keyPath: amount] }
            try hold(sum == whole, "\(name): lenders \(sum), borrower \(whole)")
        }
        for (name, route) in routes {
            let whole = borrower.lenders[0][keyPath: route]
            let sum = position.lenders.reduce(Components()) { $0 + $1[keyPath: route] }
            try hold(sum == whole, "\(name): lenders \(sum), borrower \(whole)")
        }
        try hold(
            effects.map(\.taken) == borrower.effects.map(\.taken)
                && effects.map(\.shortfall) == borrower.effects.map(\.shortfall),
            "a fact takes more or less of the lenders than of the borrower")
        try hold(
            position.cash == borrower.cash && position.daysPastDue == borrower.daysPastDue
                && position.oldestUnpaid == borrower.oldestUnpaid
                && position.payments.map(\.unallocated) == borrower.payments.map(\.unallocated),
            "who lends decides what the borrower owes")
    }

    /// Without what passes between lenders, which takes nothing of the borrower.
    private var effects: [FactEffect] {
        position.effects.filter { effect in
            switch effect.kind {
            case .transfer, .assignment, .indemnity: false
            default: true
            }
        }
    }

    /// Each lender's claims given up and cash got back are those of the facts one by one.
    private func checkEffects() throws {
        for (index, lender) in position.lenders.enumerated() {
            var (waived, off, recovered) = (Components(), Components(), Components())
            var moved = Components()
            for effect in position.effects {
                switch effect.kind {
                case .waiver: waived += effect.parts[index]
                case .chargeOff: off += effect.parts[index]
                case .recovery: recovered += effect.parts[index]
                case .transfer, .assignment: moved += effect.parts[index]
                case .refund, .indemnity, .collectionCost:
                    try hold(effect.parts[index].total == 0, "cash takes a claim")
                }
            }
            try hold(waived == lender.waived, "waivers add up to what was waived")
            try hold(off == lender.chargedOff, "charge-offs add up to what was written off")
            try hold(recovered == lender.recovered, "recoveries add up to what came back")
            try hold(moved == lender.transferred, "transfers add up to what was taken over")
        }
    }

    /// All cash is a lender's, the platform's or waits for the borrower.
    private func checkCash() throws {
        let paid = position.lenders.reduce(0) { $0 + $1.paid.total }
        let recovered = position.lenders.reduce(0) { $0 + $1.recovered.total }
        let cash = position.cash
        try hold(
            position.received + cash.recovered - cash.refunded
                == paid + recovered + cash.costsCovered + position.unallocated,
            "cash in is what lenders got, what collecting cost, and what waits")
        try hold(cash.costsCovered <= cash.costs, "more cost is covered than there was")
    }
}

extension LoanContract {
    /// The same loan with its platform as the only lender.
    func lentByOne() throws -> LoanContract {
        try LoanContract(
            loan: loan, agreement: agreement, schedule: schedule, lenders: [platform],
            fundedAmounts: [schedule.terms.principal], platform: platform, serviceFees: [],
            penalty: penalty, materiality: materiality)
    }
}
