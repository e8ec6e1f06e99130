import Foundation
import TestSupport
import Testing

/// Losses shared with a real bank: what a guarantor pays for is booked on both sides alike, line by
/// line, on every day after it.
struct LossSharingTests {
    private let house: HarborBooks

    init() async throws { house = try await HarborBooks() }

    /// Harbor's part of 1,000.00 is 700.00 and, by 21 February, 9.86 of interest; 1,000.00 at 10 %
    /// in twelve instalments, none of them paid before.
    @Test func `a loan is compensated, recovered and settled, and told so`() async throws {
        let bank = try await house.lend(HarborBooks.guarantee())
        defer { bank.signal(SIGKILL) }
        try await house.close("2026-01-01 --until 2026-02-24", finding: false)
        try await house.pay("P1", "250.00", on: "2026-02-25")
        try await house.close("2026-02-25 --until 2026-03-09", finding: false)
        try await house.take("C1", "charge-off", on: "2026-03-10", ["scope": "full"])
        try await house.close("2026-03-10 --until 2026-03-11", finding: false)
        try await house.take(
            "R1", "recovery", on: "2026-03-12", ["currency": "USD", "amount": "100.00"])
        try await house.close("2026-03-12 --until 2026-03-17", finding: false)
        let story = try await house.object("loans show A1")
        let facts = try #require(story["facts"] as? [Object])
        let kinds = facts.compactMap { $0["kind"] as? String }
        #expect(
            kinds == ["disbursed", "compensation", "repayment", "charge-off", "recovery"])
        let settled = try #require(story["settled"] as? [Object]).map { line in
            ["date", "party", "type", "amount"].map { line[$0] as? String ?? "" }
                .joined(separator: " ")
        }
        #expect(
            settled == [
                "2026-02-21 harbor compensations 709.86",
                "2026-02-21 keystone compensations -709.86",
                "2026-03-12 keystone recoveries 70.00",
            ])
        try await tellOfCovers()
        let states = try #require(story["settled"] as? [Object]).map { $0["state"] as? String }
        #expect(states == ["instructed", "instructed", "instructed"])
        let shown = try await house.books.colend("loans show A1 --output table").output
        #expect(shown.contains("Settled with the parties"))
        #expect(shown.contains("S20260313.USD.keystone"))
        let guarantor = try await house.books.colend("settlement show --partner keystone").output
        #expect(guarantor.contains("S20260313.USD.keystone"))
        try await house.holdNothingIsOpen()
    }

    /// The reserve has paid 709.86 of its 5,000.00; before the loan it had not begun.
    private func tellOfCovers() async throws {
        let cover = try #require(
            try await house.books.colend("covers --output json").json(as: [Object].self).first)
        let told = ["cover", "provider", "kind", "ceiling", "available", "invoked", "unabsorbed"]
        #expect(
            told.map { cover[$0] as? String } == [
                "harbor-70-30/guarantee", "keystone", "reserve", "5000.00", "4290.14", "709.86",
                "0.00",
            ])
        #expect(cover["asked"] as? String == "709.86" && cover["open"] as? Bool == true)
        let before = try await house.books.colend("covers --date 2026-02-20 --output json")
            .json(as: [Object].self)
        #expect(before.first?["invoked"] as? String == "0.00")
        let open = try await house.books.colend("covers --date 2026-12-31")
        #expect(open.exit == 1 && open.errors.contains("QUERY-002"), "\(open)")
        #expect(try await house.books.colend("covers").output.contains("harbor-70-30/guarantee"))
    }

    /// Nobody pays: the loan grows older than the next bucket, and harbor hears nothing of it.
    @Test func `of a loan that it has handed over a bank is told nothing past due`() async throws {
        let bank = try await house.lend(HarborBooks.guarantee())
        defer { bank.signal(SIGKILL) }
        try await house.close("2026-01-01 --until 2026-03-06", finding: false)
        for date in ["2026-02-02", "2026-02-21", "2026-02-28", "2026-03-01", "2026-03-04"] {
            _ = try await house.books.colend(
                "files export --partner harbor --date \(date) --directory out")
        }
        let own = try ours("2026-02-21", "balances")
        #expect(own.map { $0.suffix(3) } == [["0", "M0", "accrual"]])
        let penaltyAlone = try ours("2026-02-28", "balances").map { Array($0[1..<5]) }
        #expect(penaltyAlone == [["0.00", "0.00", "0.00", "0.00"]])
        #expect(try ours("2026-03-01", "balances").isEmpty)
        #expect(try ours("2026-02-02", "status-changes").count == 1)
        for date in ["2026-02-21", "2026-03-04"] {
            #expect(try ours(date, "status-changes").isEmpty)
        }
        try await house.holdNothingIsOpen()
    }

    @Test(arguments: [
        ("invocation", "    share: 33.33%\n"),
        ("invocation", "    covers: principal-and-interest\n"),
        ("compensation", ""),
        ("compensation", "    covers: principal-and-interest\n    share: 80%\n"),
        (
            "compensation",
            "    covers: principal-and-interest\n    cover: {kind: reserve, amount: \"500.00\"}\n"
        ),
    ])
    func `both sides agree on every day whatever a layer pays`(way: String, more: String)
        async throws
    {
        let layer = """
            lossSharing:
              - name: guarantee
                provider: keystone
                lenders: [harbor]
                trigger: 20
                way: \(way)

            """
        let bank = try await house.lend(layer + more)
        defer { bank.signal(SIGKILL) }
        try await house.close("2026-01-01 --until 2026-02-24", finding: false)
        try await house.pay("P1", "250.00", on: "2026-02-25")
        try await house.close("2026-02-25 --until 2026-03-12", finding: false)
        let lines = try await house.lines(of: way + "s")
        #expect(lines.count == 2, "\(lines)")
        try await house.holdNothingIsOpen()
    }

    @Test func `lenders share a loss by their own ratio when it is written off`() async throws {
        let bank = try await house.lend(
            """
            lossSharing:
              - name: own-ratio
                trigger: charge-off
                shares: {platform: 50%, harbor: 50%}
            chargeOff: {daysPastDue: 20}

            """)
        defer { bank.signal(SIGKILL) }
        try await house.close("2026-01-01 --until 2026-02-25", finding: false)
        #expect(try await house.lines(of: "loss-sharing") == ["2026-02-21 200.00"])
        try await house.holdNothingIsOpen()
    }

    @Test(arguments: [
        ("buy-back", ["from": "harbor", "to": "platform", "priceRatio": "98%"], "buy-backs"),
        ("transfer", ["from": "harbor", "to": "keystone", "reason": "sale"], "transfers"),
        (
            "transfer", ["from": "harbor", "to": "platform", "reason": "substitution"],
            "buy-backs"
        ),
        (
            "transfer",
            ["from": "harbor", "to": "keystone", "reason": "sale", "share": "33%"], "transfers"
        ),
        (
            "transfer",
            ["from": "harbor", "to": "keystone", "reason": "sale", "share": "50%"], "transfers"
        ),
    ])
    func `what is sold its seller has no more, and a bank keeps its books to the cent`(
        kind: String, members: [String: String], type: String
    ) async throws {
        let bank = try await house.lend()
        defer { bank.signal(SIGKILL) }
        try await house.close("2026-01-01 --until 2026-02-09", finding: false)
        try await house.take("O1", kind, on: "2026-02-10", members)
        try await house.close("2026-02-10 --until 2026-02-24", finding: false)
        try await house.pay("P1", "250.00", on: "2026-02-25")
        try await house.close("2026-02-25 --until 2026-03-06", finding: false)
        #expect(try await house.lines(of: type).isEmpty == false)
        try await house.holdNothingIsOpen()
    }

    @Test(arguments: ["cent-off", "missing-line"])
    func `a line that the bank gets wrong is found and named`(fault: String) async throws {
        let bank = try await house.lend(
            HarborBooks.guarantee(),
            conduct: "faults: {files: [{kind: \(fault), file: compensations.csv, probability: 1}]}")
        defer { bank.signal(SIGKILL) }
        try await house.close("2026-01-01 --until 2026-02-25", finding: true)
        let breaks = try await house.breaks()
        let found = breaks.filter { $0["file"] as? String == "compensations" }
        #expect(found.count == 1, "\(breaks)")
        #expect(breaks.allSatisfy { $0["cause"] as? String != "unknown" }, "\(breaks)")
        try await house.verified()
    }

    /// The rows of our file of a date to harbor.
    private func ours(_ date: String, _ name: String) throws -> [[String]] {
        let path = house.books.folder.path("out/\(date)/harbor/\(name).csv")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return text.split(separator: "\n").dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
