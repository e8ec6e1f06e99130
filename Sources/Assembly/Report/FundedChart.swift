import BusinessCalendar
import LendingRules
import Monetary
import Operations

/// Principal disbursed on each date, by the lender that funded it.
struct FundedChart {
    let figures: DayFigures
    let palette: Palette

    private let plot = Plot()

    var markup: Markup {
        let currency = figures.currency
        let scale = ValueScale(figures.days.map(\.disbursed), currency: currency)
        let bars = figures.days.enumerated().map { index, day in
            Markup.tag("g", [:], stack(day, index, scale))
        }
        return plot.chart(
            id: "funded", title: "Disbursed by lender", summary: summary,
            plot.rules(scale, currency, nothing: "Nothing was disbursed.") + bars
                + plot.dates(figures.days.map(\.date)))
    }

    private func stack(_ day: DayLine, _ index: Int, _ scale: ValueScale) -> [Markup] {
        let count = figures.days.count
        let width = min(280, plot.slot(of: count) * 7 / 10)
        var below: Int64 = 0
        return figures.lenders.compactMap { lender in
            let amount = day.funded[lender] ?? 0
            guard amount > 0 else { return nil }
            let bottom = scale.place(below, from: plot.floor, to: plot.top)
            below += amount
            let top = scale.place(below, from: plot.floor, to: plot.top)
            return Plot.rect(
                x: plot.middle(index, of: count) - width / 2, y: top, width: width,
                height: max(5, bottom - top), "bar \(palette.style(of: lender))",
                tip: "\(day.date) \(lender): \(amount.grouped(figures.currency))")
        }
    }

    private var summary: String {
        let sum = figures.days.reduce(0) { $0 + $1.disbursed }
        return "Stacked bars, \(figures.days.count.counted("date")): "
            + "\(sum.grouped(figures.currency)) \(figures.currency) in all, "
            + "\(figures.today.disbursed.grouped(figures.currency)) on \(figures.date)."
    }
}

/// The colour of each party, the same in every chart.
struct Palette {
    private let parties: [PartyID]

    /// Lenders first, then partners that lend nothing.
    init(_ figures: DayFigures) {
        parties = figures.lenders + figures.partners.filter { !figures.lenders.contains($0) }
    }

    /// A class of the style sheet; there are eight.
    func style(of party: PartyID) -> String {
        "c\((parties.firstIndex(of: party) ?? 0) % 8)"
    }

    /// What the colours of parties mean.
    func legend(_ shown: [PartyID]) -> Markup {
        Palette.legend(shown.map { (style(of: $0), $0.name) })
    }

    /// What styles mean.
    static func legend(_ entries: [(style: String, words: String)]) -> Markup {
        .tag(
            "ul", ["class": "legend"],
            entries.map { entry in
                .tag(
                    "li", [:],
                    [.tag("span", ["class": "key \(entry.style)"], []), .text(entry.words)])
            })
    }
}
