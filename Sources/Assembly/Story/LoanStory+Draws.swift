import BusinessCalendar
import LendingRules
import Monetary
import Operations

// What layers were asked for, and what became of orders and corrections that came too late.

extension LoanStory {
    /// Those of closes up to the date.
    var draws: [KeptDraw] { view.draws.filter { $0.date <= date } }

    var asked: Node { .array(draws.map(told)) }

    private func told(_ draw: KeptDraw) -> Node {
        .object([
            "on": .date(draw.date), "by": .text(draw.layer), "lender": .text(draw.lender.name),
            "provider": .text(draw.provider.name),
            "asked": .amount(draw.asked.total, currency),
            "paid": .amount(draw.paid.total, currency), "currency": .text(currency.code),
            "cover": .optional(draw.cover.isEmpty ? nil : draw.cover),
            "because": .optional(draw.shortfall.isEmpty ? nil : draw.shortfall),
        ])
    }

    /// Only where less came than was asked: what was paid stands among the payments for losses.
    var shortfalls: Grid? {
        let rows = draws.filter { !$0.shortfall.isEmpty }
        var grid = Grid(
            title: "Asked for and not paid whole (\(currency))",
            columns: [
                .words("on"), .words("by"), .words("lender"), .words("provider"),
                .figures("asked"), .figures("paid"), .words("because"),
            ])
        for row in rows {
            grid.add([
                row.date.description, row.layer, row.lender.name, row.provider.name,
                row.asked.total.text(currency), row.paid.total.text(currency), row.shortfall,
            ])
        }
        return rows.isEmpty ? nil : grid
    }
}
