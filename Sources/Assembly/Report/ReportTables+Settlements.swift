import BusinessCalendar
import LendingRules
import Monetary
import Operations

// Settlements as they stood in the evening: each that moved, the others in sums.

extension ReportTables {
    /// - Throws: ``SettlementRefusal`` when what is kept contradicts itself.
    func movedSettlements() throws(SettlementRefusal) -> Grid {
        var grid = Grid(
            title: "Settlements",
            columns: [
                .words("settles on"), .words("partner"), .words("of dates"), .words("direction"),
                .figures("amount"), .words("state"), .figures("received"), .figures("open"),
            ])
        for settlement in figures.movedSettlements {
            let machine = try settlement.machine()
            let id = settlement.id
            grid.add(
                [
                    id.settlesOn.description,
                    id.netting == .all ? id.party.name : "\(id.party), \(id.netting)",
                    ReportTables.span(settlement.dates), settlement.direction,
                    settlement.amount.groupedMagnitude(id.currency), machine.state.rawValue,
                    machine.received == 0
                        ? "–" : machine.received.groupedMagnitude(id.currency),
                    machine.open == 0 ? "–" : machine.open.groupedMagnitude(id.currency),
                ], tones: [5: machine.state.tone])
        }
        return grid
    }

    /// A row for each partner and state.
    ///
    /// - Throws: ``SettlementRefusal`` when what is kept contradicts itself.
    func openSettlements() throws(SettlementRefusal) -> Grid {
        var grid = Grid(
            title: "Settlements under way",
            columns: [
                .words("partner"), .words("state"), .figures("number"), .figures("partner pays"),
                .figures("platform pays"), .words("since"),
            ])
        var states: [SettlementState: [Settlement]] = [:]
        for settlement in figures.openSettlements {
            states[try settlement.machine().state, default: []].append(settlement)
        }
        for party in Set(figures.openSettlements.map(\.id.party)).sorted() {
            for state in SettlementState.allCases {
                let some = states[state, default: []].filter { $0.id.party == party }
                guard let oldest = some.map(\.id.settlesOn).min() else { continue }
                grid.add(
                    [
                        party.name, state.rawValue, "\(some.count)", sum(some) { $0 < 0 },
                        sum(some) { $0 > 0 }, oldest.description,
                    ], tones: [1: state.tone])
            }
        }
        return grid
    }

    private func sum(_ settlements: [Settlement], _ isCounted: (Int64) -> Bool) -> String {
        let amounts = settlements.map(\.amount).filter(isCounted)
        guard !amounts.isEmpty else { return "–" }
        let sum = Int64(exactly: amounts.reduce(Int128(0)) { $0 + Int128($1) })
        return sum?.groupedMagnitude(figures.currency) ?? "beyond all amounts"
    }

    /// `2 Jan`, or `2 Jan – 5 Jan`.
    private static func span(_ dates: [BusinessDate]) -> String {
        guard let first = dates.first, let last = dates.last else { return "carried only" }
        return first == last ? first.short : "\(first.short) – \(last.short)"
    }
}

extension SettlementState {
    /// How loud a state is said.
    fileprivate var tone: Grid.Tone {
        switch self {
        case .confirmed: .good
        case .cleared, .carriedOver: .quiet
        case .draft, .approved, .instructed: .plain
        case .partial: .warning
        case .returned: .bad
        }
    }
}
