import Foundation
import TestSupport
import Testing

/// A pool from its file to its last payment date, as commands see it.
struct PoolTests {
    private let house: PoolHouse

    init() async throws { house = try await PoolHouse() }

    @Test func `what is not in its time is refused by name`() async throws {
        #expect(try await house.codes("pools select autumn") == ["POOL-001"])
        #expect(try await house.codes("pools select spring") == ["POOL-002"])
        #expect(try await house.codes("pools sell spring") == ["POOL-004"])
        try await house.close("2026-01-01 --until 2026-01-31")
        #expect(try await house.codes("pools pay spring") == ["POOL-004"])
        try await house.run("pools select spring --keep")
        #expect(try await house.codes("pools select spring --keep") == ["POOL-003"])
        #expect(try await house.codes("pools pay spring") == ["POOL-008"])
        try await house.run("pools sell spring")
        #expect(try await house.codes("pools sell spring") == ["POOL-005"])
        try await house.close("2026-02-01 --until 2026-02-03")
        #expect(try await house.codes("pools pay spring") == ["POOL-002"])
        #expect(try await house.codes("pools pay spring --on 2026-03-16") == ["POOL-011"])
    }

    @Test func `a vehicle has one pool, a share one buyer, and notes cost what shares do`()
        async throws
    {
        try house.books.write(party: "second", kind: "spv")
        for (name, old, new) in [
            ("large", "2800.00", "5800.00"), ("summer", "vehicle", "vehicle"),
            ("autumn", "vehicle", "second"),
        ] {
            try house.books.write(pool: PoolHouse.pool.replacing(old, with: new), as: name)
        }
        try await house.close("2026-01-01 --until 2026-01-31")
        #expect(try await house.codes("pools select large --keep") == ["POOL-012"])
        for name in ["spring", "summer", "autumn"] {
            try await house.run("pools select \(name) --keep")
        }
        try await house.run("pools sell spring")
        #expect(try await house.codes("pools sell summer") == ["POOL-013"])
        #expect(try await house.codes("pools sell autumn") == ["POOL-007"])
        for verb in ["sell", "pay", "report", "show"] {
            #expect(try await house.codes("pools \(verb) winter") == ["POOL-001"])
        }
    }

    @Test func `a pool that nothing fits, that comes too late or has no notes is refused`()
        async throws
    {
        let unmet = "daysPastDue: 0\n  grades: [Z]\n  target:"
        try house.books.write(
            pool: PoolHouse.pool.replacing("target:", with: unmet), as: "none")
        try house.books.write(pool: PoolHouse.plain, as: "plain")
        try await house.close("2026-01-01 --until 2026-01-31")
        #expect(try await house.codes("pools select none --keep") == ["POOL-012"])
        try await house.run("pools select plain --keep")
        try await house.run("pools select spring --keep")
        try await house.run("pools sell plain")
        try await house.close("2026-02-01 --until 2026-02-03")
        #expect(try await house.codes("pools pay plain") == ["POOL-009"])
        #expect(try await house.codes("pools sell spring") == ["POOL-006"])
    }

    @Test func `a share that is sold elsewhere meanwhile cannot be sold`() async throws {
        try house.books.write(party: "second", kind: "spv")
        try await house.close("2026-01-01 --until 2026-01-31")
        try await house.run("pools select spring --keep")
        try house.books.write(
            pool: PoolHouse.pool.replacing("buyer: vehicle", with: "buyer: second")
                .replacing("settlesOn: 2026-02-03", with: "settlesOn: 2026-02-05"), as: "other")
        try await house.run("pools select other --keep")
        try await house.run("pools sell spring")
        try await house.close("2026-02-01 --until 2026-02-03")
        #expect(try await house.codes("pools sell other") == ["POOL-007"])
    }

