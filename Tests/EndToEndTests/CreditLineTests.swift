import Foundation
import TestSupport
import Testing

/// Lines of credit through the program, with a real bank that lends under one of them.
struct CreditLineTests {
    private let books: Books

    /// A revolving line under harbor-70-30, of which harbor takes six tenths from 5 January on, and
    /// a pay-later line that the platform funds alone.
    init() async throws {
        books = try await Books.new()
        try product(
            "cash-line", "equal-instalment",
            """
            line: {kind: revolving, limit: {minimum: "1000.00", maximum: "50000.00"}}
            """)
        try product(
            "bill-line", "statement-cycle",
            """
            line:
              kind: pay-later
              limit: {minimum: "500.00", maximum: "20000.00"}
              statementDay: 25
              dueDay: 10
              interestFreeDays: 46
              minimumPayment: "10%"
              conversion: {minimum: 3, maximum: 12}
            """)
        try books.change("agreements/harbor-70-30.yaml") {
            $0.replacing("instalment-loan]", with: "instalment-loan, cash-line]")
        }
        let agreement = try text("agreements/harbor-70-30.yaml")
        try write(
            "agreements/harbor-60-40.yaml",
            agreement.replacing("effectiveFrom: 2026-01-01", with: "effectiveFrom: 2026-01-05")
                .replacing("\"30%\"", with: "\"40%\"").replacing("\"70%\"", with: "\"60%\""))
        try write(
            "agreements/own-book.yaml",
            """
            agreement: own-book
            effectiveFrom: 2026-01-01
            currency: USD
            products: [bill-line]
            lenders: [{party: platform, share: "100%"}]
            onRefusal: platform
            backdateDays: 30
            coolingOffDays: 14
            settlement: {lagDays: 1, calendar: US}

            """)
    }

    @Test func `a revolving line is drawn, repaid and drawn again, and the bank agrees`()
        async throws
    {
        let bank = try await bank()
        defer { bank.signal(SIGKILL) }
        try await open("R1", "cash-line", "2000.00")
        try await lend("D1", "drawdown", "R1", "1200.00", on: "2026-01-01")
        try await close("2026-01-01 --until 2026-01-04")
        try await lend("D2", "drawdown", "R1", "800.00", on: "2026-01-05")
        try await refuse(
            fact("D3", "drawdown", "R1", on: "2026-01-05", money("50.00")),
            "LIMIT-002: line R1 has a limit of 2000.00 USD, 2000.00 of it is lent, 50.00 is asked "
                + "for, record D3 (-:1:")
        try await close("2026-01-05 --until 2026-01-31")
        // 1,200.00 in six instalments of 207.06, of the first 12.00 interest.
        try await repay("P1,R1,207.06,USD,2026-02-01T10:00:00Z,")
        try await lend("D4", "drawdown", "R1", "195.06", on: "2026-02-01")
        try await refuse(
            fact("D5", "drawdown", "R1", on: "2026-02-01", money("50.00")), "LIMIT-002")
        try await close("2026-02-01 --until 2026-02-04")
        try await repay("P2,R1,300.00,USD,2026-02-05T10:00:00Z,")
        try await close("2026-02-05 --until 2026-02-06")
        try await repay("X2,R1,300.00,USD,2026-02-07T10:00:00Z,P2")
        try await repay("P3,R1,900.00,USD,2026-02-07T11:00:00Z,")
        try await close("2026-02-07 --until 2026-03-08")
        let notes = try #require(try await shown("R1")["notes"] as? [Object])
        #expect(notes.map { $0["loan"] as? String } == ["R1.D1", "R1.D2", "R1.D4"])
        #expect(try await shares("R1.D1") == ["platform": "360.00", "harbor": "840.00"])
        #expect(try await shares("R1.D2") == ["platform": "320.00", "harbor": "480.00"])
        try await holdNothingIsOpen()
    }

    @Test func `purchases are billed, given back, paid at the minimum and converted`()
        async throws
    {
        let bank = try await bank()
        defer { bank.signal(SIGKILL) }
        try await open("B1", "bill-line", "600.00")
        let early = try await books.colend("loans payoff B1 --on 2026-01-01")
        let missing = "no note of line B1 is disbursed on 2026-01-01; choose a later date"
        #expect(early.codes == ["QUERY-001"] && early.errors.contains(missing), "\(early.errors)")
        try await close("2026-01-01 --until 2026-01-24")
        try await lend("S1", "purchase", "B1", "300.00", on: "2026-01-25")
        try await close("2026-01-25")
        try await lend("S2", "purchase", "B1", "200.00", on: "2026-01-26")
        try await refuse(
            fact("S3", "purchase", "B1", on: "2026-01-26", money("100.01")), "LIMIT-002")
        // Before its statement closes, and below after that of the other purchase.
        try await take(
            fact(
                "F2", "purchase-refund", "B1", on: "2026-01-26", money("50.00", ["purchase": "S2"]))
        )
        try await close("2026-01-26 --until 2026-01-31")
        #expect(try await statement() == ["2026-01-25", "2026-02-10", "300.00", "30.00", "300.00"])
        try await take(
            fact(
                "F1", "purchase-refund", "B1", on: "2026-02-01", money("10.00", ["purchase": "S1"]))
        )
        #expect(try await statement() == ["2026-01-25", "2026-02-10", "300.00", "20.00", "290.00"])
        try await repay("P1,B1,20.00,USD,2026-02-01T10:00:00Z,")
        #expect(try await statement() == ["2026-01-25", "2026-02-10", "300.00", "0.00", "270.00"])
        try await take(
            fact(
                "C1", "conversion", "B1", on: "2026-02-01",
                [
                    "statement": "2026-01-25", "instalments": "3",
                    // After the payments of the day: what comes later waits for instalments.
                    "at": "2026-02-01T12:00:00Z",
                ]))
        try await close("2026-02-01 --until 2026-02-26")
        let line = try await shown("B1")
        #expect(line["used"] as? String == "420.00")
        let bill = try #require(line["statement"] as? Object)
        let minimum = try #require(bill["minimum"] as? String)
        #expect(bill["dueOn"] as? String == "2026-03-10")
        try await close("2026-02-27 --until 2026-03-09")
        try await repay("P2,B1,\(minimum),USD,2026-03-10T10:00:00Z,")
        try await close("2026-03-10 --until 2026-03-11")
        let notes = try #require(try await shown("B1")["notes"] as? [Object])
        #expect(notes.map { $0["daysPastDue"] as? Int } == [0, 0])
        let payoff = try await books.colend("loans payoff B1").json(as: Object.self)
        let total = try #require(payoff["total"] as? String)
        try await repay("P3,B1,\(total),USD,2026-03-12T10:00:00Z,")
        let last = try #require(try await shown("B1")["statement"] as? Object)
        #expect(last["total"] as? String == "0.00")
        let listed = try await books.colend("loans list").json(as: [Object].self)
        #expect(listed.map { $0["line"] as? String } == ["B1", "B1"])
        try await holdNothingIsOpen()
    }
}

