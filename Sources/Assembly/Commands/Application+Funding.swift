import LendingRules
import Operations

extension Application {
    /// `fund`.
    package func fund() async throws -> Answer {
        if isDryRun {
            let undecided = try await stores.cases.undecidedCount()
            let waiting = try await stores.outbox.unsettled()
            let payouts = try await stores.payouts.unsettled()
            return Answer(
                .object([
                    "undecidedLoans": .count(undecided), "unsettled": .count(waiting.count),
                    "payoutsInDoubt": .count(payouts.count), "dryRun": .flag(true),
                ]),
                lines: [
                    "\(undecided) loans wait for their lenders, \(waiting.count) requests are "
                        + "in doubt, pending or reversing, \(payouts.count) payouts in doubt"
                ])
        }
        let report = try await fundUseCase.run()
        let contradictions = try await stores.callbacks.contradictions()
        return Answer(
            report.node.with("contradictions", .array(contradictions.map(\.node))),
            grids: report.isSettled ? [] : [report.openGrid],
            lines: [report.sentence] + report.remarks + contradictions.map(\.sentence),
            exit: report.exit ?? (contradictions.isEmpty ? nil : .findings))
    }
}

extension Contradiction {
    fileprivate var node: Node {
        .object([
            "key": .text(key), "party": .text(party.name), "state": .text(state.rawValue),
            "says": .text(word.rawValue), "sequence": .number(sequence),
        ])
    }

    fileprivate var sentence: String {
        "\(party.name) contradicts what was decided: request \(key) is \(state.rawValue), its "
            + "callback \(sequence) says \(word.rawValue); ask the bank, which can correct it by "
            + "another callback"
    }
}

extension FundingReport {
    /// A bank that could not even be sent to is unavailable; one that owes an answer, or whose key
    /// has gone, is a finding.
    fileprivate var exit: ExitKind? {
        if isSettled { return nil }
        if hasLostSeat { return .temporary }
        let isUnavailable =
            !waiting.isEmpty || open.contains { $0.state == .planned && !$0.isExpired }
            || payouts.open.contains { $0.state == .planned }
        return isUnavailable ? .unavailable : .findings
    }

    var node: Node {
        .object([
            "sent": .count(sent), "accepted": .count(accepted), "refused": .count(refused),
            "reversed": .count(reversed), "doubtsResolved": .count(doubtsResolved),
            "takenOver": .count(takenOver), "givenUp": .count(givenUp),
            "rerouted": .count(rerouted), "disbursed": .count(disbursed),
            "declined": .count(declined), "takenByPlatform": .count(takenByPlatform),
            "transferred": .count(transferred), "keptByOriginator": .count(keptByOriginator),
            "unpayable": .array(
                unpayable.map {
                    .object(["loan": .text($0.loan.text), "reason": .text($0.reason)])
                }),
            "down": .array(down.map { .text($0.name) }),
            "waiting": .count(waiting.values.reduce(0, +)),
            "open": .array(
                open.map {
                    .object([
                        "key": .text($0.key), "party": .text($0.party.name),
                        "state": .text($0.state.rawValue), "reason": .text($0.reason),
                    ])
                }),
            "payouts": payouts.node,
        ])
    }

    var sentence: String {
        "\(sent) sent: \(accepted) accepted, \(refused) refused, \(doubtsResolved) doubts "
            + "resolved, \(reversed) reversed; \(disbursed) loans disbursed, \(declined) declined"
            + (givenUp == 0 ? "" : "; \(givenUp) requests given up")
            + (transferred == 0 ? "" : "; shares of \(transferred) loans transferred")
            + (keptByOriginator == 0
                ? "" : "; \(keptByOriginator) shares stay with the originator")
            + (rerouted == 0 ? "" : "; \(rerouted) shares asked of other banks")
            + (payouts == PayoutReport() ? "" : "; payouts: \(payouts.sentence)")
    }

    /// What people must be told beyond the counts.
    var remarks: [String] {
        unpayable.map { "declined: loan \($0.loan), \($0.reason)" }
            + down.map {
                "\($0.name) cannot be reached: \(waiting[$0] ?? 0) requests planned for it wait; "
                    + "run again"
            }
            + (hasLostSeat ? ["another process has taken this one's claims over; run again"] : [])
            + (payouts.isDown && !hasLostSeat
                ? ["the payment channel cannot be reached: its payouts wait; run again"] : [])
    }

    var openGrid: Grid {
        var grid = Grid(
            title: "Open",
            columns: [.words("request"), .words("party"), .words("state"), .words("why")])
        for request in open {
            grid.add([request.key, request.party.name, request.state.rawValue, request.reason])
        }
        for payout in payouts.open {
            grid.add([payout.key, "borrower", payout.state.rawValue, payout.reason])
        }
        return grid
    }
}

extension PayoutReport {
    var node: Node {
        .object([
            "sent": .count(sent), "paid": .count(paid), "failed": .count(failed),
            "abandoned": .count(abandoned), "doubtsResolved": .count(doubtsResolved),
            "takenOver": .count(takenOver), "down": .flag(isDown),
            "open": .array(
                open.map {
                    .object([
                        "key": .text($0.key), "state": .text($0.state.rawValue),
                        "reason": .text($0.reason),
                    ])
                }),
        ])
    }

    var sentence: String {
        "\(sent) sent, \(paid) paid, \(failed) failed, \(doubtsResolved) doubts resolved, "
            + "\(abandoned) given up"
    }
}
