import Foundation
import TestSupport
import Testing

/// One loan, `A1` of 1,000.00 at 10 % in twelve instalments, of which harbor's bank has 700.00,
/// paid out on 2026-01-01.
struct HarborBooks: BooksHouse {
    let books: Books

    init() async throws {
        books = try await Books.new()
        try books.write(party: "keystone", kind: "guarantor")
    }

    /// Keystone compensates harbor for a loan that is 20 days past due; `more` is added to the
    /// layer.
    static func guarantee(_ more: String = "") -> String {
        """
        lossSharing:
          - name: guarantee
            provider: keystone
            lenders: [harbor]
            trigger: 20
            way: compensation
            covers: principal-and-interest
            cover: {kind: reserve, amount: "5000.00"}
        \(more)

        """
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
        try await take("loans", Books.header + "\n" + row)
        try await fund()
        return bank
    }

    func pay(_ id: String, _ amount: String, on date: String, reverses: String = "") async throws {
        let header = "payment_id,loan_id,amount,currency,paid_at,reverses\n"
        try await take(
            "repayments", header + "\(id),A1,\(amount),USD,\(date)T10:00:00Z,\(reverses)\n")
    }

    func take(_ id: String, _ kind: String, on date: String, _ members: [String: String])
        async throws
    {
        try await fact(id, kind, "A1", date, members)
    }

    /// Settlement lines of a type, a party's or everybody's, as `date amount`.
    func lines(of type: String, _ party: String? = nil) async throws -> [String] {
        let settlements = try await books.colend("settlement show --output json")
            .json(as: [Object].self)
        return settlements.filter { party == nil || $0["party"] as? String == party }
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
        try await verified()
    }
}
