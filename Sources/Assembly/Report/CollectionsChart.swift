import BusinessCalendar
import Monetary
import Operations

/// What fell due on each date, and what borrowers paid on it.
struct CollectionsChart {
    let figures: DayFigures

    private let plot = Plot()

    static let legend = Palette.legend([
        ("due", "due"), ("paid", "paid in time"), ("late", "arrears"), ("fine", "penalty"),
    ])

    var markup: Markup {
        let currency = figures.currency
        let scale = ValueScale(
            figures.days.flatMap { day in
                [day.due]
                    + [true, false].map { sign in
                        CollectionsChart.parts(of: day).reduce(0) {
                            ($1.amount > 0) == sign ? $0 + $1.amount : $0
                        }
                    }
            }, currency: currency)
        let bars = figures.days.enumerated().map { index, day in
            Markup.tag("g", [:], due(day, index, scale) + paid(day, index, scale))
        }
        return plot.chart(
            id: "collections", title: "Collected against due", summary: summary,
            plot.rules(scale, currency, nothing: "Nothing fell due or was paid.") + bars
                + plot.dates(figures.days.map(\.date)))
    }

    private func due(_ day: DayLine, _ index: Int, _ scale: ValueScale) -> [Markup] {
        guard day.due > 0 else { return [] }
        let width = min(340, plot.slot(of: figures.days.count) * 9 / 10)
        let top = scale.place(day.due, from: plot.floor, to: plot.top)
        let rect = Plot.rect(
            x: plot.middle(index, of: figures.days.count) - width / 2, y: top, width: width,
            height: scale.place(0, from: plot.floor, to: plot.top) - top, "due",
            tip: "\(day.date) due: \(day.due.grouped(figures.currency))")
        return [rect]
    }

    private static func parts(of day: DayLine) -> [(style: String, words: String, amount: Int64)] {
        [
            ("paid", "paid in time", day.onTime), ("late", "arrears", day.arrears),
            ("fine", "penalty", day.penalty),
        ]
    }

    /// What a reversal took back hangs below the axis.
    private func paid(_ day: DayLine, _ index: Int, _ scale: ValueScale) -> [Markup] {
        let count = figures.days.count
        let width = min(200, plot.slot(of: count) * 5 / 10)
        var (above, below) = (Int64(0), Int64(0))
        return CollectionsChart.parts(of: day).filter { $0.amount != 0 }.map { part in
            let start = part.amount > 0 ? above : below
            if part.amount > 0 { above += part.amount } else { below += part.amount }
            let ends = [start, start + part.amount].map {
                scale.place($0, from: plot.floor, to: plot.top)
            }
            let top = min(ends[0], ends[1])
            return Plot.rect(
                x: plot.middle(index, of: count) - width / 2, y: top, width: width,
                height: max(3, abs(ends[0] - ends[1])), "bar \(part.style)",
                tip: "\(day.date) \(part.words): \(part.amount.grouped(figures.currency))")
        }
    }

    private var summary: String {
        let currency = figures.currency
        let due = figures.days.reduce(0) { $0 + $1.due }
        let inTime = figures.days.reduce(0) { $0 + $1.onTime }
        return "Bars, \(figures.days.count.counted("date")): \(due.grouped(currency)) \(currency) "
            + "fell due, \(inTime.percent(of: due)) of it was paid in time."
    }
}