    @Test func `shares are the vehicle's from the day after, and collections pass through`()
        async throws
    {
        try await house.close("2026-01-01 --until 2026-01-31")
        let selected = try await house.object("pools select spring --keep")
        #expect((selected["taken"] as? [Object])?.map { $0["loan"] as? String } == ["A1", "A2"])
        #expect(selected["principal"] as? String == "3500.00")
        let left = try #require((selected["left"] as? [Object])?.first)
        #expect(left["reasons"] as? [String] == ["target: room for 6500.00"])
        try await house.pay("P1", "A1", "87.92", "2026-02-01")
        let sale = try await house.object("pools sell spring")
        // A month of 1,000.00 at 10 % and of 2,500.00 at 8.5 % has accrued: 8.33 and 17.71.
        #expect((sale["sellers"] as? [Object])?.first?["price"] as? String == "3526.04")
        try await house.close("2026-02-01 --until 2026-02-03")
        let story = try await house.books.colend("loans show A1 --output table").output
        #expect(story.contains("pool-sale") && story.contains("pool-collection"), "\(story)")
        #expect(story.contains("1008.33") && story.contains("87.92"))
        let shown = try await house.object("pools show spring")
        #expect(shown["state"] as? String == "settled")
        #expect(shown["nextPayment"] as? String == "2026-03-15")
        try await house.close("2026-02-04 --until 2026-02-28")
        try await house.pay("P2", "A1", "87.92", "2026-03-01")
        try await house.close("2026-03-01")
        let entries = try await house.books.colend(
            "ledger trial-balance --book vehicle --date 2026-03-01 --output csv"
        ).output
        #expect(entries.contains("1110"), "\(entries)")
        try await house.verified()
    }

