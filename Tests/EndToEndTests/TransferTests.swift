import Foundation
import TestSupport
import Testing

/// Loans that the platform pays out alone, and whose shares a real bank takes over afterwards.
struct TransferTests {
    private let books: Books

    init() async throws {
        books = try await Books.new()
        try books.change("agreements/harbor-70-30.yaml") {
            $0 + "fundingMode: after-payout\ntransferDays: 4\n"
        }
    }

    /// Interest of one night is 0.27, of which 0.19 are the bank's.
    @Test func `a share that is accepted at once changes hands on the day of the payout`()
        async throws
    {
        let bank = try await bank()
        defer { bank.signal(SIGKILL) }
        try await book()
        let funded = try await books.colend("fund").json(as: Object.self)
        #expect(funded["disbursed"] as? Int == 1 && funded["transferred"] as? Int == 1)
        try await close("2026-01-01 --until 2026-01-31")
        try await pay("P1", "87.92", on: "2026-02-01")
        try await close("2026-02-01 --until 2026-02-03")
        let rows = try await lines(of: "transfers")
        #expect(rows == ["2026-01-01 -700.19"])
        #expect(try await lines(of: "funding-due").isEmpty)
        #expect(try await lines(of: "repayments") == ["2026-02-01 61.54"])
        try await holdNothingIsOpen()
    }

    @Test func `an answer that comes late moves the share at the end of its own date`()
        async throws
    {
        let bank = try await bank("pending: {probability: 1, queries: 3}")
        defer { bank.signal(SIGKILL) }
        try await book()
        let first = try await books.colend("fund").json(as: Object.self)
        #expect(first["disbursed"] as? Int == 1 && first["transferred"] as? Int == 0)
        #expect(try await loan()["state"] as? String == "transferring")
        let date = try #require(try await transferDate())
        #expect(date > "2026-01-01" && date <= "2026-01-05")
        try await close("\(date) --until 2026-01-31")
        try await pay("P1", "100.00", on: "2026-02-01")
        try await close("2026-02-01 --until 2026-02-09")
        try await reverse("P1", "100.00", on: "2026-02-10")
        try await close("2026-02-10 --until 2026-03-04")
        let rows = try await lines(of: "transfers")
        #expect(rows.count == 1 && rows[0].hasPrefix(date))
        try await holdNothingIsOpen()
    }

    @Test(
        arguments: [
            ("refuse: [{amountAbove: \"1.00\", reasonCode: full, reason: too much}]", 0),
            ("pending: {probability: 1, queries: 1000}", 1),
        ])
    func `a share that nobody takes over in time stays with the platform`(
        conduct: String, givenUp: Int
    ) async throws {
        let bank = try await bank(conduct)
        defer { bank.signal(SIGKILL) }
        try await book()
        var (kept, given) = (0, 0)
        for day in 1...6 {
            let funded = try await books.colend("fund").json(as: Object.self)
            kept += funded["keptByOriginator"] as? Int ?? 0
            given += funded["givenUp"] as? Int ?? 0
            #expect(funded["transferred"] as? Int == 0)
            _ = try await books.colend("eod --date 2026-01-0\(day)")
        }
        #expect((kept, given) == (1, givenUp))
        #expect(try await loan()["state"] as? String == "disbursed")
        try await close("2026-01-07 --until 2026-02-03")
        #expect(try await lines(of: "transfers").isEmpty)
        try await holdNothingIsOpen()
    }

