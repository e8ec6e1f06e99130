import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling

extension Application {
    /// Every party whose files are matched: the partner banks, and the houses of a clearing.
    var reconciledParties: [PartyID] {
        catalogue.partners.map(\.party)
            + (catalogue.clearing.map { [$0.channel, $0.account] } ?? [])
    }

    /// The partner or house of a name.
    ///
    /// - Throws: ``UsageFault`` USAGE-002.
    func reconciledParty(_ name: String) throws -> PartyID {
        if let party = reconciledParties.first(where: { $0.name == name }) { return party }
        let names = reconciledParties.map(\.name).joined(separator: ", ")
        throw UsageFault(
            code: "USAGE-002", "there is no partner or house '\(name)'; configured: \(names)")
    }

    /// Collections that no statement has shown yet, oldest first; no grid when there are none.
    func cashInTransit() async throws -> (nodes: [Node], grid: Grid?) {
        guard let clearing = catalogue.clearing else { return ([], nil) }
        let open = try await stores.cash.openDate()
        let batches = try await stores.cash.unseen(before: open).filter { $0.gross != 0 }
        if batches.isEmpty { return ([], nil) }
        var grid = Grid(
            title: "Cash in transit",
            columns: [
                .words("collected on"), .words("due on"), .figures("gross"), .figures("fee"),
                .words("currency"),
            ])
        for batch in batches {
            grid.add([
                batch.date.description, batch.dueOn.description, batch.gross.text(batch.currency),
                batch.fee.text(batch.currency), batch.currency.code,
            ])
        }
        let nodes = batches.map { batch in
            Node.object([
                "date": .date(batch.date), "party": .text(clearing.account.name),
                "state": .text("in-transit"), "dueOn": .date(batch.dueOn),
                "gross": .amount(batch.gross, batch.currency),
                "fee": .amount(batch.fee, batch.currency),
                "currency": .text(batch.currency.code),
            ])
        }
        return (nodes, grid)
    }
}
