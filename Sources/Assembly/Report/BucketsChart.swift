import LendingRules
import Monetary
import Operations

/// Principal past due, by bucket; what is not past due would dwarf it and is told in words.
struct BucketsChart {
    let figures: DayFigures

    private let plot = Plot(height: 2800, left: 1080, right: 1650, top: 120, bottom: 60)

    var markup: Markup {
        let lines = figures.ageing.buckets
        let most = max(1, lines[1...].map(\.principal).max() ?? 1)
        let rows = (1...7).flatMap { number -> [Markup] in
            let line = lines[number]
            let bucket = DelinquencyBucket(daysPastDue: number * 30)
            let y = plot.top + (number - 1) * 375
            let width = Int(Int128(line.principal) * Int128(plot.innerWidth) / Int128(most))
            let amount = line.principal.grouped(figures.currency)
            return [
                Plot.label("\(bucket)", plot.left - 680, y + 165, "name end"),
                Plot.label(BucketsChart.days[number], plot.left - 80, y + 163, "tick end"),
                Plot.rect(
                    x: plot.left, y: y, width: line.principal > 0 ? max(20, width) : 0,
                    height: 240, "b\(number)", radius: 20,
                    tip: "\(bucket): \(amount) in \(line.loans.counted("loan"))"),
                Plot.label(
                    line.loans == 0 ? "–" : amount, plot.end + 1000, y + 165,
                    line.loans == 0 ? "tick end" : "value end"),
                Plot.label(
                    line.loans == 0 ? "" : line.loans.counted("loan"), plot.end + 1620, y + 163,
                    "tick end"),
            ]
        }
        return plot.chart(
            id: "buckets", title: "Principal past due by bucket", summary: summary,
            rows + [Plot.line(plot.left, plot.top - 40, plot.left, plot.floor, "axis")])
    }

    private static let days = [
        "0", "1–30", "31–60", "61–90", "91–120", "121–150", "151–180", "over 180",
    ]

    private var summary: String {
        let pastDue = figures.ageing.pastDue
        return "\(pastDue.principal.grouped(figures.currency)) \(figures.currency) of principal "
            + "in \(pastDue.loans.counted("loan")) is past due, "
            + "\(pastDue.principal.percent(of: figures.ageing.total.principal)) of the book."
    }
}
