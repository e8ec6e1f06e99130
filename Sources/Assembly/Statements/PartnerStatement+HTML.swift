import BusinessCalendar
import LendingRules
import Monetary
import Operations

extension PartnerStatement {
    /// A page that can be printed and mailed as it is.
    var html: String {
        Markup.page(
            title: "Settlement of \(settlesOn), \(partnerName)", style: PartnerStatement.style,
            [
                .tag("h1", .text("Settlement of \(settlesOn)")),
                .tag("p", .text("\(platformName) and \(partnerName)")),
            ] + settlements.flatMap(section)
                + [
                    .tag(
                        "p", class: "note",
                        .text(
                            "Amounts above zero are paid by \(platformName) to \(partnerName), "
                                + "amounts below zero by \(partnerName) to \(platformName)."))
                ])
    }

    private func section(_ settlement: Settlement) -> [Markup] {
        let currency = settlement.id.currency
        let head = Markup.tag(
            "tr",
            [("Line", nil), ("Date", nil), ("Of", nil), ("Amount \(currency)", "figure")].map {
                (name: String, style: String?) in .tag("th", class: style, .text(name))
            })
        return [
            .tag("h2", .text(settlement.id.description)),
            .tag("p", class: "result", .text(result(settlement))),
            .tag(
                "table", .tag("thead", head), .tag("tbody", rows(settlement)),
                .tag("tfoot", ends(settlement))),
        ]
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
                let text = sum?.text(settlement.id.currency) ?? ""
                rows.append(row(["Sum of \(date)", "", ""], text, class: "sum"))
            }
        }
        return rows
    }

    private func row(_ line: SettlementLine) -> Markup {
        row(
            [PartnerStatement.name(of: line), line.date.description, line.source],
            line.amount.text(line.currency))
    }

    private func ends(_ settlement: Settlement) -> [Markup] {
        let names = ["net": "Net", "carried-over": "Carried over", "to-pay": "To pay"]
        return PartnerStatement.closing(of: settlement).map { end in
            row(
                [names[end.label] ?? end.label, "", ""],
                end.amount.text(settlement.id.currency), class: end.label)
        }
    }

    private func row(_ texts: [String], _ amount: String, class style: String? = nil) -> Markup {
        .tag(
            "tr", class: style,
            texts.map { .tag("td", .text($0)) } + [.tag("td", class: "figure", .text(amount))])
    }

    private func result(_ settlement: Settlement) -> String {
        let sum =
            "\(settlement.amount.magnitudeText(settlement.id.currency)) "
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
        case (.carried, _): "carried in"
        case (.held, let type): "held" + (type.map { " of \($0.rawValue)" } ?? "")
        case (.obligation, let type?): type.rawValue.replacing("-", with: " ")
        case (.obligation, nil): "obligation"
        }
    }

    private static let style = """
        body { font: 15px/1.5 system-ui, sans-serif; color: #1b1f24; max-width: 52rem;
          margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.5rem; margin-bottom: 0; }
        h2 { font-size: 1.05rem; margin: 2rem 0 .25rem; }
        .result { font-weight: 600; }
        .note { color: #59636e; font-size: .85rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #d8dee4; }
        .figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .sum td { color: #59636e; font-style: italic; }
        tfoot td { border-bottom: none; }
        .to-pay td { font-weight: 600; border-top: 2px solid #1b1f24; }
        @page { size: A4; margin: 20mm; }
        @media print {
          body { margin: 0; max-width: none; font-size: 11pt; }
          thead { display: table-header-group; }
          tr { break-inside: avoid; }
          h2 { break-after: avoid; }
        }
        """
}
