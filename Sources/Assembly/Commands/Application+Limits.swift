import LendingRules
import Monetary
import Operations

extension Application {
    /// `limits`: every limit in force on the open date, in its present period, and every deposit
    /// that agreements take shares from. Of a limit for each value those with least left.
    package func showLimits() async throws -> Answer {
        let date = try await stores.intake.openDate()
        let limits = try await stores.intake.limits(of: catalogue, on: date)
        let used = try await stores.intake.used(of: limits, on: date)
        let use = LimitUse(limits: limits, used: used)
        let lines = limits.flatMap { limit in
            let slots = limit.shown(LimitSlot(limit.key, on: date), used)
            let lines = slots.map {
                LimitLine(
                    part: limit.part, limit: use.ceiling(of: limit, $0), slot: $0,
                    used: used[$0] ?? 0)
            }
            return lines.sorted { $0.left < $1.left }.prefix(LimitLine.most)
        }
        var grid = Grid(
            columns: [
                .words("lender"), .words("agreement"), .words("per"), .words("period"),
                .words("of"), .words("value"), .words("part"), .figures("limit"),
                .figures("used"), .figures("left"), .words("currency"),
            ])
        for line in lines { grid.add(line.cells, tones: line.left < 0 ? [9: .bad] : [:]) }
        return Answer(
            .array(lines.map(\.node)), grids: [grid], columns: LimitLine.columns)
    }
}

extension Limit {
    /// Where it counts: in every value of its dimension that has any use, else nowhere yet.
    fileprivate func shown(_ own: LimitSlot, _ used: [LimitSlot: Int64]) -> [LimitSlot] {
        guard case .each = key.scope else { return [own] }
        let values = used.keys.filter {
            $0 != own && $0.start == own.start && $0.key.whole == key && used[$0] != 0
        }
        return values.isEmpty ? [LimitSlot(key, start: own.start)] : values.sorted()
    }
}

extension LimitPart {
    /// Such as `25% of total`.
    var words: String {
        let share = ShareText.format(
            Int128(self.share.numerator), over: Int128(self.share.denominator))
        return switch base {
        case .figure(let name): "\(share) of \(name.rawValue)"
        case .total: "\(share) of total"
        case .own: "\(share) of own"
        }
    }
}

/// A limit with what is used of it.
private struct LimitLine {
    /// Values shown of one limit.
    static let most = 20

    let part: LimitPart?
    /// Minor units, as it is now.
    let limit: Int64
    let slot: LimitSlot
    let used: Int64

    /// Below zero where facts, such as a reversed payment, have taken more than the limit.
    var left: Int64 { Int64(clamping: Int128(limit) - Int128(used)) }

    static let columns = [
        "lender", "agreement", "per", "period", "of", "value", "part", "limit", "used", "left",
        "currency",
    ]

    private var dimension: String { slot.key.scope.dimension?.rawValue ?? "" }

    private var partText: String { part?.words ?? "" }

    var cells: [String] {
        [
            slot.key.party.name, slot.key.agreement.isEmpty ? "all" : slot.key.agreement,
            slot.key.span.rawValue, slot.periodText, dimension, slot.key.scope.subject ?? "",
            partText,
        ] + [limit, used, left].map { $0.text(slot.key.currency) } + [slot.key.currency.code]
    }

    var node: Node {
        let currency = slot.key.currency
        return .object([
            "lender": .text(slot.key.party.name),
            "agreement": .optional(slot.key.agreement.isEmpty ? nil : slot.key.agreement),
            "per": .text(slot.key.span.rawValue),
            "period": .optional(slot.periodText.isEmpty ? nil : slot.periodText),
            "of": .optional(dimension.isEmpty ? nil : dimension),
            "value": .optional(slot.key.scope.subject),
            "part": .optional(part.map { _ in partText }),
            "limit": .text(limit.text(currency)), "used": .text(used.text(currency)),
            "left": .text(left.text(currency)), "currency": .text(currency.code),
        ])
    }
}
