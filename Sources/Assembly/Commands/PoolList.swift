import BusinessCalendar
import LendingRules
import Operations

/// The pools that are configured or kept.
struct PoolList {
    private let rows: [(name: String, cutOff: BusinessDate, settlesOn: BusinessDate, state: String)]

    init(_ plans: [PoolPlan], _ kept: [PoolStanding]) {
        let known = Set(kept.map(\.pool.name))
        let open = plans.filter { !known.contains($0.name) }.map {
            ($0.name, $0.cutOff, $0.settlesOn, "planned")
        }
        let others = kept.map {
            ($0.pool.name, $0.pool.cutOff, $0.pool.settlesOn, $0.state.rawValue)
        }
        rows = (open + others).sorted { $0.0 < $1.0 }
    }

    var answer: Answer {
        var grid = Grid(
            columns: [.words("pool"), .words("cut-off"), .words("settles"), .words("state")])
        for row in rows {
            grid.add([row.name, "\(row.cutOff)", "\(row.settlesOn)", row.state])
        }
        return Answer(
            .array(
                rows.map {
                    .object([
                        "pool": .text($0.name), "cutOff": .date($0.cutOff),
                        "settlesOn": .date($0.settlesOn), "state": .text($0.state),
                    ])
                }), grids: [grid], columns: ["pool", "cutOff", "settlesOn", "state"])
    }
}
