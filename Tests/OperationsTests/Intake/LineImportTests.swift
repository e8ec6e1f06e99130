import LendingRules
import Monetary
import Operations
import TestSupport
import Testing

/// Lines of credit are opened, drawn on and bought under.
struct LineImportTests {
    @Test func `a line is opened with its limit, and nothing is lent by that`() async throws {
        let house = try await TestLines.house()
        let world = house.store.world
        #expect(world.lines[LoanID("R1")]?.limit == 1_000_00)
        #expect(world.lines[LoanID("B1")]?.product == "bill-line")
        #expect(world.loans.isEmpty)
        #expect(world.requests.isEmpty)
        let again = try await house.loanImport.run(LoanFile.table([TestLines.line("R1")]))
        #expect(again.imported == 0)
        #expect(again.alreadyThere == 1)
    }

    @Test func `a line that cannot be is refused`() async throws {
        let house = try await TestLines.house()
        let small = await house.refusal(booking: TestLines.line("R2", limit: "99.99"))
        #expect(small == ["INTAKE-014 limit 99.99 is outside 100.00 to 5000.00 of cash-line"])
        let other = await house.refusal(booking: TestLines.line("R1", limit: "1200.00"))
        #expect(other == ["INTAKE-010 loan R1 is booked already with other content"])
        let loan = await house.refusal(booking: LoanFile.row("R1"))
        #expect(loan == ["INTAKE-010 loan R1 is booked already with other content"])
        let due = await house.refusal(booking: TestLines.line("R2", firstDueOn: "2026-02-01"))
        #expect(due.map { $0.prefix(10) } == ["INTAKE-023"])
        let long = await house.refusal(booking: TestLines.line("R2", instalments: "25"))
        #expect(long == ["INTAKE-014 25 instalments are outside 1 to 24 of cash-line"])
    }

    @Test func `each drawdown is a note of its own, split by the agreement of its date`()
        async throws
    {
        let house = try await TestLines.house()
        try await house.lend("D1", "400.00")
        house.turn(to: "2026-01-20")
        try await house.lend("D2", "100.00", "instalments=6 firstDueOn=2026-02-15")
        let world = house.store.world
        let first = try #require(world.loans[LoanID("R1.D1")])
        let second = try #require(world.loans[LoanID("R1.D2")])
        #expect(first.record.line == LoanID("R1"))
        #expect(first.record.borrower == "B-R1")
        #expect(first.record.instalments == 3)
        #expect(first.plan.shares.map(\.amount) == [120_00, 280_00])
        #expect(second.plan.shares.map(\.amount) == [50_00, 50_00])
        #expect(first.record.agreementVersion != second.record.agreementVersion)
        #expect(second.record.instalments == 6)
        #expect(second.record.firstDueOn == SampleLoan.date("2026-02-15"))
        #expect([first.state, second.state] == [.disbursed, .disbursed])
    }

