import BusinessCalendar
import Monetary

/// The frame of a chart. Lengths are tenths of an SVG unit: whole numbers, so that the same
/// figures give the same bytes everywhere.
struct Plot {
    var width = 5600
    var height = 2500
    var left = 520
    var right = 200
    var top = 100
    var bottom = 300

    /// Right edge of the area inside.
    var end: Int { width - right }
    /// Lower edge of the area inside.
    var floor: Int { height - bottom }
    var innerWidth: Int { end - left }

    /// The middle of a slot of the horizontal axis.
    func middle(_ index: Int, of count: Int) -> Int {
        left + innerWidth * (2 * index + 1) / (2 * max(1, count))
    }

    /// The width of a slot of the horizontal axis.
    func slot(of count: Int) -> Int { innerWidth / max(1, count) }
}

extension Plot {
    /// A length as SVG writes it.
    static func text(_ tenths: Int) -> String {
        let sign = tenths < 0 ? "-" : ""
        let rest = tenths.magnitude % 10
        return "\(sign)\(tenths.magnitude / 10)" + (rest == 0 ? "" : ".\(rest)")
    }

    /// A chart with its name and a sentence for those who cannot see it.
    func chart(id: String, title: String, summary: String, _ content: [Markup]) -> Markup {
        .tag(
            "svg",
            [
                "viewBox": "0 0 \(Plot.text(width)) \(Plot.text(height))", "role": "img",
                "aria-labelledby": "\(id)-title \(id)-summary",
            ],
            [
                .tag("title", ["id": "\(id)-title"], title),
                .tag("desc", ["id": "\(id)-summary"], summary),
            ] + content)
    }

    static func rect(
        x: Int, y: Int, width: Int, height: Int, _ style: String, radius: Int = 0,
        tip: String? = nil
    ) -> Markup {
        .tag(
            "rect",
            [
                "x": text(x), "y": text(y), "width": text(width), "height": text(height),
                "rx": radius == 0 ? nil : text(radius), "class": style,
            ], tip.map { [.tag("title", [:], $0)] } ?? [])
    }

    static func line(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, _ style: String) -> Markup {
        .tag(
            "line",
            ["x1": text(x1), "y1": text(y1), "x2": text(x2), "y2": text(y2), "class": style])
    }

    static func label(_ words: String, _ x: Int, _ y: Int, _ style: String) -> Markup {
        .tag("text", ["x": text(x), "y": text(y), "class": style], words)
    }
}

extension Plot {
    /// Horizontal rules with their amounts, or words where there is nothing to show.
    func rules(_ scale: ValueScale, _ currency: Currency, nothing words: String) -> [Markup] {
        guard !scale.isEmpty else {
            return [
                Plot.line(left, floor, end, floor, "axis"),
                Plot.label(words, left + innerWidth / 2, (top + floor) / 2, "tick middle"),
            ]
        }
        return scale.ticks.flatMap { tick in
            let y = scale.place(tick, from: floor, to: top)
            return [
                Plot.line(left, y, end, y, tick == 0 ? "axis" : "rule"),
                Plot.label(tick.short(currency), left - 70, y + 35, "tick end"),
            ]
        }
    }

    /// Dates under the slots: the last one and every fifth before it.
    func dates(_ dates: [BusinessDate]) -> [Markup] {
        dates.indices.filter { (dates.count - 1 - $0).isMultiple(of: 5) }.map { index in
            Plot.label(
                dates[index].short, middle(index, of: dates.count), height - 90, "tick middle")
        }
    }
}
