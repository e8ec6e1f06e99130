import Foundation
import TestSupport
import Testing

/// A pool from its file to its last payment date, as commands see it.
///
/// The platform alone lends three loans on 2026-01-01: 1,000.00 at 10 % and 2,500.00 at 8.5 % sell,
/// 40,000.00 at 12.25 % is larger than the pool takes.
struct PoolTests {
    private let books: Books

    static let pool = """
        pool: spring
        cutOff: 2026-01-31
        settlesOn: 2026-02-03
        buyer: vehicle
        price: par-plus-accrued
        select:
          sellers: [platform]
          target: "10000.00"
        notes:
          tranches:
            - { name: senior, holder: fund, original: "2800.00", rate: 6 }
            - { name: equity, holder: platform, original: "700.00" }
          servicing: { payee: platform, rate: 1.2 }
          cleanUp: { buyer: platform, atMost: "99%" }
          payments: { first: 2026-03-15 }
          final: 2031-03-15
          residual: platform

        """

    /// The platform has all of a loan.
    static let alone = """
        agreement: harbor-70-30
        effectiveFrom: 2026-01-01
        currency: USD
        products: [instalment-loan]
        lenders:
          - {party: platform, share: "100%"}
        onRefusal: platform
        settlement: {lagDays: 1, calendar: US}

        """

    init() async throws {
        books = try await Books.new()
        try books.folder.write(Self.alone, to: "Config/agreements/harbor-70-30.yaml")
        try books.folder.write(
            "party: vehicle\nname: V\nkind: spv\n", to: "Config/parties/vehicle.yaml")
        try books.folder.write(Self.pool, to: "Config/pools/spring.yaml")
        let booked = try await books.colend(["loans", "import", "-"], input: Books.loans)
        try #require(booked.exit == 0, "\(booked.errors)")
        let funded = try await books.colend("fund")
        try #require(funded.exit == 0, "\(funded.errors)")
    }

    private func close(_ dates: String) async throws {
        let closed = try await books.colend("eod --date \(dates)")
        try #require([0, 2].contains(closed.exit), "\(closed.errors)")
    }

    private func pay(_ id: String, _ loan: String, _ amount: String, _ date: String) async throws {
        let paid = try await books.colend(
            ["repayments", "import", "-"],
            input: "payment_id,loan_id,amount,currency,paid_at,channel\n"
                + "\(id),\(loan),\(amount),USD,\(date)T09:00:00Z,bank\n")
        try #require(paid.exit == 0, "\(paid.errors)")
    }

    private func json(_ words: String) async throws -> Object {
        let outcome = try await books.colend(words + " --output json")
        try #require(outcome.exit == 0, "\(words): \(outcome.errors)")
        return try outcome.json(as: Object.self)
    }

    private func codes(_ words: String) async throws -> [String] {
        try await books.colend(words).codes
    }

    private func sold() async throws {
        try await close("2026-01-01 --until 2026-01-31")
        _ = try await json("pools select spring --keep")
        try await pay("P1", "A1", "87.92", "2026-02-01")
        _ = try await json("pools sell spring")
        try await close("2026-02-01 --until 2026-02-03")
    }

    @Test func `what is not in its time is refused by name`() async throws {
        #expect(try await codes("pools select autumn") == ["POOL-001"])
        #expect(try await codes("pools select spring") == ["POOL-002"])
        #expect(try await codes("pools sell spring") == ["POOL-004"])
        try await close("2026-01-01 --until 2026-01-31")
        #expect(try await codes("pools pay spring") == ["POOL-004"])
        _ = try await json("pools select spring --keep")
        #expect(try await codes("pools select spring --keep") == ["POOL-003"])
        #expect(try await codes("pools pay spring") == ["POOL-008"])
        _ = try await json("pools sell spring")
        #expect(try await codes("pools sell spring") == ["POOL-005"])
        try await close("2026-02-01 --until 2026-02-03")
        #expect(try await codes("pools pay spring") == ["POOL-002"])
        #expect(try await codes("pools pay spring --on 2026-03-16") == ["POOL-011"])
    }

    @Test func `a vehicle has one pool, a share one buyer, and notes cost what shares do`()
        async throws
    {
        try books.folder.write(
            "party: second\nname: S\nkind: spv\n", to: "Config/parties/second.yaml")
        for (name, old, new) in [
            ("large", "2800.00", "5800.00"), ("summer", "vehicle", "vehicle"),
            ("autumn", "vehicle", "second"),
        ] {
            let text = Self.pool.replacing("pool: spring", with: "pool: \(name)")
            try books.folder.write(
                text.replacing(old, with: new), to: "Config/pools/\(name).yaml")
        }
        try await close("2026-01-01 --until 2026-01-31")
        #expect(try await codes("pools select large --keep") == ["POOL-012"])
        for name in ["spring", "summer", "autumn"] {
            _ = try await json("pools select \(name) --keep")
        }
        _ = try await json("pools sell spring")
        #expect(try await codes("pools sell summer") == ["POOL-013"])
        #expect(try await codes("pools sell autumn") == ["POOL-007"])
        for verb in ["sell", "pay", "report", "show"] {
            #expect(try await codes("pools \(verb) winter") == ["POOL-001"])
        }
    }