// MARK: - What it is done with

extension CreditLineTests {
    private func text(_ file: String) throws -> String {
        try String(contentsOfFile: books.folder.path("Config/" + file), encoding: .utf8)
    }

    private func write(_ file: String, _ text: String) throws {
        _ = try books.folder.write(text, to: "Config/" + file)
    }

    private func product(_ name: String, _ method: String, _ more: String) throws {
        let sample = try text("products/instalment-loan.yaml")
            .replacing("product: instalment-loan", with: "product: \(name)")
            .replacing("method: equal-instalment", with: "method: \(method)")
            .replacing(
                "dayCount: 30/360",
                with: name == "bill-line" ? "dayCount: ACT/365F" : "dayCount: 30/360"
            )
            .replacing("minimum: \"500.00\"", with: "minimum: \"50.00\"")
        try write("products/\(name).yaml", sample + more + "\n")
    }

    private func bank() async throws -> ProductProcess {
        try await books.startHarbor(
            """
            serviceFeePercent: "8"
            penalty: {multiple: "1.5", graceDays: 3}
            roundingTolerance: 0
            """)
    }

    private func open(_ line: String, _ product: String, _ limit: String) async throws {
        let row = "\(line),B,\(product),\(limit),USD,12,6,2026-01-01T09:00:00Z\n"
        let taken = try await books.colend(
            ["loans", "import", "-"], input: Books.header + "\n" + row)
        try #require(taken.exit == 0, "\(taken.errors)")
    }

    private func money(_ amount: String, _ more: [String: String] = [:]) -> [String: String] {
        ["currency": "USD", "amount": amount].merging(more) { $1 }
    }

    private func fact(
        _ id: String, _ kind: String, _ line: String, on date: String, _ more: [String: String]
    ) -> String {
        let common = [
            "id": id, "kind": kind, "loan": line, "valueDate": date, "at": "\(date)T10:00:00Z",
        ]
        return FactLines.json(common.merging(more) { $1 }) + "\n"
    }

    private func take(_ line: String) async throws {
        let taken = try await books.colend(["facts", "import", "-"], input: line)
        #expect(taken.exit == 0, "\(taken.errors)")
    }

    private func refuse(_ line: String, _ reason: String) async throws {
        let taken = try await books.colend(["facts", "import", "-"], input: line)
        #expect(taken.exit == 65 && taken.errors.hasPrefix(reason), "\(taken.errors)")
    }

    private func lend(
        _ id: String, _ kind: String, _ line: String, _ amount: String, on date: String
    )
        async throws
    {
        try await take(fact(id, kind, line, on: date, money(amount)))
        let funded = try await books.colend("fund")
        #expect(funded.exit == 0, "\(funded.errors)")
        #expect(try funded.json(as: Object.self)["disbursed"] as? Int == 1)
    }

    private func repay(_ row: String) async throws {
        let header = "payment_id,loan_id,amount,currency,paid_at,reverses\n"
        let paid = try await books.colend(
            ["repayments", "import", "-"], input: header + row + "\n")
        #expect(paid.exit == 0, "\(paid.errors)")
    }

    /// Closes dates, and both houses agree on them.
    private func close(_ dates: String) async throws {
        let closed = try await books.colend("eod --date \(dates)")
        #expect(closed.exit == 0, "\(closed.errors) \(closed.output)")
    }

    private func shown(_ line: String) async throws -> Object {
        try await books.colend("loans show \(line)").json(as: Object.self)
    }

    /// Closing date, due date, purchases, minimum and total of the last statement of B1.
    private func statement() async throws -> [String] {
        let bill = try #require(try await shown("B1")["statement"] as? Object)
        return ["closedOn", "dueOn", "purchases", "minimum", "total"].map {
            bill[$0] as? String ?? ""
        }
    }

    private func shares(_ loan: String) async throws -> [String: String] {
        let shares = try #require(try await shown(loan)["shares"] as? [Object])
        return Dictionary(
            uniqueKeysWithValues: shares.map {
                ($0["party"] as? String ?? "", $0["amount"] as? String ?? "")
            })
    }

    private func holdNothingIsOpen() async throws {
        let breaks = try await books.colend("breaks list --output json").json(as: [Object].self)
        #expect(breaks.isEmpty, "\(breaks)")
        let verified = try await books.colend("verify")
        #expect(verified.exit == 0, "\(verified.output) \(verified.errors)")
    }
}
