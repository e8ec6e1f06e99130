import LendingRules
import Monetary
import Operations
import Reconciling

/// The figures one looks at first.
struct ReportTiles {
    let figures: DayFigures

    struct Tile {
        let name: String
        let figure: String
        let detail: String
        var tone: Grid.Tone?
    }

    var markup: Markup {
        .tag(
            "dl", ["class": "tiles"],
            tiles.map { tile in
                .tag(
                    "div", ["class": "tile"],
                    [
                        .tag("dt", [:], tile.name),
                        .tag(
                            "dd", ["class": "figure" + (tile.tone.map { " \($0)" } ?? "")],
                            tile.figure),
                        .tag("dd", [:], tile.detail),
                    ])
            })
    }

    var tiles: [Tile] {
        let today = figures.today
        let ageing = figures.ageing
        return [
            Tile(
                name: "Disbursed", figure: text(today.disbursed),
                detail: ageing.arrivals.counted("new loan")),
            Tile(
                name: "Collected", figure: text(today.collected),
                detail: today.due == 0
                    ? "nothing fell due"
                    : "\(text(today.due)) due, "
                        + "\(today.onTime.percent(of: today.due)) paid in time"),
            Tile(
                name: "Outstanding principal",
                figure: text(figures.outstandingPrincipal),
                detail: ageing.total.loans.counted("loan")),
            Tile(
                name: "Result of the day",
                figure: text(figures.books.reduce(0) { $0 + $1.result }),
                detail: "income less expense"),
        ] + risk
    }

    private var risk: [Tile] {
        let ageing = figures.ageing
        let serious = ageing.sum(from: 2)
        let high = figures.breaks.count { $0.severity == .high }
        let net = figures.partners.reduce(0) { $0 + (figures.today.net[$1] ?? 0) }
        return [
            Tile(
                name: "Past due", figure: text(ageing.pastDue.principal),
                detail:
                    "\(ageing.pastDue.principal.percent(of: ageing.total.principal)) of the book, "
                    + ageing.pastDue.loans.counted("loan")),
            Tile(
                name: "Over 30 days", figure: text(serious.principal),
                detail: "\(serious.principal.percent(of: ageing.total.principal)) of the book, "
                    + serious.loans.counted("loan")),
            Tile(
                name: "Open breaks", figure: "\(figures.breaks.count)",
                detail: figures.oldestBreak.map {
                    "\(high) high, oldest \($0.counted("day"))"
                } ?? "nothing to explain",
                tone: high > 0 ? .bad : nil),
            Tile(
                name: net < 0 ? "Owed to partners" : "Owed by partners", figure: text(abs(net)),
                detail: "net of \(figures.partners.count.counted("partner"))"),
        ]
    }

    private func text(_ amount: Int64) -> String { amount.grouped(figures.currency) }
}

extension Severity {
    /// How loud a severity is said.
    var tone: Grid.Tone {
        switch self {
        case .info: .quiet
        case .low: .plain
        case .medium: .warning
        case .high: .bad
        }
    }
}