    @Test func `a pool that nothing fits, that comes too late or has no notes is refused`()
        async throws
    {
        func write(_ name: String, _ change: (String) -> String) throws {
            try books.folder.write(
                change(Self.pool.replacing("pool: spring", with: "pool: \(name)")),
                to: "Config/pools/\(name).yaml")
        }
        try write("none") {
            $0.replacing("target:", with: "daysPastDue: 0\n  grades: [Z]\n  target:")
        }
        try write("plain") { String($0.prefix { $0 != "#" }).components(separatedBy: "notes:")[0] }
        try await close("2026-01-01 --until 2026-01-31")
        #expect(try await codes("pools select none --keep") == ["POOL-012"])
        _ = try await json("pools select plain --keep")
        _ = try await json("pools select spring --keep")
        _ = try await json("pools sell plain")
        try await close("2026-02-01 --until 2026-02-03")
        #expect(try await codes("pools pay plain") == ["POOL-009"])
        #expect(try await codes("pools sell spring") == ["POOL-006"])
    }

    @Test func `a share that is sold elsewhere meanwhile cannot be sold`() async throws {
        try books.folder.write(
            "party: second\nname: S\nkind: spv\n", to: "Config/parties/second.yaml")
        try await close("2026-01-01 --until 2026-01-31")
        _ = try await json("pools select spring --keep")
        try books.folder.write(
            Self.pool.replacing("pool: spring", with: "pool: other")
                .replacing("buyer: vehicle", with: "buyer: second")
                .replacing("settlesOn: 2026-02-03", with: "settlesOn: 2026-02-05"),
            to: "Config/pools/other.yaml")
        _ = try await json("pools select other --keep")
        _ = try await json("pools sell spring")
        try await close("2026-02-01 --until 2026-02-03")
        #expect(try await codes("pools sell other") == ["POOL-007"])
    }

    @Test func `shares are the vehicle's from the day after, and collections pass through`()
        async throws
    {
        try await close("2026-01-01 --until 2026-01-31")
        let selected = try await json("pools select spring --keep")
        #expect((selected["taken"] as? [Object])?.map { $0["loan"] as? String } == ["A1", "A2"])
        #expect(selected["principal"] as? String == "3500.00")
        let left = try #require((selected["left"] as? [Object])?.first)
        #expect(left["reasons"] as? [String] == ["target: room for 6500.00"])
        try await pay("P1", "A1", "87.92", "2026-02-01")
        let sale = try await json("pools sell spring")
        // A month of 1,000.00 at 10 % and of 2,500.00 at 8.5 % has accrued: 8.33 and 17.71.
        #expect((sale["sellers"] as? [Object])?.first?["price"] as? String == "3526.04")
        try await close("2026-02-01 --until 2026-02-03")
        let story = try await books.colend("loans show A1 --output table").output
        #expect(story.contains("pool-sale") && story.contains("pool-collection"), "\(story)")
        #expect(story.contains("1008.33") && story.contains("87.92"))
        let shown = try await json("pools show spring")
        #expect(shown["state"] as? String == "settled")
        #expect(shown["nextPayment"] as? String == "2026-03-15")
        try await close("2026-02-04 --until 2026-02-28")
        try await pay("P2", "A1", "87.92", "2026-03-01")
        try await close("2026-03-01")
        let entries = try await books.colend(
            "ledger trial-balance --book vehicle --date 2026-03-01 --output csv"
        ).output
        #expect(entries.contains("1110"), "\(entries)")
        #expect(try await books.colend("verify").exit == 0)
    }

