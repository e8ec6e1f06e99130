import BusinessCalendar
import Foundation
import LendingRules
import Monetary

/// Payments distributed as one writes it down with decimals: oldest instalment first, of each
/// penalty, fee, interest and principal, each part split on its running total.
struct DecimalDistribution {
    /// By payment and lender: principal, interest, penalty, fee and service fee.
    private(set) var parts: [[[Int64]]] = []

    private var owed: [OwedInstalment]
    private let contract: LoanContract
    private let weights: [Decimal]
    private var penaltyLaid = Decimal(0)
    private var interestOf: [Decimal]

    init(_ contract: LoanContract, _ facts: [LoanFact]) {
        self.contract = contract
        weights = contract.scale.weights.map { Decimal($0) }
        interestOf = weights.map { _ in 0 }
        owed = OwedInstalment.all(of: contract.schedule)
        for fact in facts {
            guard case .repayment(let amount) = fact.kind else { continue }
            distribute(Decimal(amount), on: fact.valueDate)
        }
    }

    private mutating func distribute(_ amount: Decimal, on date: BusinessDate) {
        var (cash, rows) = (amount, weights.map { _ in [Decimal](repeating: 0, count: 5) })
        for index in owed.indices where owed[index].dueOn <= date {
            let penalty = min(cash, owed[index].penalty(on: date, contract))
            split(penalty, from: penaltyLaid, 2, &rows)
            penaltyLaid += penalty
            owed[index].penaltyPaid += penalty
            cash -= penalty
            pay(\.fee, index, 3, &cash, &rows)
            pay(\.interest, index, 1, &cash, &rows)
            let principal = pay(\.principal, index, 0, &cash, &rows)
            owed[index].remember(principal, on: date, contract)
        }
        chargeServiceFees(&rows)
        parts.append(rows.map { $0.map { NSDecimalNumber(decimal: $0).int64Value } })
    }

    @discardableResult
    private mutating func pay(
        _ claim: WritableKeyPath<OwedInstalment, OwedInstalment.Claim>, _ index: Int,
        _ column: Int, _ cash: inout Decimal, _ rows: inout [[Decimal]]
    ) -> Decimal {
        let amount = min(cash, owed[index][keyPath: claim].left)
        split(amount, from: owed[index][keyPath: claim].place, column, &rows)
        owed[index][keyPath: claim].left -= amount
        owed[index][keyPath: claim].place += amount
        cash -= amount
        return amount
    }

    private func split(
        _ amount: Decimal, from place: Decimal, _ column: Int, _ rows: inout [[Decimal]]
    ) {
        if amount == 0 { return }
        let (before, after) = (nested(place), nested(place + amount))
        for lender in rows.indices { rows[lender][column] += after[lender] - before[lender] }
    }

    /// The largest weight first, half up, then the others of what is left.
    private func nested(_ amount: Decimal) -> [Decimal] {
        var (left, whole) = (amount, weights.reduce(0, +))
        var result = weights
        for lender in weights.indices.sorted(by: { (weights[$0], $1) > (weights[$1], $0) }) {
            let part = Self.rounded(left * weights[lender] / whole, .plain)
            result[lender] = part
            left -= part
            whole -= weights[lender]
        }
        return result
    }

    private mutating func chargeServiceFees(_ rows: inout [[Decimal]]) {
        for fee in contract.serviceFees {
            guard let payer = contract.lenders.firstIndex(of: fee.payer) else { continue }
            let rate = Decimal(fee.rate.numerator) / Decimal(fee.rate.denominator)
            let before = Self.rounded(interestOf[payer] * rate, .plain)
            interestOf[payer] += rows[payer][1]
            rows[payer][4] += Self.rounded(interestOf[payer] * rate, .plain) - before
        }
    }

    static func rounded(_ value: Decimal, _ mode: NSDecimalNumber.RoundingMode) -> Decimal {
        var (result, value) = (Decimal(), value)
        NSDecimalRound(&result, &value, 0, mode)
        return result
    }
}

/// What is owed of one instalment.
private struct OwedInstalment {
    /// What is left of a claim, and where that begins on the running total of all instalments.
    struct Claim {
        var left: Decimal
        var place: Decimal
    }

    let dueOn: BusinessDate
    var principal: Claim
    var interest: Claim
    var fee: Claim
    var penaltyPaid = Decimal(0)
    /// Principal paid late, times its days.
    private var lateDays = Decimal(0)

    static func all(of schedule: Schedule) -> [OwedInstalment] {
        var (principal, interest, fee) = (Decimal(0), Decimal(0), Decimal(0))
        return schedule.instalments.map { instalment in
            defer {
                principal += Decimal(instalment.principal)
                interest += Decimal(instalment.interest)
                fee += Decimal(instalment.fee)
            }
            return OwedInstalment(
                dueOn: instalment.dueOn,
                principal: Claim(left: Decimal(instalment.principal), place: principal),
                interest: Claim(left: Decimal(instalment.interest), place: interest),
                fee: Claim(left: Decimal(instalment.fee), place: fee))
        }
    }

    init(dueOn: BusinessDate, principal: Claim, interest: Claim, fee: Claim) {
        self.dueOn = dueOn
        self.principal = principal
        self.interest = interest
        self.fee = fee
    }

    /// Penalty that is owed if all principal that is left were paid on a date.
    func penalty(on date: BusinessDate, _ contract: LoanContract) -> Decimal {
        let days = lateDays + principal.left * lateDays(on: date, contract)
        let rate = Decimal(contract.schedule.terms.rate.units) / 100_000_000
        let multiple = Decimal(contract.penalty.multipleThousandths) / 1000
        return DecimalDistribution.rounded(days * rate * multiple / 365, .bankers) - penaltyPaid
    }

    mutating func remember(_ amount: Decimal, on date: BusinessDate, _ contract: LoanContract) {
        lateDays += amount * lateDays(on: date, contract)
    }

    private func lateDays(on date: BusinessDate, _ contract: LoanContract) -> Decimal {
        let days = date.days(since: dueOn)
        return days > contract.penalty.graceDays ? Decimal(days) : 0
    }
}
