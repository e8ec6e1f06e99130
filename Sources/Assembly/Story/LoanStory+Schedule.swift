import BusinessCalendar
import LendingRules
import Monetary

// The schedule, each instalment with what is paid of it and where it stands.

extension LoanStory {
    /// One instalment as it stands at the end of the date.
    struct Standing {
        let instalment: Instalment
        /// Scheduled amounts that payments have covered, penalty aside.
        let paid: Int64
        let state: State
        /// When the last of its payments counts from; nil before any.
        let paidOn: BusinessDate?

        enum State: String {
            case paid, settled, overdue, due
            case partPaid = "part-paid"
            case open
        }

        var isDone: Bool { state == .paid || state == .settled }
        var left: Int64 { isDone ? 0 : instalment.total - paid }
    }

    var standings: [Standing] {
        guard let contract else { return [] }
        return contract.schedule.instalments.map { instalment in
            let payments = position?.payments.filter { payment in
                payment.instalments.contains { $0.number == instalment.number }
            }
            let paid = payments?.reduce(0) { sum, payment in
                sum + payment.scheduled(of: instalment.number)
            }
            return Standing(
                instalment: instalment, paid: paid ?? 0,
                state: state(of: instalment, paid: paid ?? 0),
                paidOn: payments?.last.map { max($0.valueDate, date(of: $0, instalment)) })
        }
    }

    /// Cash that waited counts from the due date on which it was applied.
    private func date(of payment: PaymentPosition, _ instalment: Instalment) -> BusinessDate {
        payment.valueDate < instalment.dueOn ? instalment.dueOn : payment.valueDate
    }

    private func state(of instalment: Instalment, paid: Int64) -> Standing.State {
        guard let position else { return .open }
        if paid >= instalment.total { return .paid }
        // Something other than a payment took the rest, such as a waiver.
        let isOver = position.oldestUnpaid.map { instalment.number <= $0 } ?? true
        if isOver { return .settled }
        if instalment.dueOn < date { return .overdue }
        if instalment.dueOn == date { return .due }
        return paid > 0 ? .partPaid : .open
    }

    var scheduleNode: Node {
        guard let contract else { return .null }
        let interest = contract.schedule.cumulativeInterest[contract.schedule.instalments.count]
        let principal = contract.schedule.terms.principal
        return .object([
            "instalments": .array(standings.map { node(of: $0) }),
            "totals": .object([
                "principal": .amount(principal, currency),
                "interest": .amount(interest, currency), "fee": .amount(0, currency),
                "total": .amount(principal + interest, currency),
            ]),
        ])
    }

    private func node(of standing: Standing) -> Node {
        let instalment = standing.instalment
        return .object([
            "number": .count(instalment.number), "dueOn": .date(instalment.dueOn),
            "principal": .amount(instalment.principal, currency),
            "interest": .amount(instalment.interest, currency), "fee": .amount(0, currency),
            "penalty": .amount(0, currency), "total": .amount(instalment.total, currency),
            "balance": .amount(instalment.balance, currency),
            "paid": .amount(standing.paid, currency), "open": .amount(standing.left, currency),
            "state": .text(standing.state.rawValue),
            "paidOn": .optional(standing.isDone ? standing.paidOn?.description : nil),
        ])
    }

    var schedule: Grid? {
        guard let contract else { return nil }
        var grid = Grid(
            title: "Schedule (\(currency))",
            columns: [
                .figures("no"), .words("due on"), .figures("principal"), .figures("interest"),
                .figures("total"), .figures("balance"), .figures("paid"), .figures("open"),
                .words("state"),
            ])
        var sums = [Int64](repeating: 0, count: 5)
        for standing in standings {
            let instalment = standing.instalment
            let amounts = [
                instalment.principal, instalment.interest, instalment.total, standing.paid,
                standing.left,
            ]
            sums = zip(sums, amounts).map(+)
            let texts = amounts.map { $0.text(currency) }
            grid.add(
                ["\(instalment.number)", instalment.dueOn.description]
                    + texts[..<3] + [instalment.balance.text(currency)] + texts[3...]
                    + [words(standing)], tones: tones(standing))
        }
        let texts = sums.map { $0.text(currency) }
        precondition(sums[0] == contract.schedule.terms.principal, "instalments repay all")
        grid.total(["", "total"] + texts[..<3] + [""] + texts[3...] + [""])
        return grid
    }

    private func words(_ standing: Standing) -> String {
        let dueOn = standing.instalment.dueOn
        switch standing.state {
        case .paid:
            guard let paidOn = standing.paidOn else { return "paid" }
            let late = paidOn.days(since: dueOn)
            return late > 0 ? "paid \(paidOn), \(late.counted("day")) late" : "paid \(paidOn)"
        case .settled: return "settled"
        case .overdue: return "overdue \(date.days(since: dueOn).counted("day"))"
        case .due: return "due today"
        case .partPaid: return "part paid"
        case .open: return ""
        }
    }

    private func tones(_ standing: Standing) -> [Int: Grid.Tone] {
        switch standing.state {
        case .paid:
            let isLate = standing.paidOn.map { $0 > standing.instalment.dueOn } ?? false
            return [8: isLate ? .warning : .good]
        case .settled: return [8: .quiet]
        case .overdue: return [7: .bad, 8: .bad]
        case .due, .partPaid: return [8: .warning]
        case .open: return Dictionary(uniqueKeysWithValues: (0...7).map { ($0, .quiet) })
        }
    }
}

extension PaymentPosition {
    /// Principal and interest that it brought to an instalment, all lenders together.
    fileprivate func scheduled(of number: Int) -> Int64 {
        parts(ofInstalment: number).reduce(0) { $0 + $1.components.total - $1.components.penalty }
    }
}
