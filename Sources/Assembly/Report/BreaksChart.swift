import BusinessCalendar
import Operations
import Reconciling

/// Open breaks by age, each bar divided by severity.
struct BreaksChart {
    let figures: DayFigures

    private let plot = Plot(height: 2500, left: 1150, right: 500, top: 120, bottom: 60)

    /// Ages in days, and their names.
    private static let bands: [(days: ClosedRange<Int>, words: String)] = [
        (0...1, "0–1 days"), (2...3, "2–3 days"), (4...7, "4–7 days"), (8...14, "8–14 days"),
        (15...30, "15–30 days"), (31...Int.max, "over 30 days"),
    ]

    static let legend = Palette.legend(
        Severity.allCases.map { ("s-\($0.rawValue)", $0.rawValue) })

    var markup: Markup {
        let groups = BreaksChart.bands.map { band in
            figures.breaks.filter { band.days.contains(figures.age(of: $0)) }
        }
        let most = max(1, groups.map(\.count).max() ?? 1)
        let rows = groups.enumerated().flatMap { index, group in
            row(group, BreaksChart.bands[index].words, index, most)
        }
        return plot.chart(
            id: "breaks", title: "Open breaks by age and severity", summary: summary,
            rows + [Plot.line(plot.left, plot.top - 50, plot.left, plot.floor, "axis")])
    }

    private func row(_ group: [KeptBreak], _ words: String, _ index: Int, _ most: Int)
        -> [Markup]
    {
        let y = plot.top + index * 390
        var x = plot.left
        var parts: [Markup] = []
        for severity in Severity.allCases.reversed() {
            let count = group.count { $0.severity == severity }
            guard count > 0 else { continue }
            let width = plot.innerWidth * count / most
            parts.append(
                Plot.rect(
                    x: x, y: y, width: width, height: 250, "bar s-\(severity.rawValue)",
                    tip: "\(words), \(severity.rawValue): \(count)"))
            x += width
        }
        return [
            Plot.label(words, plot.left - 90, y + 168, "name end")
        ] + parts + [
            Plot.label(
                group.isEmpty ? "–" : "\(group.count)", x + 80, y + 168,
                group.isEmpty ? "tick" : "value")
        ]
    }

    private var summary: String {
        let high = figures.breaks.count { $0.severity == .high }
        return "\(figures.breaks.count.counted("break")) open, \(high) of high severity; the "
            + "oldest is \((figures.oldestBreak ?? 0).counted("day")) old."
    }
}

extension DayFigures {
    /// Days since a break was found.
    func age(of found: KeptBreak) -> Int { max(0, date.days(since: found.firstDate)) }

    /// The age of the oldest open break, nil without one.
    var oldestBreak: Int? { breaks.map { age(of: $0) }.max() }
}