    /// 1,000.00 and 2,500.00 at the cut-off. To 02-28 came 79.59 of principal and 8.33 of interest.
    /// The fee is 3,500.00 x 1.2 % x 28/365 = 3.22; 2,800.00 at 6 % from 02-03 to 03-15 are 42 days
    /// of 30/360, 19.60.
    @Test func `notes are paid once from what came, and told again`() async throws {
        try await sold()
        try await close("2026-02-04 --until 2026-02-28")
        let paid = try await json("pools pay spring --on 2026-03-15")
        let lines = (paid["payments"] as? [Object])?.map {
            "\($0["kind"] ?? "") \($0["due"] ?? "") \($0["paid"] ?? "")"
        }
        // What interest lacks principal makes up for.
        #expect(
            lines == [
                "servicing-fee 3.22 3.22", "interest 19.60 19.60", "principal 79.59 65.10",
            ])
        let told = try await json("pools report spring")
        let payments = try [told, paid].map {
            try JSONSerialization.data(
                withJSONObject: $0["payments"] as Any, options: .sortedKeys)
        }
        #expect(told.count == paid.count && payments[0] == payments[1])
        #expect(try await codes("pools pay spring") == ["POOL-002"])
        let verified = try await books.colend("verify")
        #expect(verified.exit == 0, "\(verified.output)")
        let shown = try await json("pools show spring")
        #expect(shown["outstanding"] as? String == "3420.41")
    }

    /// What is posted on a date for notes: `book agreement account counterparty amount`.
    private func notePostings(_ date: String) async throws -> [String] {
        let told = try await books.colend(
            "ledger entries --from \(date) --until \(date) --output json")
        try #require(told.exit == 0, "\(told.errors)")
        return try told.json(as: [Object].self).filter { $0["kind"] as? String == "pool-notes" }
            .map { row in
                ["book", "agreement", "account", "counterparty", "amount"]
                    .map { row[$0] as? String ?? "-" }.joined(separator: " ")
            }
    }

    /// The fund has no book and is paid in cash, the platform has one: 700.00 of equity less the
    /// fee of 3.22 are what it owes the vehicle. Nobody is paid twice.
    @Test func `notes stand in the vehicle's book and in that of who holds them, once`()
        async throws
    {
        try await sold()
        try await close("2026-02-04 --until 2026-02-28")
        _ = try await json("pools pay spring --dry-run")
        #expect(try await notePostings("2026-03-01").isEmpty)
        _ = try await json("pools pay spring")
        #expect(try await codes("pools pay spring") == ["POOL-002"])
        let posted = try await notePostings("2026-03-01")
        #expect(
            posted.sorted() == [
                "platform spring 1310 vehicle 3.22", "platform spring 4040 - -3.22",
                "platform spring/equity 1210 - 700.00",
                "platform spring/equity 1310 vehicle -700.00",
                "vehicle spring 1310 platform -3.22", "vehicle spring 5010 - 3.22",
                "vehicle spring/equity 1310 platform 700.00",
                "vehicle spring/equity 2110 - -700.00",
                "vehicle spring/senior 1010 - 2715.30",
                "vehicle spring/senior 2110 - -2734.90",
                "vehicle spring/senior 5090 - 19.60",
            ])
        try await close("2026-03-01 --until 2026-03-09")
        try await pay("P2", "A1", "87.92", "2026-03-10")
        try await close("2026-03-10 --until 2026-03-31")
        let settled = try await books.colend(
            "settlement show --partner vehicle --output json"
        ).output
        #expect(settled.contains("pool-notes") && settled.contains("696.78"), "\(settled)")
        _ = try await json("pools pay spring")
        #expect(try await notePostings("2026-03-01") == posted)
        let later = try await notePostings("2026-04-01")
        #expect(
            later.contains { $0.hasPrefix("vehicle spring/senior 5090") }
                && !later.contains { $0.contains("spring/equity") }, "\(later)")
        let verified = try await books.colend("verify")
        #expect(verified.exit == 0, "\(verified.output)")
    }

    @Test func `the books of a deal with notes are read by hledger`() async throws {
        try await sold()
        try await close("2026-02-04 --until 2026-02-28")
        _ = try await json("pools pay spring")
        try await close("2026-03-01")
        let balance = try await books.colend("ledger trial-balance --book vehicle").output
        for account in ["2110", "5090", "5010"] { #expect(balance.contains(account)) }
        let journal = try await books.colend("ledger export --format hledger")
        #expect(journal.exit == 0, "\(journal.errors)")
        #expect(journal.output.contains("Liabilities:Vehicle:2110-Notes-issued  -2734.90 USD"))
        #expect(journal.output.contains("ref:2026-03-01/pool-notes/spring/senior"))
        guard Tool.isWanted("hledger") else { return }
        let file = try books.folder.write(journal.output, to: "books.journal")
        let sound = try await Tool.run("hledger", ["check", "--strict", "-f", file])
        #expect(sound.exit == 0, "\(sound.output)")
    }

    @Test func `the report is a file for the vehicle and each holder of notes`() async throws {
        try await sold()
        try await close("2026-02-04 --until 2026-02-28")
        _ = try await json("pools pay spring")
        _ = try await json("pools report spring --directory rehearsed --dry-run")
        let told = try await json("pools report spring --directory files")
        let paths = ["fund", "platform", "vehicle"].map {
            "files/\($0)/pool-report-spring-2026-03-15.csv"
        }
        #expect(told["files"] as? [String] == paths)
        let table = try await books.colend("pools report spring --output csv").output
        for path in paths {
            let file = try String(contentsOfFile: books.folder.path(path), encoding: .utf8)
            #expect(file == table)
        }
        for line in [
            "interest,senior,fund,paid,19.60", "tranche,senior,fund,closing,2734.90",
            "pool,,,available,87.92", "servicing-fee,,platform,paid,3.22",
        ] {
            #expect(
                table.contains(
                    "spring,1,2026-02-01,2026-02-28,2026-03-15,USD,\(line)\r\n"), "\(table)")
        }
        #expect(!books.folder.files().keys.contains { $0.hasPrefix("rehearsed") })
    }

    @Test func `what is drawn under a line of credit is left, for a reason of its own`()
        async throws
    {
        let product =
            try String(
                contentsOfFile: books.folder.path("Config/products/instalment-loan.yaml"),
                encoding: .utf8
            ).replacing("product: instalment-loan", with: "product: cash-line")
            + "line: {kind: revolving, limit: {minimum: \"1000.00\", maximum: \"50000.00\"}}\n"
        try books.folder.write(product, to: "Config/products/cash-line.yaml")
        try books.folder.write(
            Self.alone.replacing("instalment-loan]", with: "instalment-loan, cash-line]"),
            to: "Config/agreements/harbor-70-30.yaml")
        let opened = try await books.colend(
            ["loans", "import", "-"],
            input: Books.header + "\nR1,B4,cash-line,2000.00,USD,12,6,2026-01-01T09:00:00Z\n")
        try #require(opened.exit == 0, "\(opened.errors)")
        let drawn = FactLines.json([
            "id": "D1", "kind": "drawdown", "loan": "R1", "valueDate": "2026-01-01",
            "at": "2026-01-01T10:00:00Z", "currency": "USD", "amount": "1200.00",
        ])
        let taken = try await books.colend(["facts", "import", "-"], input: drawn + "\n")
        try #require(taken.exit == 0, "\(taken.errors)")
        let funded = try await books.colend("fund")
        try #require(funded.exit == 0, "\(funded.errors)")
        try await close("2026-01-01 --until 2026-01-31")
        let selected = try await json("pools select spring")
        let left = try #require(selected["left"] as? [Object])
        let reasons = left.map { "\($0["loan"] ?? "") \($0["reasons"] ?? "")" }
        #expect(reasons == ["A3 [\"target: room for 6500.00\"]", "R1.D1 [\"credit-line\"]"])
    }

    @Test func `the clean-up call sells everything back and ends the deal`() async throws {
        try await sold()
        try await close("2026-02-04 --until 2026-02-28")
        let called = try await json("pools pay spring --call")
        #expect(called["called"] as? Bool == true && called["last"] as? Bool == true)
        try await close("2026-03-01 --until 2026-03-15")
        let story = try await books.colend("loans show A2 --output table").output
        #expect(story.contains("vehicle to platform"), "\(story)")
        #expect(try await codes("pools pay spring") == ["POOL-010"])
        let verified = try await books.colend("verify")
        #expect(verified.exit == 0, "\(verified.output)")
        let shown = try await json("pools show spring")
        #expect(shown["state"] as? String == "called")
        let all = try await books.colend("pools show --output json").json(as: [Object].self)
        #expect(all.map { $0["state"] as? String } == ["called"])
    }

    @Test(.enabled(if: Tool.isThere("sqlite3")))
    func `verify finds a payment date that its collections do not give`() async throws {
        try await sold()
        try await close("2026-02-04 --until 2026-02-28")
        _ = try await json("pools pay spring")
        try await spoil("UPDATE pool_payment SET interest = interest + 1")
        let verified = try await books.colend("verify")
        #expect(verified.exit == 2 && verified.output.contains("pools of"), "\(verified.output)")
        try await spoil("UPDATE pool_payment SET interest = interest - 1")
        try await spoil("UPDATE pool_share SET price = price + 1 WHERE loan = 'A1'")
        let again = try await books.colend("verify")
        #expect(again.exit == 2 && again.output.contains("pools of"), "\(again.output)")
        try await spoil("UPDATE pool_share SET price = price - 1 WHERE loan = 'A1'")
        for sign in ["+", "-"] {
            try await spoil(
                "UPDATE ledger SET amount = amount \(sign) 1 WHERE account IN (2110, 5090) "
                    + "AND agreement = 'spring/senior'")
            let told = try await books.colend("verify")
            #expect(told.exit == (sign == "+" ? 2 : 0), "\(told.output)")
            #expect(told.output.contains("entries of notes") == (sign == "+"))
        }
    }

    private func spoil(_ statement: String) async throws {
        let outcome = try await ProductProcess.shell(
            "sqlite3 colend.db \"\(statement)\"", environment: [:], in: books.folder)
        try #require(outcome.exit == 0, "\(outcome.errors)")
    }
}
