import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport

/// One loan under an agreement of three lenders that pays borrowers in a given way.
struct WayStory {
    let house: TestHouse

    /// Books the loan; deposits hold just its shares where shares are taken from them.
    init(_ way: DisbursementWay, channel: TestChannel? = nil) async throws {
        house = try Self.house(way, channel: channel)
        if way == .reserve {
            try await Self.deposit(["harbor 500.00", "meridian 300.00"], in: house)
        }
        try await house.book(LoanFile.row("L1", product: "orphan"))
    }

    static func house(_ way: DisbursementWay, channel: TestChannel? = nil) throws -> TestHouse {
        let agreement = try TestTerms.agreement(
            "ways", ["orphan"],
            [
                (TestTerms.platform, "20%"), (TestTerms.harbor, "50%"),
                (TestTerms.meridian, "30%"),
            ], disbursement: way)
        return try TestHouse(
            channel: channel, catalogue: try TestTerms.catalogue(agreements: [agreement]))
    }

    /// Deposits such as `harbor 500.00`.
    static func deposit(_ words: [String], in house: TestHouse) async throws {
        let rows = words.map { word in
            let parts = word.split(separator: " ").map(String.init)
            return ["K1", parts[0], "deposit", parts[1], "USD"]
        }
        _ = try await house.reserveImport.run(table(rows))
    }

    static func table(_ rows: [[String]]) -> ImportTable {
        ImportTable(
            file: "reserves.csv", columns: ReserveImport.columns,
            rows: rows.enumerated().map { index, fields in
                ImportRow(
                    line: index + 2,
                    fields: fields.enumerated().map {
                        ImportField(text: $1, column: 10 * $0 + 1)
                    })
            })
    }

    /// Entries of a date that the disbursement makes, what passes through an account left out:
    /// `book account/counterparty amount` in whole units, sorted.
    func entries(on date: String) -> [String] {
        var sums: [String: Int64] = [:]
        for row in house.store.world.ledgerRows
        where row.date == SampleLoan.date(date) && [.disbursement, .payout].contains(row.kind) {
            let posting = row.posting
            let other = posting.counterparty.map { "/\($0)" } ?? ""
            sums["\(posting.book) \(posting.account)\(other)", default: 0] += posting.amount
        }
        return sums.filter { $0.value != 0 }.map { "\($0) \($1 / 100)" }.sorted()
    }

    /// The entries of a table, sorted.
    static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").flatMap { $0.split(separator: ", ") }.map(String.init).sorted()
    }

    static func negated(_ line: String) -> String {
        var words = line.split(separator: " ").map(String.init)
        let amount = words.removeLast()
        words.append(amount.hasPrefix("-") ? String(amount.dropFirst()) : "-" + amount)
        return words.joined(separator: " ")
    }

    func obligations(on date: String) -> String {
        (house.store.world.obligations[SampleLoan.date(date)] ?? []).map {
            "\($0.party) \($0.type.rawValue) \($0.amount / 100)"
        }.joined(separator: ", ")
    }

    /// What settles a reconciled date.
    func settle(_ date: String) async throws -> String {
        for party in [TestTerms.harbor, TestTerms.meridian] {
            house.reconciled(date, .reconciled, with: party)
        }
        _ = try await house.settle.run()
        return house.store.world.settlements.sorted { $0.id < $1.id }.map {
            "\($0.id.party) \($0.amount / 100)"
        }.joined(separator: ", ")
    }

    /// Accounts that hold something, memorandum apart: `book account/counterparty amount`.
    func left(besides accounts: Set<Account>) -> [String] {
        var sums: [String: Int64] = [:]
        for row in house.store.world.ledgerRows where !accounts.contains(row.posting.account) {
            let other = row.posting.counterparty.map { "/\($0)" } ?? ""
            sums["\(row.posting.book) \(row.posting.account)\(other)", default: 0] +=
                row.posting.amount
        }
        return sums.filter { $0.value != 0 }.map { "\($0) \($1 / 100)" }.sorted()
    }

    /// The deposits, whole.
    var deposits: [String] {
        if house.store.world.reserveMovements.isEmpty { return [] }
        return [
            "harbor 1010 -500", "harbor 1330/platform 500", "meridian 1010 -300",
            "meridian 1330/platform 300", "platform 1010 800", "platform 1330/harbor -500",
            "platform 1330/meridian -300",
        ]
    }
}

extension TestHouse {
    var reserveImport: ReserveImport {
        ReserveImport(store: store, catalogue: catalogue, surroundings: surroundings)
    }
}
