import BusinessCalendar
import LendingRules
import Monetary

// The schedule as a table; columns of what is rare stand only where there is any of it.

extension LoanStory {
    /// An amount of each instalment, summed at the foot.
    private struct AmountColumn: Sendable {
        let name: String
        var isRare = false
        var hasTotal = true
        let amount: @Sendable (Standing) -> Int64
    }

    private static let amountColumns = [
        AmountColumn(name: "principal") { $0.instalment.principal },
        AmountColumn(name: "interest") { $0.instalment.payableInterest },
        AmountColumn(name: "fee", isRare: true) { $0.instalment.fee },
        AmountColumn(name: "fee", isRare: true) { $0.instalment.fee },
        AmountColumn(name: "total") { $0.instalment.total },
        AmountColumn(name: "balance", hasTotal: false) { $0.instalment.balance },
        AmountColumn(name: "paid") { $0.amounts.paid },
        AmountColumn(name: "waived", isRare: true) { $0.amounts.waived },
        AmountColumn(name: "written off", isRare: true) { $0.amounts.writtenOff },
        AmountColumn(name: "not billed", isRare: true) { $0.amounts.unbilled },
        AmountColumn(name: "open") { $0.amounts.unpaid },
        AmountColumn(name: "penalty", isRare: true) { $0.amounts.open.penalty },
    ]

    var schedule: Grid? {
        if contract == nil { return nil }
        let standings = standings
        let columns = LoanStory.amountColumns.filter { column in
            !column.isRare || standings.contains { column.amount($0) != 0 }
        }
        var grid = Grid(
            title: "Schedule (\(currency))"
                + (position?.isUndone == true ? ", void: the loan was undone" : ""),
            columns: [.figures("no"), .words("due on")] + columns.map { .figures($0.name) }
                + [.words("state")])
        for standing in standings {
            let texts = columns.map { column in
                let amount = column.amount(standing)
                return column.isRare && amount == 0 ? "" : amount.text(currency)
            }
            grid.add(
                ["\(standing.instalment.number)", "\(standing.instalment.dueOn)"] + texts
                    + [words(standing)], tones: tones(standing, columns.map(\.name)))
        }
        grid.total(
            ["", "total"]
                + columns.map { column in
                    let sum = standings.reduce(0) { $0 + column.amount($1) }
                    return column.hasTotal ? sum.text(currency) : ""
                } + [""])
        return grid
    }

    private func words(_ standing: Standing) -> String {
        let dueOn = standing.instalment.dueOn
        switch standing.state {
        case .paid:
            guard let paidOn = standing.paidOn else { return "paid" }
            let late = paidOn.days(since: dueOn)
            return late > 0 ? "paid \(paidOn), \(late.counted("day")) late" : "paid \(paidOn)"
        case .settled: return standing.amounts.paid > 0 ? "paid and waived" : "waived"
        case .writtenOff: return "written off"
        case .cancelled: return "cancelled"
        case .overdue:
            let part = standing.amounts.paid > 0 ? ", part paid" : ""
            return "overdue \(date.days(since: dueOn).counted("day"))\(part)"
        case .due: return "due today"
        case .partPaid: return "part paid"
        case .open: return ""
        }
    }

    private func tones(_ standing: Standing, _ names: [String]) -> [Int: Grid.Tone] {
        let last = names.count + 2
        let open = (names.firstIndex(of: "open") ?? 0) + 2
        switch standing.state {
        case .paid:
            let isLate = standing.paidOn.map { $0 > standing.instalment.dueOn } ?? false
            return [last: isLate ? .warning : .good]
        case .settled, .writtenOff: return [last: .quiet]
        case .overdue: return [open: .bad, last: .bad]
        case .due, .partPaid: return [last: .warning]
        case .open, .cancelled:
            return Dictionary(uniqueKeysWithValues: (0...last).map { ($0, .quiet) })
        }
    }
}
