import LendingRules
import Operations

extension Application {
    /// `fund`.
    package func fund() async throws -> Answer {
        if isDryRun {
            let cases = try await stores.cases.undecided()
            let waiting = try await stores.outbox.unsettled()
            return Answer(
                .object([
                    "undecidedLoans": .count(cases.count), "unsettled": .count(waiting.count),
                    "dryRun": .flag(true),
                ]),
                lines: [
                    "\(cases.count) loans wait for their lenders, \(waiting.count) requests are "
                        + "in doubt, pending or reversing"
                ])
        }
        let report = try await fundUseCase.run()
        return Answer(
            report.node, grids: report.open.isEmpty ? [] : [report.openGrid],
            lines: [report.sentence],
            exit: report.exit)
    }
}

extension FundingReport {
    /// A bank that could not even be sent to is unavailable; one that owes an answer is a finding.
    fileprivate var exit: ExitKind? {
        if open.isEmpty { return nil }
        return open.contains { $0.state == .planned } ? .unavailable : .findings
    }

    var node: Node {
        .object([
            "sent": .count(sent), "accepted": .count(accepted), "refused": .count(refused),
            "reversed": .count(reversed), "doubtsResolved": .count(doubtsResolved),
            "takenOver": .count(takenOver), "disbursed": .count(disbursed),
            "declined": .count(declined), "takenByPlatform": .count(takenByPlatform),
            "open": .array(
                open.map {
                    .object([
                        "key": .text($0.key), "party": .text($0.party.name),
                        "state": .text($0.state.rawValue),
                    ])
                }),
        ])
    }

    var sentence: String {
        "\(sent) sent: \(accepted) accepted, \(refused) refused, \(doubtsResolved) doubts "
            + "resolved, \(reversed) reversed; \(disbursed) loans disbursed, \(declined) declined"
    }

    var openGrid: Grid {
        var grid = Grid(
            title: "Not answered yet",
            columns: [.words("request"), .words("party"), .words("state")])
        for request in open { grid.add([request.key, request.party.name, request.state.rawValue]) }
        return grid
    }
}
