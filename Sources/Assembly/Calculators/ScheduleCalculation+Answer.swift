import BusinessCalendar
import LendingRules
import Monetary

extension ScheduleCalculation {
    private var currency: Currency { schedule.terms.currency }

    /// The JSON of INTERFACE; more members only where the input has more.
    var node: Node {
        var members = [
            Node.Member(
                name: "instalments",
                value: .array(schedule.instalments.map { .object(self.members(of: $0)) })),
            Node.Member(name: "totals", value: totals),
        ]
        if schedule.upfrontFee > 0 { members.append(Node.Member(name: "upfront", value: upfront)) }
        if !life.repayments.isEmpty {
            let repayments = life.repayments.map(node)
            members.append(Node.Member(name: "repayments", value: .array(repayments)))
        }
        if let standing {
            let accrued = Node.amount(standing.accrued, currency)
            members.append(Node.Member(name: "accrued", value: accrued))
            members.append(Node.Member(name: "payoff", value: node(of: standing.payoff)))
        }
        if let cost {
            members.append(Node.Member(name: "cost", value: cost.map(node) ?? .null))
        }
        return .object(members)
    }

    /// Everything the borrower pays, early and upfront too.
    private var paid: (principal: Int64, interest: Int64, fee: Int64) {
        let count = schedule.instalments.count
        let early = life.repayments.reduce(0) { $0 + $1.principal }
        return (
            schedule.cumulativePrincipal[count] + early, schedule.cumulativeInterest[count],
            schedule.cumulativeFee[count] + schedule.upfrontFee
        )
    }

    private var totals: Node {
        let paid = paid
        return .object([
            "principal": .amount(paid.principal, currency),
            "interest": .amount(paid.interest, currency), "fee": .amount(paid.fee, currency),
            "total": .amount(paid.principal + paid.interest + paid.fee, currency),
        ])
    }

    private var upfront: Node {
        .object([
            "on": .date(schedule.terms.disbursedOn), "fee": .amount(schedule.upfrontFee, currency),
        ])
    }

    private func node(of repayment: ScheduleLife.Repayment) -> Node {
        .object([
            "on": .date(repayment.on), "amount": .amount(repayment.amount, currency),
            "interest": .amount(repayment.interest, currency),
            "principal": .amount(repayment.principal, currency), "fee": .amount(0, currency),
            "effect": .text(repayment.effect.rawValue),
            "waiting": .amount(repayment.waiting, currency),
        ])
    }

    private func node(of payoff: Payoff) -> Node {
        .object([
            "principal": .amount(payoff.principal, currency),
            "interest": .amount(payoff.interest, currency), "fee": .amount(payoff.fee, currency),
            "penalty": .amount(0, currency), "total": .amount(payoff.total, currency),
        ])
    }

    private func node(of cost: AllInCost) -> Node {
        .object([
            "aprPercent": .text(AmountText.format(cost.nominal, decimals: 6)),
            "effectivePercent": .text(AmountText.format(cost.effective, decimals: 6)),
        ])
    }

    private func members(of instalment: Instalment) -> [Node.Member] {
        [
            Node.Member(name: "number", value: .count(instalment.number)),
            Node.Member(name: "dueOn", value: .date(instalment.dueOn)),
            Node.Member(name: "principal", value: .amount(instalment.principal, currency)),
            Node.Member(name: "interest", value: .amount(instalment.payableInterest, currency)),
            Node.Member(name: "fee", value: .amount(instalment.fee, currency)),
            Node.Member(name: "penalty", value: .amount(0, currency)),
            Node.Member(name: "total", value: .amount(instalment.total, currency)),
            Node.Member(name: "balance", value: .amount(instalment.balance, currency)),
        ]
    }
}

extension ScheduleCalculation {
    /// CSV lines: the instalments, of an array with the position of their loan, from 1.
    func records(position: Int? = nil) -> [Node] {
        let loan = position.map { [Node.Member(name: "schedule", value: .count($0))] } ?? []
        return schedule.instalments.map { .object(loan + members(of: $0)) }
    }

    /// The instalments for a person; fees have a column where there are any.
    var grid: Grid {
        let paid = paid
        let hasFees = paid.fee > 0
        func row(_ cells: [String], _ fee: Int64, _ total: String, _ balance: String) -> [String] {
            cells + (hasFees ? [fee.text(currency)] : []) + [total, balance]
        }
        var grid = Grid(
            title: "Schedule (\(currency))",
            columns: [
                .figures("no"), .words("due on"), .figures("principal"), .figures("interest"),
            ] + (hasFees ? [.figures("fee")] : []) + [.figures("total"), .figures("balance")])
        for instalment in schedule.instalments {
            grid.add(
                row(
                    [
                        "\(instalment.number)", instalment.dueOn.description,
                        instalment.principal.text(currency),
                        instalment.payableInterest.text(currency),
                    ], instalment.fee, instalment.total.text(currency),
                    instalment.balance.text(currency)))
        }
        grid.total(
            row(
                ["", "total", paid.principal.text(currency), paid.interest.text(currency)],
                paid.fee, (paid.principal + paid.interest + paid.fee).text(currency), ""))
        return grid
    }
}