    @Test(arguments: ["none", "interest"])
    func `a loan given back gives back what was taken over`(charge: String) async throws {
        let bank = try await bank()
        defer { bank.signal(SIGKILL) }
        try await book()
        #expect(try await books.colend("fund").exit == 0)
        let early = try await cancel(charge, on: "2026-01-01")
        #expect(early.exit == 65 && early.errors.contains("FACT-007"), "\(early.errors)")
        try await close("2026-01-01 --until 2026-01-02")
        #expect(try await cancel(charge, on: "2026-01-03").exit == 0)
        try await close("2026-01-03 --until 2026-01-05")
        #expect(
            try await lines(of: "transfers") == ["2026-01-01 -700.19", "2026-01-03 700.19"])
        try await holdNothingIsOpen()
    }

    @Test func `what is asked of a loan given back meanwhile is taken back`() async throws {
        let bank = try await bank("pending: {probability: 1, queries: 1000}")
        defer { bank.signal(SIGKILL) }
        try await book()
        _ = try await books.colend("fund")
        _ = try await books.colend("eod --date 2026-01-01")
        #expect(try await cancel("none", on: "2026-01-02").exit == 0)
        let funded = try await books.colend("fund")
        #expect(funded.exit == 0, "\(funded.output) \(funded.errors)")
        #expect(try funded.json(as: Object.self)["reversed"] as? Int == 1)
        try await close("2026-01-02 --until 2026-01-05")
        #expect(try await lines(of: "transfers").isEmpty)
        try await holdNothingIsOpen()
    }

    /// The closes ask, and no run of funding looks at the loan any more.
    @Test func `a refusal of what is asked of a loan given back leaves nothing to take back`()
        async throws
    {
        let bank = try await bank(
            "pending: {probability: 1, queries: 4}\n"
                + "refuse: [{amountAbove: \"1.00\", reasonCode: full, reason: too much}]")
        defer { bank.signal(SIGKILL) }
        try await book()
        _ = try await books.colend("fund")
        _ = try await books.colend("eod --date 2026-01-01")
        #expect(try await loan()["state"] as? String == "transferring")
        #expect(try await cancel("none", on: "2026-01-02").exit == 0)
        _ = try await books.colend("eod --date 2026-01-02 --until 2026-01-05")
        let shown = try await books.colend("loans show A1 --output json").json(as: Object.self)
        let requests = try #require(shown["requests"] as? [Object])
        #expect(requests.map { $0["state"] as? String } == ["refused"])
        #expect(try await lines(of: "transfers").isEmpty)
        try await holdNothingIsOpen()
    }

    @Test(arguments: ["transfer.before-conclusion", "transfer.after-conclusion"])
    func `a kill leaves the fact, the request and the loan together`(point: String) async throws {
        let bank = try await bank()
        defer { bank.signal(SIGKILL) }
        try await book()
        let killed = try await books.colend(["fund"], environment: ["COLEND_CRASH_AT": point])
        #expect(killed.exit != 0)
        #expect(try await books.colend("fund").exit == 0)
        #expect(try await loan()["state"] as? String == "disbursed")
        try await close("2026-01-01")
        #expect(try await lines(of: "transfers") == ["2026-01-01 -700.19"])
        try await holdNothingIsOpen()
    }

    @Test func `a lender's limit counts its share from the approval on`() async throws {
        let bank = try await bank("pending: {probability: 1, queries: 3}")
        defer { bank.signal(SIGKILL) }
        try books.change("agreements/harbor-70-30.yaml") {
            $0 + "limits:\n  - {party: harbor, per: outstanding, amount: \"1000.00\"}\n"
                + "  - {party: platform, per: outstanding, amount: \"9000.00\"}\n"
                + "  - {party: harbor, per: outstanding, each: product, amount: 9000}\n"
                + "  - {party: platform, per: outstanding, each: product, amount: 9000}\n"
        }
        try await book()
        let second = try await books.colend(["loans", "import", "-"], input: Self.row("A2"))
        #expect(second.exit == 65 && second.errors.contains("harbor"), "\(second.errors)")
        _ = try await books.colend("fund")
        _ = try await books.colend("eod --date 2026-01-01")
        for dimension in [nil, "product"] {
            let used = try await used(by: dimension)
            #expect(used == ["harbor": "700.00", "platform": "1000.00"])
        }
        let date = try #require(try await transferDate(from: 2))
        try await close("\(date) --until 2026-01-06")
        for dimension in [nil, "product"] {
            #expect(
                try await used(by: dimension) == ["harbor": "700.00", "platform": "300.00"])
        }
        try await holdNothingIsOpen()
    }
}

