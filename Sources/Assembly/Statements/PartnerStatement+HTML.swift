import BusinessCalendar
import LendingRules
import Monetary
import Operations

extension PartnerStatement {
    /// A page that can be printed and mailed as it is, in the look of the day report.
    var html: String {
        Markup.page(
            title: "Settlement of \(settlesOn), \(partnerName)", style: ReportStyle.sheet,
            [.tag("main", class: "letter", [banner] + settlements.map(section) + [footer])])
    }

    private var banner: Markup {
        .tag(
            "header",
            .tag(
                "div", .tag("p", class: "house", .text(platformName)),
                .tag("h1", .text("Settlement of \(settlesOn.long)"))),
            .tag("p", .text("Statement for \(partnerName)")))
    }

    private var footer: Markup {
        .tag(
            "footer",
            .text(
                "Amounts above zero are paid by \(platformName) to \(partnerName), amounts below "
                    + "zero by \(partnerName) to \(platformName)."))
    }

    private func section(_ settlement: Settlement) -> Markup {
        let currency = settlement.id.currency
        let head = Markup.tag(
            "tr",
            [("Line", nil), ("Date", nil), ("Amount, \(currency)", "n")].map {
                (name: String, style: String?) in
                .tag("th", ["scope": "col", "class": style], name)
            })
        return .tag(
            "section", class: "card",
            .tag("h2", .text(settlement.id.description)),
            .tag("p", class: "result", .text(result(settlement))),
            .tag(
                "div", class: "scroll",
                .tag(
                    "table", .tag("thead", head), .tag("tbody", rows(settlement)),
                    .tag("tfoot", ends(settlement)))))
    }

    /// What was carried in, then the lines of each date, and a sum under a date that has several.
    private func rows(_ settlement: Settlement) -> [Markup] {
        let lines = lines(of: settlement)
        var rows = lines.filter { $0.kind == .carried }.map(row)
        let dates = Dictionary(grouping: lines.filter { $0.kind != .carried }) { $0.date }
        for (date, lines) in dates.sorted(by: { $0.key < $1.key }) {
            rows += lines.map(row)
            if lines.count > 1 {
                // The net fits in 64 bits; a part of it may not, and is then left out.
                var sum: Int64? = 0
                for line in lines { sum = sum.flatMap { try? $0.plus(line.amount) } }
                let text = sum?.grouped(settlement.id.currency) ?? ""
                rows.append(row(["Sum of \(date)", ""], text, class: "sum"))
            }
        }
        return rows
    }

    private func row(_ line: SettlementLine) -> Markup {
        row(
            [PartnerStatement.name(of: line), line.date.description],
            line.amount.grouped(line.currency))
    }

    private func ends(_ settlement: Settlement) -> [Markup] {
        let names = ["net": "Net", "carried-over": "Carried over", "to-pay": "To pay"]
        return PartnerStatement.closing(of: settlement).map { end in
            row(
                [names[end.label] ?? end.label, ""],
                end.amount.grouped(settlement.id.currency), class: end.label)
        }
    }

    private func row(_ texts: [String], _ amount: String, class style: String? = nil) -> Markup {
        .tag(
            "tr", class: style,
            texts.map { .tag("td", .text($0)) } + [.tag("td", class: "n", .text(amount))])
    }

    private func result(_ settlement: Settlement) -> String {
        let sum =
            "\(settlement.amount.groupedMagnitude(settlement.id.currency)) "
            + settlement.id.currency.code
        if settlement.amount == 0 { return "Nothing is to be paid." }
        if settlement.events.first?.event == .carriedOver {
            return "\(sum) is below the minimum and is carried over to the next settlement day."
        }
        return settlement.amount > 0
            ? "\(platformName) pays \(partnerName) \(sum), remittance \(settlement.id)."
            : "\(partnerName) pays \(platformName) \(sum), remittance \(settlement.id)."
    }

    private static func name(of line: SettlementLine) -> String {
        switch (line.kind, line.type) {
        case (.carried, _): "carried in" + (line.source.isEmpty ? "" : " from \(line.source)")
        case (.held, let type):
            "held" + (type.map { " of \($0.rawValue)" } ?? "") + " by break \(line.source)"
        case (.obligation, let type?): type.rawValue.replacing("-", with: " ")
        case (.obligation, nil): "obligation"
        }
    }
}