    /// 1,000.00 and 2,500.00 at the cut-off. To 02-28 came 79.59 of principal and 8.33 of interest.
    /// The fee is 3,500.00 x 1.2 % x 28/365 = 3.22; 2,800.00 at 6 % from 02-03 to 03-15 are 42 days
    /// of 30/360, 19.60.
    @Test func `notes are paid once from what came, and told again`() async throws {
        try await house.settle()
        try await house.close("2026-02-04 --until 2026-02-28")
        let paid = try await house.object("pools pay spring --on 2026-03-15")
        let lines = (paid["payments"] as? [Object])?.map {
            "\($0["kind"] ?? "") \($0["due"] ?? "") \($0["paid"] ?? "")"
        }
        // What interest lacks principal makes up for.
        #expect(
            lines == [
                "servicing-fee 3.22 3.22", "interest 19.60 19.60", "principal 79.59 65.10",
            ])
        let told = try await house.object("pools report spring")
        let payments = try [told, paid].map {
            try JSONSerialization.data(
                withJSONObject: $0["payments"] as Any, options: .sortedKeys)
        }
        #expect(told.count == paid.count && payments[0] == payments[1])
        #expect(try await house.codes("pools pay spring") == ["POOL-002"])
        try await house.verified()
        let shown = try await house.object("pools show spring")
        #expect(shown["outstanding"] as? String == "3420.41")
    }

    /// What is posted on a date for notes: `book agreement account counterparty amount`.
    private func notePostings(_ date: String) async throws -> [String] {
        let told = try await house.books.colend(
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
        try await house.settle()
        try await house.close("2026-02-04 --until 2026-02-28")
        try await house.run("pools pay spring --dry-run")
        #expect(try await notePostings("2026-03-01").isEmpty)
        try await house.run("pools pay spring")
        #expect(try await house.codes("pools pay spring") == ["POOL-002"])
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
        try await house.close("2026-03-01 --until 2026-03-09")
        try await house.pay("P2", "A1", "87.92", "2026-03-10")
        try await house.close("2026-03-10 --until 2026-03-31")
        let settled = try await house.books.colend(
            "settlement show --partner vehicle --output json"
        ).output
        #expect(settled.contains("pool-notes") && settled.contains("696.78"), "\(settled)")
        try await house.run("pools pay spring")
        #expect(try await notePostings("2026-03-01") == posted)
        let later = try await notePostings("2026-04-01")
        #expect(
            later.contains { $0.hasPrefix("vehicle spring/senior 5090") }
                && !later.contains { $0.contains("spring/equity") }, "\(later)")
        try await house.verified()
    }

    @Test func `the books of a deal with notes are read by hledger`() async throws {
        try await house.settle()
        try await house.close("2026-02-04 --until 2026-02-28")
        try await house.run("pools pay spring")
        try await house.close("2026-03-01")
        let balance = try await house.books.colend("ledger trial-balance --book vehicle").output
        for account in ["2110", "5090", "5010"] { #expect(balance.contains(account)) }
        let journal = try await house.books.colend("ledger export --format hledger")
        #expect(journal.exit == 0, "\(journal.errors)")
        #expect(journal.output.contains("Liabilities:Vehicle:2110-Notes-issued  -2734.90 USD"))
        #expect(journal.output.contains("ref:2026-03-01/pool-notes/spring/senior"))
        guard Tool.isWanted("hledger") else { return }
        let file = try house.books.folder.write(journal.output, to: "books.journal")
        let sound = try await Tool.run("hledger", ["check", "--strict", "-f", file])
        #expect(sound.exit == 0, "\(sound.output)")
    }

    @Test func `the report is a file for the vehicle and each holder of notes`() async throws {
        try await house.settle()
        try await house.close("2026-02-04 --until 2026-02-28")
        try await house.run("pools pay spring")
        try await house.run("pools report spring --directory rehearsed --dry-run")
        let told = try await house.object("pools report spring --directory files")
        let paths = ["fund", "platform", "vehicle"].map {
            "files/\($0)/pool-report-spring-2026-03-15.csv"
        }
        #expect(told["files"] as? [String] == paths)
        let table = try await house.books.colend("pools report spring --output csv").output
        for path in paths {
            let file = try String(contentsOfFile: house.books.folder.path(path), encoding: .utf8)
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
        #expect(!house.books.folder.files().keys.contains { $0.hasPrefix("rehearsed") })
    }

    @Test func `what is drawn under a line of credit is left, for a reason of its own`()
        async throws
    {
        let product =
            try String(
                contentsOfFile: house.books.folder.path("Config/products/instalment-loan.yaml"),
                encoding: .utf8
            ).replacing("product: instalment-loan", with: "product: cash-line")
            + "line: {kind: revolving, limit: {minimum: \"1000.00\", maximum: \"50000.00\"}}\n"
        try house.books.folder.write(product, to: "Config/products/cash-line.yaml")
        try house.books.folder.write(
            PoolHouse.alone.replacing("instalment-loan]", with: "instalment-loan, cash-line]"),
            to: "Config/agreements/harbor-70-30.yaml")
        try await house.take(
            "loans",
            Books.header + "\nR1,B4,cash-line,2000.00,USD,12,6,2026-01-01T09:00:00Z\n")
        try await house.fact(
            "D1", "drawdown", "R1", "2026-01-01", ["currency": "USD", "amount": "1200.00"])
        try await house.fund()
        try await house.close("2026-01-01 --until 2026-01-31")
        let selected = try await house.object("pools select spring")
        let left = try #require(selected["left"] as? [Object])
        let reasons = left.map { "\($0["loan"] ?? "") \($0["reasons"] ?? "")" }
        #expect(reasons == ["A3 [\"target: room for 6500.00\"]", "R1.D1 [\"credit-line\"]"])
    }

    @Test func `the clean-up call sells everything back and ends the deal`() async throws {
        try await house.settle()
        try await house.close("2026-02-04 --until 2026-02-28")
        let called = try await house.object("pools pay spring --call")
        #expect(called["called"] as? Bool == true && called["last"] as? Bool == true)
        try await house.close("2026-03-01 --until 2026-03-15")
        let story = try await house.books.colend("loans show A2 --output table").output
        #expect(story.contains("vehicle to platform"), "\(story)")
        #expect(try await house.codes("pools pay spring") == ["POOL-010"])
        try await house.verified()
        let shown = try await house.object("pools show spring")
        #expect(shown["state"] as? String == "called")
        let all = try await house.books.colend("pools show --output json").json(as: [Object].self)
        #expect(all.map { $0["state"] as? String } == ["called"])
    }

    @Test(.enabled(if: Tool.isThere("sqlite3")))
    func `verify finds a payment date that its collections do not give`() async throws {
        try await house.settle()
        try await house.close("2026-02-04 --until 2026-02-28")
        try await house.run("pools pay spring")
        try await spoil("UPDATE pool_payment SET interest = interest + 1")
        let verified = try await house.books.colend("verify")
        #expect(verified.exit == 2 && verified.output.contains("pools of"), "\(verified.output)")
        try await spoil("UPDATE pool_payment SET interest = interest - 1")
        try await spoil("UPDATE pool_share SET price = price + 1 WHERE loan = 'A1'")
        let again = try await house.books.colend("verify")
        #expect(again.exit == 2 && again.output.contains("pools of"), "\(again.output)")
        try await spoil("UPDATE pool_share SET price = price - 1 WHERE loan = 'A1'")
        for sign in ["+", "-"] {
            try await spoil(
                "UPDATE ledger SET amount = amount \(sign) 1 WHERE account IN (2110, 5090) "
                    + "AND agreement = 'spring/senior'")
            let told = try await house.books.colend("verify")
            #expect(told.exit == (sign == "+" ? 2 : 0), "\(told.output)")
            #expect(told.output.contains("entries of notes") == (sign == "+"))
        }
    }

    private func spoil(_ statement: String) async throws {
        let outcome = try await ProductProcess.shell(
            "sqlite3 colend.db \"\(statement)\"", environment: [:], in: house.books.folder)
        try #require(outcome.exit == 0, "\(outcome.errors)")
    }
}
