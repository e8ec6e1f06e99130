import BusinessCalendar
import LendingRules
import Monetary
import Operations

/// What each partner owes the platform at the end of each date; below zero the platform owes.
struct NetPositionsChart {
    let figures: DayFigures
    let palette: Palette

    private let plot = Plot()

    var markup: Markup {
        let currency = figures.currency
        let scale = ValueScale(figures.days.flatMap { $0.net.values }, currency: currency)
        return plot.chart(
            id: "nets", title: "Net positions with partners", summary: summary,
            plot.rules(scale, currency, nothing: "Nobody owes anybody.")
                + (scale.isEmpty ? [] : figures.partners.flatMap { line($0, scale) })
                + plot.dates(figures.days.map(\.date)))
    }

    private func line(_ partner: PartyID, _ scale: ValueScale) -> [Markup] {
        let points = figures.days.enumerated().map { index, day in
            (
                x: plot.middle(index, of: figures.days.count),
                y: scale.place(day.net[partner] ?? 0, from: plot.floor, to: plot.top),
                tip: "\(day.date) \(partner): \((day.net[partner] ?? 0).grouped(figures.currency))"
            )
        }
        let way = points.enumerated().map { index, point in
            "\(index == 0 ? "M" : "L")\(Plot.text(point.x)) \(Plot.text(point.y))"
        }
        let style = palette.style(of: partner)
        let dots = points.enumerated().map { index, point in
            Markup.tag(
                "circle",
                [
                    "cx": Plot.text(point.x), "cy": Plot.text(point.y),
                    "r": index == points.count - 1 ? "4" : "2.5", "class": "dot \(style)",
                ], [.tag("title", [:], point.tip)])
        }
        return [
            .tag(
                "path",
                ["d": way.joined(separator: " "), "class": "way \(style)"])
        ] + dots
    }

    private var summary: String {
        let words = figures.partners.map { partner in
            let amount = figures.today.net[partner] ?? 0
            let direction = amount < 0 ? "is owed" : "owes"
            return "\(partner) \(direction) \(abs(amount).grouped(figures.currency))"
        }
        return "At the end of \(figures.date): "
            + (words.isEmpty ? "no partner" : words.joined(separator: ", ")) + "."
    }
}
