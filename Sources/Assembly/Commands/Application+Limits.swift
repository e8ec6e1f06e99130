import LendingRules
import Monetary
import Operations

extension Application {
    /// `limits`: every limit in force on the open date, in its present period, and every deposit
    /// that agreements take shares from.
    package func showLimits() async throws -> Answer {
        let date = try await stores.intake.openDate()
        let limits = try await stores.intake.limits(of: catalogue, on: date)
        let used = try await stores.intake.used(of: limits, on: date)
        let lines = limits.map { limit in
            let slot = LimitSlot(limit.key, on: date)
            return LimitLine(limit: limit, slot: slot, used: used[slot] ?? 0)
        }
        var grid = Grid(
            columns: [
                .words("lender"), .words("agreement"), .words("per"), .words("period"),
                .figures("limit"), .figures("used"), .figures("left"), .words("currency"),
            ])
        for line in lines { grid.add(line.cells, tones: line.left < 0 ? [6: .bad] : [:]) }
        return Answer(
            .array(lines.map(\.node)), grids: [grid], columns: LimitLine.columns)
    }
}

/// A limit with what is used of it.
private struct LimitLine {
    let limit: Limit
    let slot: LimitSlot
    let used: Int64

    /// Below zero where facts, such as a reversed payment, have taken more than the limit.
    var left: Int64 { Int64(clamping: Int128(limit.amount) - Int128(used)) }

    static let columns = [
        "lender", "agreement", "per", "period", "limit", "used", "left", "currency",
    ]

    var cells: [String] {
        [
            slot.key.party.name, slot.key.agreement.isEmpty ? "all" : slot.key.agreement,
            slot.key.span.rawValue, slot.periodText,
        ] + [limit.amount, used, left].map { $0.text(slot.key.currency) }
            + [slot.key.currency.code]
    }

    var node: Node {
        let currency = slot.key.currency
        return .object([
            "lender": .text(slot.key.party.name),
            "agreement": .optional(slot.key.agreement.isEmpty ? nil : slot.key.agreement),
            "per": .text(slot.key.span.rawValue),
            "period": .optional(slot.periodText.isEmpty ? nil : slot.periodText),
            "limit": .text(limit.amount.text(currency)), "used": .text(used.text(currency)),
            "left": .text(left.text(currency)), "currency": .text(currency.code),
        ])
    }
}
