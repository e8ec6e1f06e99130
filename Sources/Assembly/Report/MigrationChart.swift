import BusinessCalendar
import LendingRules
import Operations

/// The loans of each bucket of the evening before, and where they are now.
struct MigrationChart {
    let figures: DayFigures

    private let plot = Plot(height: 2800, left: 700, right: 60, top: 480, bottom: 40)
    private static let cell = 250

    /// Rows: new loans and the buckets; columns: the buckets and closed.
    static let rows: [Ageing.Standing] = [.absent] + buckets
    static let columns: [Ageing.Standing] = buckets + [.closed]
    private static let buckets = (0...7).map {
        Ageing.Standing.bucket(DelinquencyBucket(daysPastDue: $0 * 30))
    }

    static let legend = Palette.legend([
        ("same", "as before"), ("better", "better, or closed"), ("worse", "worse"), ("new", "new"),
    ])

    var markup: Markup {
        plot.chart(
            id: "migration", title: "Loans by bucket, from one evening to the next",
            summary: summary, heads + cells)
    }

    private var step: Int { plot.innerWidth / MigrationChart.columns.count }

    private var heads: [Markup] {
        let eve = figures.date.adding(days: -1)
        let columns = MigrationChart.columns.enumerated().map { index, standing in
            Plot.label(
                standing.words, plot.left + step * index + step / 2, plot.top - 90, "name middle")
        }
        let rows = MigrationChart.rows.enumerated().map { index, standing in
            Plot.label(
                standing.words, plot.left - 90, plot.top + MigrationChart.cell * index + 165,
                "name end")
        }
        return columns + rows + [
            Plot.label("→ \(figures.date.short)", plot.left, plot.top - 330, "tick"),
            Plot.label("↓ \(eve.short)", plot.left - 90, plot.top - 330, "tick end"),
        ]
    }

    private var cells: [Markup] {
        MigrationChart.rows.enumerated().flatMap { row, from in
            MigrationChart.columns.enumerated().flatMap { column, to -> [Markup] in
                let count = figures.ageing.moves[Ageing.Move(from: from, to: to)] ?? 0
                let x = plot.left + step * column
                let y = plot.top + MigrationChart.cell * row
                return [
                    Plot.rect(
                        x: x + 10, y: y + 10, width: step - 20, height: MigrationChart.cell - 20,
                        "cell \(count == 0 ? "none" : tone(from, to))", radius: 25,
                        tip: "\(from.words) to \(to.words): \(count.counted("loan"))"),
                    Plot.label(
                        count == 0 ? "·" : Int64(count).groupedCount, x + step / 2, y + 165,
                        count == 0 ? "tick middle" : "value middle"),
                ]
            }
        }
    }

    private func tone(_ from: Ageing.Standing, _ to: Ageing.Standing) -> String {
        if from == .absent { return "new" }
        return to == from ? "same" : to == .closed || to < from ? "better" : "worse"
    }

    private var summary: String {
        let ageing = figures.ageing
        return "\(ageing.worse.counted("loan")) moved to a worse bucket, "
            + "\(ageing.better) to a better one, \(ageing.arrivals) came new, "
            + "\(ageing.departures) left the book."
    }
}

extension Ageing.Standing {
    /// `new`, `M0` … `M7+`, `closed`.
    var words: String {
        switch self {
        case .absent: "new"
        case .bucket(let bucket): bucket.description
        case .closed: "closed"
        }
    }
}
