import LendingRules
import Monetary
import Operations
import Reconciling

extension Record {
    init(_ line: InFlightLine) {
        self.init(
            key: [line.requestKey], amounts: [line.principal], currency: line.currency,
            fields: [line.loan.text], line: 0)
    }

    init(_ line: PlanLine) {
        self.init(
            key: [line.loan.text, "\(line.share.number)"],
            amounts: [line.share.principal, line.share.interest, line.share.fee],
            currency: line.currency,
            valueDate: line.share.dueOn, line: 0)
    }

    init(_ line: PartLine) {
        let (part, amounts) = (line.part, line.part.components)
        self.init(
            key: [part.line, part.loan.text, "\(part.instalment)"],
            amounts: [
                amounts.principal, amounts.overduePrincipal, amounts.interest,
                amounts.overdueInterest, amounts.allPenalty, amounts.fee, part.serviceFee,
            ], currency: line.currency, line: 0)
    }

    init(_ line: FeeLine) {
        self.init(
            key: [line.id], amounts: [line.net, line.tax, line.gross], currency: line.currency,
            fields: ["service-fee"], line: 0)
    }

    init(accrualOf balance: LenderBalance) {
        self.init(
            key: [balance.loan.text],
            amounts: [
                balance.accrual.interest, balance.accrual.penalty,
                balance.accrual.penaltyOnInterest,
            ], currency: balance.currency, line: 0)
    }

    init(_ change: StatusChange, in lines: DetailLines) {
        self.init(
            key: [change.loan.text], amounts: [], currency: Currency(code: "USD") ?? .unstated,
            fields: [
                change.from.rawValue, change.to.rawValue, "\(change.daysPastDue)",
                lines.className(of: change.loan, daysPastDue: change.daysPastDue),
                change.accrual.rawValue,
            ], line: 0)
    }
}
