import LendingRules
import Monetary
import Operations

/// A simulation for people and for programs.
struct SimulationTelling {
    let question: SimulationQuestion
    let report: SimulationReport

    private var currency: Currency { question.agreement.currency }

    var answer: Answer {
        Answer(
            node, heading: [heading], grids: grids, lines: lines,
            records: report.lenders.flatMap(records), columns: SimulationTelling.columns)
    }

    /// The same as a picture.
    var picture: Answer {
        Answer(file: SimulationChart(report: report, currency: currency, title: heading).svg)
    }

    private var heading: String {
        "\(question.of) under \(question.agreement.name), loans booked "
            + "\(question.dates.lowerBound) to \(question.dates.upperBound), \(currency)"
    }

    // MARK: - For people

    private var lines: [String] {
        var lines = [
            "\(report.booked) booked, \(report.replayed) replayed, "
                + "\(report.refusals.reduce(0) { $0 + $1.loans }) of them not taken by "
                + question.agreement.name
        ]
        if report.notDisbursed > 0 {
            lines.append("\(report.notDisbursed) never paid out: left out on both sides")
        }
        if report.changedHands > 0 {
            lines.append("\(report.changedHands) changed hands since: left out on both sides")
        }
        lines.append(
            "every bank is taken to accept its share; only these loans count against limits")
        return lines
    }

    private var grids: [Grid] {
        var grids = [lenders]
        if !report.limits.isEmpty { grids.append(limits) }
        if !report.refusals.isEmpty { grids.append(refusals) }
        return grids
    }

    private var lenders: Grid {
        let heads = LenderFigures.told.map(\.head)
        var grid = Grid(
            title: "Lenders",
            columns: [.words("lender"), .words("")] + heads.map { .figures($0) })
        for lender in report.lenders {
            for (words, figures) in sides(lender) {
                grid.add(
                    [words == "old" ? lender.party.name : "", words]
                        + LenderFigures.told.map { $0.text(figures, currency) })
            }
        }
        return grid
    }

    private var limits: Grid {
        var grid = Grid(
            title: "Limits",
            columns: [
                .words("lender"), .words("agreement"), .words("per"), .words("of"),
                .figures("limit"), .figures("peak old"), .figures("above"), .figures("peak new"),
                .figures("above"),
                .figures("loans refused"),
            ])
        for line in report.limits {
            let key = line.limit.key
            grid.add([
                key.party.name, key.agreement.isEmpty ? "all" : key.agreement, key.span.rawValue,
                key.scope.told, line.limit.words, line.old.peak.text(currency),
                "\(line.old.above)", line.new.peak.text(currency), "\(line.new.above)",
                "\(line.refused)",
            ])
        }
        return grid
    }

    private var refusals: Grid {
        var grid = Grid(
            title: "Not taken",
            columns: [
                .words("code"), .words("because"), .figures("loans"), .figures("principal"),
            ])
        for refusal in report.refusals {
            grid.add([
                refusal.code, refusal.because, "\(refusal.loans)", refusal.volume.text(currency),
            ])
        }
        return grid
    }

    private func sides(_ lender: SimulationReport.Lender) -> [(String, LenderFigures)] {
        [("old", lender.old), ("new", lender.new), ("change", lender.difference)]
    }
}

// MARK: - For programs

extension SimulationTelling {
    private static let columns =
        ["lender", "side"] + LenderFigures.told.map(\.name) + ["currency"]

    private func records(_ lender: SimulationReport.Lender) -> [Node] {
        sides(lender).map { side, figures in
            .object(
                [
                    Node.Member(name: "lender", value: .text(lender.party.name)),
                    Node.Member(name: "side", value: .text(side)),
                ] + members(figures)
                    + [Node.Member(name: "currency", value: .text(currency.code))])
        }
    }

    private func members(_ figures: LenderFigures) -> [Node.Member] {
        LenderFigures.told.map { told in
            Node.Member(name: told.name, value: told.node(figures, currency))
        }
    }

    private var node: Node {
        .object([
            "agreement": .text(question.agreement.name), "of": .text(question.of),
            "from": .date(question.dates.lowerBound), "to": .date(question.dates.upperBound),
            "currency": .text(currency.code),
            "loans": .object([
                "booked": .count(report.booked), "replayed": .count(report.replayed),
                "notDisbursed": .count(report.notDisbursed),
                "changedHands": .count(report.changedHands),
                "refused": .array(report.refusals.map(node)),
            ]),
            "lenders": .array(
                report.lenders.map { lender in
                    .object([
                        "party": .text(lender.party.name), "old": .object(members(lender.old)),
                        "new": .object(members(lender.new)),
                        "difference": .object(members(lender.difference)),
                    ])
                }), "limits": .array(report.limits.map(node)),
        ])
    }

    private func node(_ refusal: SimulationReport.Refusal) -> Node {
        .object([
            "code": .text(refusal.code), "because": .text(refusal.because),
            "loans": .count(refusal.loans), "principal": .amount(refusal.volume, currency),
        ])
    }

    private func node(_ line: SimulationReport.LimitLine) -> Node {
        let key = line.limit.key
        func use(_ use: SimulationReport.Use) -> Node {
            .object(["peak": .amount(use.peak, currency), "periodsAbove": .count(use.above)])
        }
        return .object([
            "lender": .text(key.party.name),
            "agreement": .optional(key.agreement.isEmpty ? nil : key.agreement),
            "per": .text(key.span.rawValue),
            "of": .optional(key.scope.dimension?.rawValue),
            "value": .optional(key.scope.subject),
            "limit": .text(line.limit.words),
            "old": use(line.old), "new": use(line.new), "refused": .count(line.refused),
        ])
    }
}

extension LenderFigures {
    /// A figure, as it is named and printed.
    struct Told {
        let name: String
        let head: String
        let figure: KeyPath<LenderFigures, Int64>
        var isCount = false

        func text(_ figures: LenderFigures, _ currency: Currency) -> String {
            let value = figures[keyPath: figure]
            return isCount ? "\(value)" : value.text(currency)
        }

        func node(_ figures: LenderFigures, _ currency: Currency) -> Node {
            let value = figures[keyPath: figure]
            return isCount ? .number(value) : .amount(value, currency)
        }
    }

    /// In the order in which they are told.
    static var told: [Told] {
        [
            Told(name: "loans", head: "loans", figure: \.loans, isCount: true),
            Told(name: "volume", head: "volume", figure: \.volume),
            Told(name: "interest", head: "interest", figure: \.interest),
            Told(name: "spread", head: "spread", figure: \.spread),
            Told(name: "penalty", head: "penalty", figure: \.penalty),
            Told(name: "fees", head: "fees", figure: \.fees),
            Told(name: "serviceFees", head: "service fees", figure: \.serviceFees),
            Told(name: "losses", head: "losses", figure: \.losses),
            Told(name: "result", head: "result", figure: \.result),
            Told(name: "settlement", head: "settlement", figure: \.settlement),
        ]
    }
}

extension Limit {
    /// Its amount, or what it is a part of.
    var words: String { part?.words ?? amount.text(key.currency) }
}

extension LimitScope {
    /// What of loans it tells apart: `borrower`, `region GD`; empty where nothing.
    var told: String {
        guard let dimension else { return "" }
        return dimension.rawValue + (subject.map { " \($0)" } ?? "")
    }
}
