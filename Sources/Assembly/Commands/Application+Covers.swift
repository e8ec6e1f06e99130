import LendingRules
import Monetary
import Operations
import Settings

extension Application {
    /// `covers [--date D]`: every cover that has begun, as the close of the date left it.
    package func showCovers(on date: String?) async throws -> Answer {
        let report = CoverReport(
            losses: stores.losses, snapshots: stores.snapshots, days: stores.days,
            firstDate: configuration.platform.firstDate)
        let covers = try await report.run(try Words.date(date, "--date"))
        var grid = Grid(
            columns: [
                .words("cover"), .words("provider"), .words("kind"), .words("open"),
                .figures("ceiling"), .figures("available"), .figures("invoked"),
                .figures("unabsorbed"), .words("currency"),
            ])
        for cover in covers { grid.add(cover.cells, tones: cover.tones) }
        return Answer(
            .array(covers.map(\.node)),
            grids: [grid, covers.shortfalls].compactMap { $0 }, columns: CoverStanding.columns)
    }
}

extension CoverStanding {
    /// The columns of a list as CSV.
    fileprivate static let columns = [
        "cover", "agreement", "layer", "key", "provider", "kind", "open", "movedOn", "ceiling",
        "available", "invoked", "unabsorbed", "toppedUp", "asked", "currency",
    ]

    private var kind: String {
        switch terms.kind {
        case .frozenSet: "frozen-set"
        case .outstanding: "outstanding"
        case .reserve: "reserve"
        }
    }

    fileprivate var cells: [String] {
        [id.description, provider.name, kind, isOpen ? "yes" : "no"]
            + [account.ceiling, account.available, account.invoked, account.unabsorbed]
            .map { $0.text(currency) } + [currency.code]
    }

    /// A cover that pays no more is quiet, one that was not enough is said louder.
    fileprivate var tones: [Int: Grid.Tone] {
        isOpen ? (account.unabsorbed > 0 ? [7: .warning] : [:]) : [3: .quiet]
    }

    fileprivate var node: Node {
        .object([
            "cover": .text(id.description), "agreement": .text(id.agreement),
            "layer": .text(id.layer), "key": .optional(id.key.isEmpty ? nil : id.key),
            "provider": .text(provider.name), "kind": .text(kind), "open": .flag(isOpen),
            "movedOn": .date(movedOn), "ceiling": .amount(account.ceiling, currency),
            "available": .amount(account.available, currency),
            "invoked": .amount(account.invoked, currency),
            "unabsorbed": .amount(account.unabsorbed, currency),
            "toppedUp": .amount(account.figures.toppedUp, currency),
            "asked": .amount(asked, currency), "currency": .text(currency.code),
            "shortfalls": .array(shortfalls.map { $0.node(currency) }),
        ])
    }
}

extension CoverDemand {
    fileprivate func node(_ currency: Currency) -> Node {
        .object([
            "because": .text(shortfall), "count": .count(count),
            "asked": .amount(asked, currency), "paid": .amount(paid, currency),
        ])
    }
}

extension [CoverStanding] {
    /// Why covers paid less than they were asked; nil where all were paid whole.
    fileprivate var shortfalls: Grid? {
        var grid = Grid(
            title: "Asked for and not paid whole",
            columns: [
                .words("cover"), .words("because"), .figures("times"), .figures("asked"),
                .figures("paid"), .words("currency"),
            ])
        for cover in self {
            for demand in cover.shortfalls {
                grid.add([
                    cover.id.description, demand.shortfall, "\(demand.count)",
                    demand.asked.text(cover.currency), demand.paid.text(cover.currency),
                    cover.currency.code,
                ])
            }
        }
        return grid.rows.isEmpty ? nil : grid
    }
}