    @Test func `the same drawdown again does nothing, and another by its id is refused`()
        async throws
    {
        let house = try await TestLines.house()
        let line = house.fact("D1", "drawdown", "currency=USD amount=400.00", of: "R1")
        #expect(try await house.take(line).imported == 1)
        let again = try await house.take(line)
        #expect([again.imported, again.alreadyThere] == [0, 1])
        let other = house.fact("D1", "drawdown", "currency=USD amount=500.00", of: "R1")
        #expect(
            await house.refusal(of: other) == [
                "INTAKE-010 fact D1 is recorded already with other content"
            ])
        #expect(house.store.world.loans.count == 1)
    }

    @Test func `a line is lent up to its limit and no cent further`() async throws {
        let house = try await TestLines.house()
        try await house.lend("D1", "400.00")
        let over = house.fact("D2", "drawdown", "currency=USD amount=600.01", of: "R1")
        #expect(
            await house.refusal(of: over) == [
                "LIMIT-002 line R1 has a limit of 1000.00 USD, 400.00 of it is lent, "
                    + "600.01 is asked for"
            ])
        try await house.lend("D2", "600.00")
        let more = house.fact("D3", "drawdown", "currency=USD amount=10.00", of: "R1")
        #expect(await house.refusal(of: more).map { $0.prefix(9) } == ["LIMIT-002"])
    }

    @Test func `several drawdowns of one file share the room in the order of facts`()
        async throws
    {
        let house = try await TestLines.house()
        let late = FactFile.line(
            "D1", "drawdown", "currency=USD amount=600.00", loan: "R1", valueDate: "2026-01-01",
            at: "2026-01-01T12:00:00Z")
        let early = FactFile.line(
            "D2", "drawdown", "currency=USD amount=500.00", loan: "R1", valueDate: "2026-01-01",
            at: "2026-01-01T11:00:00Z")
        #expect(
            await house.refusal(of: late, early) == [
                "LIMIT-002 line R1 has a limit of 1000.00 USD, 500.00 of it is lent, "
                    + "600.00 is asked for"
            ])
        #expect(house.store.world.loans.isEmpty)
    }

    @Test func `what is repaid can be drawn again, and what a reversal brings back cannot`()
        async throws
    {
        let house = try await TestLines.house()
        try await house.lend("D1", "1000.00")
        try await house.pay(house.row("P1", "R1", "300.00"))
        let again = house.fact("D2", "drawdown", "currency=USD amount=300.01", of: "R1")
        #expect(await house.refusal(of: again).map { $0.prefix(9) } == ["LIMIT-002"])
        let reversal = house.fact("R", "chargeback", "reverses=P1", of: "R1")
        let draw = house.fact("D3", "drawdown", "currency=USD amount=300.00", of: "R1")
        // In one file as well: what goes back is owed again before anything is drawn.
        #expect(await house.refusal(of: draw, reversal).map { $0.prefix(9) } == ["LIMIT-002"])
        try await house.take(draw)
        #expect(house.store.world.loans[LoanID("R1.D3")] != nil)
    }

    @Test func `what a file takes back of a note is owed before anything of it is drawn`()
        async throws
    {
        let house = try await TestLines.house()
        try await house.lend("D1", "1000.00")
        try await house.pay(house.row("P1", "R1.D1", "300.00"))
        let reversal = FactFile.line(
            "X1", "reversal", "reverses=P1", loan: "R1.D1", valueDate: "2026-01-01",
            at: "2026-01-01T12:00:00Z")
        let draw = house.fact("D2", "drawdown", "currency=USD amount=300.00", of: "R1")
        #expect(await house.refusal(of: draw, reversal).map { $0.prefix(9) } == ["LIMIT-002"])
        #expect(try await house.take(draw).imported == 1)
    }

    @Test func `a note that was declined or given back counts for nothing`() async throws {
        let house = try await TestLines.house()
        try await house.lend("D1", "1000.00")
        try await house.take(
            FactFile.line(
                "C1", "cancelled", "charge=none", loan: "R1.D1", valueDate: "2026-01-01",
                at: "2026-01-01T12:00:00Z"))
        try await house.take(
            house.fact("D2", "drawdown", "currency=USD amount=1000.00", of: "R1"))
        let more = house.fact("D3", "drawdown", "currency=USD amount=1000.00", of: "R1")
        #expect(await house.refusal(of: more).map { $0.prefix(9) } == ["LIMIT-002"])
        house.store.write { $0.loans[LoanID("R1.D2")]?.state = .declined }
        #expect(try await house.take(more).imported == 1)
    }

    @Test func `what does not belong to a line is refused`() async throws {
        let house = try await TestLines.house()
        try await house.book(LoanFile.row("L1"))
        let money = "currency=USD amount=100.00"
        func codes(_ line: String) async -> [String] {
            await house.refusal(of: line).map { String($0.prefix(10)) }
        }
        #expect(await codes(house.fact("F1", "purchase", money, of: "R1")) == ["FACT-010 l"])
        #expect(await codes(house.fact("F1", "drawdown", money, of: "B1")) == ["FACT-010 l"])
        #expect(await codes(house.fact("F1", "drawdown", money, of: "L1")) == ["FACT-010 L"])
        #expect(await codes(house.fact("F1", "payout-failed", "", of: "R1")) == ["FACT-010 R"])
        #expect(await codes(house.fact("F1", "drawdown", money, of: "X1")) == ["INTAKE-016"])
        let euros = "currency=EUR amount=100.00"
        #expect(await codes(house.fact("F1", "drawdown", euros, of: "R1")) == ["INTAKE-003"])
        let id = String(repeating: "D", count: 62)
        #expect(await codes(house.fact(id, "drawdown", money, of: "R1")) == ["INTAKE-002"])
        let late = house.fact("F1", "drawdown", money, of: "R1", on: "2026-01-03")
        #expect(await codes(late).contains("INTAKE-018"))
        let early = house.fact("F1", "drawdown", money, of: "R1", on: "2025-12-31")
        #expect(
            await house.refusal(of: early) == [
                "INTAKE-018 value date 2025-12-31 is before 2026-01-01, when line R1 was approved"
            ])
        house.turn(to: "2026-01-07")
        let old = house.fact("F1", "drawdown", money, of: "R1", on: "2026-01-01")
        #expect(await codes(old) == ["FACT-007 v"])
        house.turn(to: "2026-01-01")
        let small = house.fact("F1", "drawdown", "currency=USD amount=9.99", of: "R1")
        #expect(await codes(small) == ["INTAKE-014"])
        let due = "\(money) firstDueOn=2026-01-01"
        #expect(await codes(house.fact("F1", "drawdown", due, of: "R1")) == ["INTAKE-015"])
    }

    @Test func `a note never takes the name of another loan`() async throws {
        let house = try await TestLines.house()
        try await house.book(LoanFile.row("R1.D1"))
        let draw = house.fact("D1", "drawdown", "currency=USD amount=100.00", of: "R1")
        #expect(await house.refusal(of: draw).map { $0.prefix(10) } == ["INTAKE-010"])
        try await house.lend("D2", "100.00")
        #expect(
            await house.refusal(booking: LoanFile.row("R1.D2")).map { $0.prefix(10) } == [
                "INTAKE-010"
            ])
    }

    @Test func `the good drawdowns of a file are booked without the bad ones`() async throws {
        let house = try await TestLines.house()
        let lines = ["600.00", "600.00", "400.00"].enumerated().map { index, amount in
            house.fact("D\(index)", "drawdown", "currency=USD amount=\(amount)", of: "R1")
        }
        let rejects = LeftRows()
        let summary = try await house.factImport.run(FactFile.table(lines), rejects: rejects)
        #expect([summary.imported, summary.rejected] == [2, 1])
        #expect(house.store.world.loans.keys.map(\.text).sorted() == ["R1.D0", "R1.D2"])
        let dry = try await house.factImport.run(
            FactFile.table([house.fact("D9", "drawdown", "currency=USD amount=1.00", of: "B1")]),
            dryRun: true, rejects: rejects)
        #expect([dry.imported, dry.rejected] == [0, 1])
    }

    @Test func `what another has drawn meanwhile is seen when it is booked`() async throws {
        let house = try await TestLines.house()
        let other = try await TestLines.house()
        try await other.take(
            other.fact("D2", "drawdown", "currency=USD amount=600.00", of: "R1"))
        let world = other.store.world
        let racing = try TestHouse(store: house.store, catalogue: house.catalogue) { point in
            if point == .factsBeforeRecording { house.store.write { $0 = world } }
        }
        let draw = house.fact("D1", "drawdown", "currency=USD amount=600.00", of: "R1")
        await #expect(throws: Refusal.overtaken("R1")) {
            try await racing.factImport.run(FactFile.table([draw]))
        }
        #expect(house.store.world.loans.keys.map(\.text) == ["R1.D2"])
    }
}

/// Takes rejected rows and forgets them.
private struct LeftRows: Rejects {
    func take(_ rows: [RejectedRow], of table: ImportTable) throws {}
}
