import LendingRules
import Monetary
import Operations

/// What became of the instructions of a demo.
extension DemoReport {
    /// Where an instruction can stand, with the words people read.
    private static let states: [(state: SettlementState, words: String)] = [
        (.confirmed, "confirmed"), (.partial, "paid in part"), (.returned, "sent back"),
        (.instructed, "under way"),
    ]

    /// - Throws: `SettlementRefusal` when a settlement contradicts itself.
    func settlementNode() throws -> Node {
        .object([
            "instructions": .count(findings.instructions.count),
            "confirmed": .count(try findings.count(.confirmed)),
            "partial": .count(try findings.count(.partial)),
            "returned": .count(try findings.count(.returned)),
            "underWay": .count(try findings.count(.instructed)),
            "net": .array(
                try findings.nets().map {
                    .object([
                        "party": .text($0.party.name), "currency": .text($0.currency.code),
                        "amount": .amount($0.amount, $0.currency),
                    ])
                }),
        ])
    }

    /// - Throws: `SettlementRefusal` when a settlement contradicts itself.
    func settlementGrid() throws -> Grid {
        var grid = Grid(
            title: "Settled, net",
            columns: [.words("bank"), .figures("instructions")]
                + DemoReport.states.map { .figures($0.words) }
                + [.words("direction"), .figures("net"), .words("currency")])
        for net in try findings.nets() {
            let counts = try DemoReport.states.map {
                "\(try findings.count($0.state, of: net.party))"
            }
            let all = findings.instructions.count { $0.id.party == net.party }
            grid.add(
                [net.party.name, "\(all)"] + counts + [
                    net.amount > 0 ? "platform paid" : "bank paid",
                    abs(net.amount).text(net.currency), net.currency.code,
                ])
        }
        return grid
    }
}
