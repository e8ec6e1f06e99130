import Foundation
import TestSupport
import Testing

/// One loan, `A1` of 1,000.00 at 10 % in twelve instalments, of which harbor's bank has 700.00,
/// paid out on 2026-01-01.
struct HarborBooks {
    let books: Books

    init() async throws {
        books = try await Books.new()
        try books.folder.write(
            "party: keystone\nname: Keystone Guarantee\nkind: guarantor\n",
            to: "Config/parties/keystone.yaml")
    }

    /// Starts the bank, and lends; `layers` are added to the agreement.
    func lend(_ layers: String = "", conduct: String = "") async throws -> ProductProcess {
        try books.change("agreements/harbor-70-30.yaml") { $0 + layers }
        let bank = try await books.startHarbor(
            """
            serviceFeePercent: "8"
            penalty: {multiple: "1.5", graceDays: 3}
            roundingTolerance: 0
            \(conduct)
            """)
        let row = "A1,B1,instalment-loan,1000.00,USD,10,12,2026-01-01T09:00:00Z\n"
        let taken = try await books.colend(
            ["loans", "import", "-"], input: Books.header + "\n" + row)
        try #require(taken.exit == 0, "\(taken.errors)")
        let funded = try await books.colend("fund")
        try #require(funded.exit == 0, "\(funded.errors)")
        return bank
    }

    /// Exit 2 says that something differs; what does is looked at in the end.
    func close(_ dates: String) async throws {
        let closed = try await books.colend("eod --date \(dates)")
        try #require([0, 2].contains(closed.exit), "\(closed.errors)")
    }

    func pay(_ id: String, _ amount: String, on date: String, reverses: String = "") async throws {
        let header = "payment_id,loan_id,amount,currency,paid_at,reverses\n"
        let paid = try await books.colend(
            ["repayments", "import", "-"],
            input: header + "\(id),A1,\(amount),USD,\(date)T10:00:00Z,\(reverses)\n")
        try #require(paid.exit == 0, "\(paid.errors)")
    }

    func take(_ id: String, _ kind: String, on date: String, _ members: [String: String])
        async throws
    {
        let common = [
            "id": id, "kind": kind, "loan": "A1", "valueDate": date, "at": "\(date)T10:00:00Z",
        ]
        let taken = try await books.colend(
            ["facts", "import", "-"],
            input: FactLines.json(common.merging(members) { $1 }) + "\n")
        try #require(taken.exit == 0, "\(taken.errors)")
    }

    /// What a command tells as a JSON object.
    func object(_ words: String) async throws -> Object {
        let outcome = try await books.colend(words + " --output json")
        try #require(outcome.exit == 0, "\(words): \(outcome.errors)")
        return try outcome.json(as: Object.self)
    }

    /// A party's settlement lines of a type, as `date amount`.
    func lines(of type: String, _ party: String) async throws -> [String] {
        let settlements = try await books.colend("settlement show --output json")
            .json(as: [Object].self)
        return settlements.filter { $0["party"] as? String == party }
            .flatMap { $0["lines"] as? [Object] ?? [] }
            .filter { $0["type"] as? String == type }
            .map { "\($0["date"] as? String ?? "") \($0["amount"] as? String ?? "")" }.sorted()
    }

    func breaks() async throws -> [Object] {
        try await books.colend("breaks list --output json").json(as: [Object].self)
    }

    func holdNothingIsOpen() async throws {
        let breaks = try await breaks()
        #expect(breaks.isEmpty, "\(breaks)")
        let verified = try await books.colend("verify")
        #expect(verified.exit == 0, "\(verified.output) \(verified.errors)")
    }
}
