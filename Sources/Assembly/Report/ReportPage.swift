import BusinessCalendar
import LendingRules
import Monetary
import Operations

/// The day report as one page that needs nothing else: no script, no file, no network.
///
/// The same figures give the same bytes.
struct ReportPage {
    let figures: DayFigures
    /// The platform as people read it.
    let house: String
    /// The log head of the date, hexadecimal.
    let head: String

    /// The page; well-formed as XML too.
    ///
    /// - Throws: ``SettlementRefusal`` when what is kept contradicts itself.
    func html() throws(SettlementRefusal) -> String {
        let content =
            [banner, ReportTiles(figures: figures).markup, charts] + (try tables()) + [footer]
        return Markup.page(
            title: "\(house): day report of \(figures.date)", style: ReportStyle.sheet,
            [.tag("main", [:], content)])
    }

    private var banner: Markup {
        .tag(
            "header", [:],
            [
                .tag(
                    "div", [:],
                    [
                        .tag("p", ["class": "house"], house),
                        .tag("h1", [:], figures.date.long),
                    ]),
                .tag(
                    "p", [:],
                    "Day report · closed · amounts in \(figures.currency) · "
                        + "\(figures.days.count.counted("date")) shown"),
            ])
    }

    private var footer: Markup {
        .tag(
            "footer", [:],
            "Computed from the books of \(figures.date); log head \(head.prefix(16)). Made by "
                + "colend report day.")
    }
}

// MARK: - Charts

extension ReportPage {
    private var charts: Markup {
        let palette = Palette(figures)
        return .tag(
            "div", ["class": "grid"],
            [
                card(
                    "Disbursed by lender",
                    "Principal of each date by who funded it, \(figures.currency).",
                    [
                        palette.legend(figures.lenders),
                        FundedChart(figures: figures, palette: palette).markup,
                    ]),
                card(
                    "Collected against due",
                    "What fell due on each date and what was paid on it, \(figures.currency).",
                    [CollectionsChart.legend, CollectionsChart(figures: figures).markup]),
                card(
                    "Migration", "Loans by days past due, from the evening before to this one.",
                    [MigrationChart.legend, MigrationChart(figures: figures).markup]),
                card(
                    "Past due by bucket", ageingWords,
                    [BucketsChart(figures: figures).markup]),
                card(
                    "Open breaks", "Differences with partners by age and severity.",
                    [BreaksChart.legend, BreaksChart(figures: figures).markup]),
                card(
                    "Net positions",
                    "What each partner owes the platform each evening, \(figures.currency); "
                        + "below zero the platform owes.",
                    [
                        palette.legend(figures.partners),
                        NetPositionsChart(figures: figures, palette: palette).markup,
                    ]),
            ])
    }

    private var ageingWords: String {
        let current = figures.ageing.buckets[0]
        return "\(current.principal.grouped(figures.currency)) \(figures.currency) in "
            + "\(current.loans.counted("loan")) is not past due (M0)."
    }

    private func card(_ title: String, _ words: String, _ content: [Markup]) -> Markup {
        .tag(
            "section", ["class": "card"],
            [.tag("h2", [:], title), .tag("p", [:], words)] + content)
    }
}

// MARK: - Tables

extension ReportPage {
    private func tables() throws(SettlementRefusal) -> [Markup] {
        let tables = ReportTables(figures: figures)
        return [
            sheet(
                tables.lenders,
                "At the end of \(figures.date); disbursed and result of that date alone."),
            sheet(
                tables.dates,
                "The latest date first. Due, paid in time and missed are of the instalments due on "
                    + "the date, as known on \(figures.date); everything else was posted on it."),
            .tag(
                "div", ["class": "grid wide"],
                [
                    .tag(
                        "div", class: "pile",
                        sheet(tables.buckets, "Principal by days past due.", style: "card"),
                        sheet(
                            try tables.openSettlements(),
                            "What was still to be decided, moved or netted.", style: "card")),
                    sheet(
                        tables.nets, "Owed to the platform each evening.", style: "card"),
                ]),
            sheet(
                try tables.movedSettlements(),
                "Moved by the runs of \(figures.date), as they stood after them."),
            sheet(
                tables.breaks,
                "Found in files of dates up to \(figures.date) and open after that date's runs.",
                sentences: figures.breaks.map(\.sentence)),
        ]
    }

    private func sheet(
        _ grid: Grid, _ caption: String, sentences: [String]? = nil, style: String = "card wide"
    ) -> Markup {
        .tag(
            "section", ["class": style],
            [.tag("h2", [:], grid.title), grid.markup(caption: caption, sentences: sentences)])
    }
}