// MARK: - What it is done with

extension TransferTests {
    private static func row(_ loan: String) -> String {
        Books.header + "\n\(loan),B1,instalment-loan,1000.00,USD,10,12,2026-01-01T09:00:00Z\n"
    }

    private func book() async throws {
        let taken = try await books.colend(["loans", "import", "-"], input: Self.row("A1"))
        try #require(taken.exit == 0, "\(taken.errors)")
    }

    private func loan() async throws -> Object {
        let shown = try await books.colend("loans show A1 --output json").json(as: Object.self)
        return try #require(shown["loan"] as? Object)
    }

    /// Funds and closes day after day until the share has changed hands; that day stays open.
    private func transferDate(from first: Int = 1) async throws -> String? {
        for day in first...5 {
            let funded = try await books.colend("fund").json(as: Object.self)
            if funded["transferred"] as? Int == 1 { return "2026-01-0\(day)" }
            _ = try await books.colend("eod --date 2026-01-0\(day)")
        }
        return nil
    }

    /// Closes dates, and both houses agree on them.
    private func close(_ dates: String) async throws {
        let closed = try await books.colend("eod --date \(dates)")
        #expect(closed.exit == 0, "\(closed.errors) \(closed.output)")
    }

    private func pay(_ id: String, _ amount: String, on date: String) async throws {
        try await repay("\(id),A1,\(amount),USD,\(date)T10:00:00Z,")
    }

    private func reverse(_ id: String, _ amount: String, on date: String) async throws {
        try await repay("R\(id),A1,\(amount),USD,\(date)T10:00:00Z,\(id)")
    }

    private func repay(_ row: String) async throws {
        let header = "payment_id,loan_id,amount,currency,paid_at,reverses\n"
        let paid = try await books.colend(
            ["repayments", "import", "-"], input: header + row + "\n")
        #expect(paid.exit == 0, "\(paid.errors)")
    }

    private func cancel(_ charge: String, on date: String) async throws -> Colend.Outcome {
        let line =
            "{\"id\":\"X1\",\"kind\":\"cancelled\",\"loan\":\"A1\",\"valueDate\":\"\(date)\","
            + "\"at\":\"\(date)T12:00:00Z\",\"charge\":\"\(charge)\"}\n"
        return try await books.colend(["facts", "import", "-"], input: line)
    }

    /// Lines of a type in all settlements, as `date amount`.
    private func lines(of type: String) async throws -> [String] {
        let settlements = try await books.colend("settlement show --output json")
            .json(as: [Object].self)
        return settlements.flatMap { $0["lines"] as? [Object] ?? [] }
            .filter { $0["type"] as? String == type }
            .map { "\($0["date"] as? String ?? "") \($0["amount"] as? String ?? "")" }.sorted()
    }

    private func used(by dimension: String?) async throws -> [String: String] {
        let limits = try await books.colend("limits --output json").json(as: [Object].self)
        return Dictionary(
            limits.filter { $0["of"] as? String == dimension }.map {
                ($0["lender"] as? String ?? "", $0["used"] as? String ?? "")
            }
        ) { first, _ in first }
    }

    private func holdNothingIsOpen() async throws {
        let breaks = try await books.colend("breaks list --output json").json(as: [Object].self)
        #expect(breaks.isEmpty, "\(breaks)")
        let verified = try await books.colend("verify")
        #expect(verified.exit == 0, "\(verified.output) \(verified.errors)")
    }

    private func bank(_ conduct: String = "") async throws -> ProductProcess {
        try await books.startHarbor(
            """
            serviceFeePercent: "8"
            penalty: {multiple: "1.5", graceDays: 3}
            roundingTolerance: 0
            \(conduct)
            """)
    }
}
