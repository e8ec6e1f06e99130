import LendingRules
import Monetary
import Operations

/// A total loss for people and for programs.
struct LossTelling {
    let loss: TotalLoss
    let currency: Currency

    var grids: [Grid] {
        var grids: [Grid] = []
        if !rows.isEmpty {
            var grid = Grid(
                title: "A total loss of \(loss.amount.text(currency))",
                columns: [
                    .words("date"), .words("when"), .words("layer"), .words("from"), .words("to"),
                    .figures("asked"), .figures("paid"), .words("cover"), .figures("ceiling"),
                    .figures("left of it"), .words("because"),
                ])
            for row in rows { grid.add(row) }
            grids.append(grid)
        }
        var borne = Grid(
            title: "Who bears it",
            columns: [
                .words("party"), .figures("as lender"), .figures("as provider"),
                .figures("in all"),
            ])
        for burden in loss.burdens {
            borne.add(
                [burden.party.name]
                    + [burden.asLender, burden.asProvider, burden.amount]
                    .map { $0.text(currency) })
        }
        grids.append(borne)
        return grids
    }

    var node: Node {
        .object([
            "amount": .amount(loss.amount, currency), "currency": .text(currency.code),
            "stages": .array(loss.stages.map(node)),
            "borne": .array(
                loss.burdens.map {
                    .object([
                        "party": .text($0.party.name),
                        "asLender": .amount($0.asLender, currency),
                        "asProvider": .amount($0.asProvider, currency),
                        "amount": .amount($0.amount, currency),
                    ])
                }),
        ])
    }
}

// MARK: - For people

extension LossTelling {
    private var rows: [[String]] {
        loss.stages.flatMap { stage -> [[String]] in
            let own =
                stage.outcome.draws.map { row($0, stage) }
                + stage.outcome.transfers.map {
                    [
                        $0.layer, $0.from.name, $0.to.name, "", $0.amount.text(currency), "", "",
                        "", "",
                    ]
                }
            return own.enumerated().map { place, row in
                [place == 0 ? "\(stage.date)" : "", place == 0 ? stage.words : ""] + row
            }
        }
    }

    private func row(_ draw: LossDraw, _ stage: TotalLoss.Stage) -> [String] {
        let cover = draw.cover.flatMap { stage.outcome.covers[$0] }
        return [
            draw.layer, draw.provider.name, draw.lender.name,
            draw.asked.total.text(currency), draw.taken.total.text(currency),
            draw.cover.map { "\($0)" } ?? "", cover?.ceiling.text(currency) ?? "",
            cover?.available.text(currency) ?? "", draw.shortfall?.rawValue ?? "",
        ]
    }
}

extension TotalLoss.Stage {
    /// What brings it about.
    fileprivate var words: String {
        if isInstructed { return "instruction" }
        return "\(daysPastDue) days" + (outcome.chargeOffs.isEmpty ? "" : ", charge-off")
    }
}

// MARK: - For programs

extension LossTelling {
    private func node(_ stage: TotalLoss.Stage) -> Node {
        .object([
            "date": .date(stage.date), "daysPastDue": .count(stage.daysPastDue),
            "instructed": .flag(stage.isInstructed),
            "chargedOff": .flag(!stage.outcome.chargeOffs.isEmpty),
            "draws": .array(stage.outcome.draws.map { node($0, stage) }),
            "transfers": .array(
                stage.outcome.transfers.map {
                    .object([
                        "layer": .text($0.layer), "from": .text($0.from.name),
                        "to": .text($0.to.name), "amount": .amount($0.amount, currency),
                    ])
                }),
            "left": .array(
                stage.outcome.left.map {
                    .object([
                        "lender": .text($0.lender.name),
                        "amount": .amount($0.amounts.total, currency),
                    ])
                }),
        ])
    }

    private func node(_ draw: LossDraw, _ stage: TotalLoss.Stage) -> Node {
        let cover = draw.cover.flatMap { stage.outcome.covers[$0] }
        return .object([
            "layer": .text(draw.layer), "provider": .text(draw.provider.name),
            "lender": .text(draw.lender.name),
            "way": .text(draw.way == .invocation ? "invocation" : "compensation"),
            "asked": .amount(draw.asked.total, currency),
            "taken": .amount(draw.taken.total, currency),
            "cover": .optional(draw.cover.map { "\($0)" }),
            "ceiling": cover.map { .amount($0.ceiling, currency) } ?? .null,
            "available": cover.map { .amount($0.available, currency) } ?? .null,
            "because": .optional(draw.shortfall?.rawValue),
        ])
    }
}
