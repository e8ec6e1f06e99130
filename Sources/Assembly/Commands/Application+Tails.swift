import LendingRules
import Monetary
import Operations

extension Application {
    /// `report tails`: what lenders' own computations came to on a closed date, loan by loan.
    package func tailReport(date: String?, partner: String?) async throws -> Answer {
        let party = try partner.map { name in
            name == catalogue.platform.name ? catalogue.platform : try self.partner(name).party
        }
        let report = TailReport(
            days: stores.days, audit: stores.audit, snapshots: stores.snapshots,
            platform: catalogue.platform)
        let result = try await report.run(Words.date(date, "--date"))
        let tails = result.tails.filter { party == nil || $0.lender == party }
        var grid = Grid(
            columns: [
                .words("loan"), .words("lender"), .words("computation"), .figures("principal"),
                .figures("interest"), .words("currency"), .words("residue"),
            ])
        for tail in tails { grid.add(tail.cells) }
        return Answer(
            .array(tails.map { $0.node(on: "\(result.date)") }), grids: [grid],
            lines: tails.isEmpty ? ["no tails on \(result.date)"] : [], columns: Tail.columns)
    }
}

extension Tail {
    fileprivate static let columns = [
        "date", "loan", "lender", "computation", "principal", "interest", "currency",
        "residueHolder",
    ]

    fileprivate var cells: [String] {
        [
            loan.text, lender.name, computation.rawValue, principal.text(currency),
            interest.text(currency), currency.code, isResidueHolder ? "holder" : "",
        ]
    }

    fileprivate func node(on date: String) -> Node {
        .object([
            "date": .text(date), "loan": .text(loan.text), "lender": .text(lender.name),
            "computation": .text(computation.rawValue),
            "principal": .text(principal.text(currency)),
            "interest": .text(interest.text(currency)), "currency": .text(currency.code),
            "residueHolder": .flag(isResidueHolder),
        ])
    }
}
