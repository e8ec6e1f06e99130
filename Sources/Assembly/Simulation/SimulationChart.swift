import LendingRules
import Monetary
import Operations

/// Each lender's volume and result, as they were and would have been, as one SVG file.
struct SimulationChart {
    let report: SimulationReport
    let currency: Currency
    let title: String

    private static let panelHeight = 2500
    private static let head = 420

    var svg: String {
        let (width, height) = (5600, Self.head + 2 * Self.panelHeight)
        let picture = Markup.tag(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "role": "img",
                "viewBox": "0 0 \(Plot.text(width)) \(Plot.text(height))",
                "aria-label": summary,
            ],
            [
                .tag("title", [:], title), .tag("style", .sheet(Self.style)),
                Plot.rect(x: 0, y: 0, width: width, height: height, "paper"),
                Plot.label(title, 200, 200, "title"),
            ] + legend
                + panel("Volume", \.volume, at: Self.head)
                + panel("Result", \.result, at: Self.head + Self.panelHeight))
        return picture.rendered + "\n"
    }

    private var legend: [Markup] {
        [("old", 200), ("new", 900)].flatMap { style, x in
            [
                Plot.rect(x: x, y: 270, width: 110, height: 110, style, radius: 20),
                Plot.label(style == "old" ? "as booked" : "as simulated", x + 160, 365, "tick"),
            ]
        }
    }

    /// Bars side by side: one pair for each lender.
    private func panel(
        _ name: String, _ figure: KeyPath<LenderFigures, Int64>, at y: Int
    ) -> [Markup] {
        var plot = Plot()
        plot.top = y + 320
        plot.height = y + Self.panelHeight
        let values = report.lenders.flatMap { [$0.old, $0.new] }.map { $0[keyPath: figure] }
        let scale = ValueScale(values, currency: currency)
        let zero = scale.place(0, from: plot.floor, to: plot.top)
        let count = report.lenders.count
        let width = min(300, plot.slot(of: count) / 3)
        let bars = report.lenders.enumerated().flatMap { index, lender -> [Markup] in
            let middle = plot.middle(index, of: count)
            func bar(_ figures: LenderFigures, _ style: String, _ x: Int) -> Markup {
                let value = figures[keyPath: figure]
                let end = scale.place(value, from: plot.floor, to: plot.top)
                return Plot.rect(
                    x: x, y: min(zero, end), width: width, height: max(5, abs(end - zero)), style,
                    tip: "\(lender.party) \(name.lowercased()) \(value.grouped(currency))")
            }
            return [
                bar(lender.old, "old", middle - width), bar(lender.new, "new", middle),
                Plot.label(lender.party.name, middle, plot.height - 150, "name middle"),
            ]
        }
        return [Plot.label("\(name), \(currency)", 200, y + 200, "head")]
            + plot.rules(scale, currency, nothing: "Nothing.") + bars
    }

    private var summary: String {
        let words = report.lenders.map {
            "\($0.party) volume \($0.old.volume.grouped(currency)) to "
                + $0.new.volume.grouped(currency)
        }
        return "\(title): " + words.joined(separator: ", ") + "."
    }

    /// Its own, so that the file can be shown anywhere.
    private static let style = """
        text { font: 12px system-ui, sans-serif; fill: #161b24; }
        .title { font-size: 15px; font-weight: 650; } .head { font-weight: 600; }
        .tick { font-size: 11px; fill: #576071; } .end { text-anchor: end; }
        .middle { text-anchor: middle; } .paper { fill: #ffffff; }
        .rule { stroke: #e9ecf1; } .axis { stroke: #a9b4c4; }
        .old { fill: #a3adbb; } .new { fill: #2f5fd0; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e8ecf2; } .tick { fill: #9ba6b6; } .paper { fill: #161c24; }
          .rule { stroke: #232b35; } .axis { stroke: #55637a; }
          .old { fill: #66707f; } .new { fill: #7ea2ff; } }
        """
}
