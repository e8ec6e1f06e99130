import LendingRules
import Operations
import Reconciling

/// The end of a demo: the JSON of INTERFACE, and tables a person enjoys reading.
struct DemoReport {
    let options: Demo.Options
    let findings: DemoFindings
    let repayments: Int
    /// Payouts that came back.
    let returned: Int
    let directory: DemoDirectory

    /// - Throws: `SettlementRefusal` when a settlement contradicts itself.
    func answer() throws -> Answer {
        Answer(
            try node(), grids: [summary, payouts, faults, breaks, try settlementGrid()],
            lines: closing,
            exit: isSound ? nil : .failed)
    }

    private var isSound: Bool {
        findings.unexplained == 0 && findings.doubleFunded == 0 && findings.imbalance == nil
            && findings.divergence == nil
    }

    private func node() throws -> Node {
        let funding = findings.funding
        return .object([
            "loans": .count(options.loans), "lenders": .count(Demo.banks.count + 1),
            "days": .count(options.days),
            "funding": .object([
                "requests": .count(findings.requests), "accepted": .count(funding.accepted),
                "refused": .count(funding.refused), "reversed": .count(funding.reversed),
                "inDoubtResolved": .count(funding.doubtsResolved),
                "doubleFunded": .count(findings.doubleFunded),
            ]),
            "payouts": .object([
                "paid": .count(funding.payouts.paid), "failed": .count(funding.payouts.failed),
                "abandoned": .count(funding.payouts.abandoned),
                "inDoubtResolved": .count(funding.payouts.doubtsResolved),
                "returned": .count(returned),
            ]),
            "repayments": .count(repayments),
            "breaks": .object([
                "opened": .count(findings.breaks.count),
                "explained": .count(findings.breaks.count { $0.cause != .unknown }),
                "unexplained": .count(findings.unexplained),
                "stillOpen": .count(findings.breaks.count { $0.state.isOpen }),
            ]),
            "settlement": try settlementNode(),
            "losses": findings.losses.node,
            "trialBalance": .text(findings.imbalance ?? "balanced"),
            "verify": .text(findings.divergence ?? "ok"), "digest": .text(findings.digest),
            "directory": .text(directory.path),
        ])
    }
}

// MARK: - For people

extension DemoReport {
    private var summary: Grid {
        let funding = findings.funding
        var grid = Grid(
            title: "\(options.loans) real loans, \(Demo.banks.count) banks and the platform, "
                + "\(options.days) business days",
            columns: [.words("funding"), .figures("requests")])
        grid.add(["accepted", "\(funding.accepted)"])
        grid.add(["refused, taken by the platform", "\(funding.takenByPlatform)"])
        grid.add(["refused, loan declined", "\(funding.declined)"])
        grid.add(["accepted, then reversed", "\(funding.reversed)"])
        grid.add(["in doubt, resolved by asking", "\(funding.doubtsResolved)"])
        grid.add(["still in doubt", "\(funding.open.count)"])
        grid.add(["funded twice", "\(findings.doubleFunded)"])
        return grid
    }

    private var payouts: Grid {
        let payouts = findings.funding.payouts
        var grid = Grid(
            title: "Paid out over the payment channel",
            columns: [.words("payout"), .figures("times")])
        grid.add(["paid", "\(payouts.paid)"])
        grid.add(["failed, tried again on a later date", "\(payouts.failed - payouts.abandoned)"])
        grid.add(["given up, every share reversed", "\(payouts.abandoned)"])
        grid.add(["in doubt, resolved by asking", "\(payouts.doubtsResolved)"])
        grid.add(["still in doubt", "\(payouts.open.count)"])
        grid.add(["came back, loan undone", "\(returned)"])
        return grid
    }

    private var faults: Grid {
        var grid = Grid(
            title: "Faults the banks injected",
            columns: [
                .words("bank"), .words("fault"), .figures("injected"), .figures("found"),
                .words("named as"),
            ])
        let groups = Dictionary(grouping: findings.faults) { "\($0.bank) \($0.kind)" }
        for (_, group) in groups.sorted(by: { $0.key < $1.key }) {
            let names = Set(group.compactMap(\.named)).sorted()
            grid.add([
                group[0].bank, group[0].kind, "\(group.count)",
                "\(group.count { $0.named != nil })", names.joined(separator: ", "),
            ])
        }
        return grid
    }

    private var breaks: Grid {
        var grid = Grid(
            title: "Differences with the banks, all explained",
            columns: [
                .words("bank"), .words("kind"), .words("likely cause"), .figures("opened"),
                .figures("still open"),
            ])
        let groups = Dictionary(grouping: findings.breaks) {
            "\($0.party) \($0.kind.rawValue) \($0.cause.rawValue)"
        }
        for (_, group) in groups.sorted(by: { $0.key < $1.key }) {
            grid.add([
                group[0].party.name, group[0].kind.rawValue, group[0].cause.rawValue,
                "\(group.count)", "\(group.count { $0.state.isOpen })",
            ])
        }
        return grid
    }

    private var closing: [String] {
        findings.losses.telling + [
            "breaks    \(findings.breaks.count) opened, \(findings.unexplained) unexplained",
            "books     \(findings.imbalance ?? "balanced, every pair mirrors")",
            "verify    \(findings.divergence ?? "ok, every day recomputed from facts")",
            "digest    \(findings.digest)",
            "",
            "Everything is kept in \(directory.path). To look inside:",
            "  export COLEND_CONFIG=\(directory.config)"
                + " COLEND_STORE='\(Launch.shown(store: directory.store))'",
            "  colend breaks list; colend loans list; colend settlement show; colend verify",
        ]
    }
}
