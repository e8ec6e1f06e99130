import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

/// When a partner's date is reconciled, and when it waits.
struct ReconcileTests {
    private let house: TestHouse
    private let second = SampleLoan.date("2026-01-02")

    /// The first date closed, with L1 disbursed.
    init() async throws {
        house = try TestHouse(
            catalogue: try TestTerms.catalogue(partners: [
                TestTerms.partner(TestTerms.harbor, filesDeadlineDays: 2)
            ]))
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
        _ = try await house.closeDay().run(World.firstDate)
    }

    @Test func `equal files are a reconciled date`() async throws {
        await house.answer(from: TestTerms.harbor, on: World.firstDate)
        let outcomes = try await house.reconcile.run(openDate: second)
        #expect(outcomes.map(\.state) == [.reconciled])
        let kept = try #require(house.store.world.reconciled.values.first)
        #expect(kept.received.map(\.name).first == "manifest.json")
        #expect(kept.received.count == 1 + FileLayout.reconciled.count)
        #expect(
            kept.claims.count == 14,
            "both sides of a disbursement, three instalments, a balance, an accrual and a status")
        #expect(kept.claims.allSatisfy { $0.breakID.isEmpty })
        #expect(try await house.reconcile.run(openDate: second).isEmpty, "it is done")
    }

    @Test(arguments: ["manifest.json", "balances.csv"])
    func `a date waits until everything listed is there`(missing: String) async throws {
        await house.answer(from: TestTerms.harbor, on: World.firstDate)
        house.exchange.withdraw(missing, of: TestTerms.harbor, on: World.firstDate)
        let outcomes = try await house.reconcile.run(openDate: second)
        #expect(outcomes.map(\.state) == [.awaiting])
        #expect(outcomes.first?.isUnreachable == false)
        #expect(house.store.world.reconciled.isEmpty)
    }

    /// The deadline is two days after the date.
    @Test(arguments: [
        ("2026-01-02", ReconciliationState.awaiting), ("2026-01-03", .awaiting),
        ("2026-01-04", .missing),
    ])
    func `after its deadline a date is missing`(open: String, state: ReconciliationState)
        async throws
    {
        let outcomes = try await house.reconcile.run(openDate: SampleLoan.date(open))
        #expect(outcomes.map(\.state) == [state])
        let breaks = house.store.world.breaks.values
        let files = state == .missing ? FileLayout.reconciled.count - 1 : 0
        #expect(breaks.count { $0.kind == .missingFile } == files)
    }

    @Test func `files that come late replace what was missing`() async throws {
        _ = try await house.reconcile.run(openDate: SampleLoan.date("2026-01-09"))
        await house.answer(from: TestTerms.harbor, on: World.firstDate)
        let outcomes = try await house.reconcile.run(openDate: SampleLoan.date("2026-01-10"))
        #expect(outcomes.map(\.state) == [.reconciled])
        #expect(house.store.world.breaks.values.allSatisfy { $0.state == .superseded })
    }

    @Test func `a partner that is down is not asked about every date`() async throws {
        try await house.close(through: "2026-01-02")
        house.exchange.shut([TestTerms.harbor])
        let outcomes = try await house.reconcile.run(openDate: SampleLoan.date("2026-01-03"))
        #expect(outcomes.map(\.isUnreachable) == [true, true])
        #expect(outcomes.map(\.state) == [.awaiting, .awaiting])
        let later = try await house.reconcile.run(openDate: SampleLoan.date("2026-01-05"))
        #expect(later.map(\.state) == [.missing, .missing])
    }

    @Test func `a manifest of another party keeps the date waiting`() async throws {
        let files = house.store.world.testFiles(of: TestTerms.harbor, on: World.firstDate)
        let manifest = TestFile.manifest(of: files, party: TestTerms.meridian, on: World.firstDate)
        house.exchange.offer(
            "manifest.json", manifest[0].bytes, from: TestTerms.harbor, on: World.firstDate)
        try await expectFault("RECON-005", "manifest.json")
    }

    @Test func `a manifest of another date keeps the date waiting`() async throws {
        let manifest = TestFile.manifest(of: [], party: TestTerms.harbor, on: second)
        house.exchange.offer(
            "manifest.json", manifest[0].bytes, from: TestTerms.harbor, on: World.firstDate)
        try await expectFault("RECON-005", "manifest.json")
    }

    @Test func `a file that is not the one listed keeps the date waiting`() async throws {
        await house.answer(from: TestTerms.harbor, on: World.firstDate)
        house.exchange.offer(
            "repayments.csv", [32], from: TestTerms.harbor, on: World.firstDate)
        try await expectFault("RECON-006", "repayments.csv")
    }

    @Test func `a manifest that is none keeps the date waiting`() async throws {
        house.exchange.offer(
            "manifest.json", Array("{".utf8), from: TestTerms.harbor, on: World.firstDate)
        try await expectFault("RECON-004", "manifest.json")
    }

    @Test func `a file without records keeps the date waiting`() async throws {
        await offerGarbage()
        try await expectFault("FILE-006", "repayments.csv")
    }

    @Test func `a worse file later leaves the reconciled date as it is`() async throws {
        await house.answer(from: TestTerms.harbor, on: World.firstDate)
        _ = try await house.reconcile.run(openDate: second)
        let kept = house.store.world.reconciled
        await offerGarbage()
        let again = try await house.reconcile.run(openDate: second, again: true)
        #expect(again.map(\.state) == [.reconciled])
        #expect(again.first?.fault?.code == "FILE-006")
        #expect(house.store.world.reconciled == kept)
    }

    /// A listed file whose digest is right and whose content is none.
    private func offerGarbage() async {
        var files = house.store.world.testFiles(of: TestTerms.harbor, on: World.firstDate)
        let record = files[2].records[0]
        files[1].records = [
            Record(
                key: record.key + ["more"], amounts: record.amounts, currency: record.currency,
                line: 0)
        ]
        for file in TestFile.manifest(of: files, party: TestTerms.harbor, on: World.firstDate) {
            house.exchange.offer(
                file.name, file.bytes, from: TestTerms.harbor, on: World.firstDate)
        }
    }

    private func expectFault(_ code: String, _ file: String) async throws {
        let outcomes = try await house.reconcile.run(openDate: second)
        #expect(outcomes.map(\.state) == [.awaiting])
        #expect(outcomes.first?.fault?.code == code)
        #expect(outcomes.first?.fault?.file == file)
        #expect(outcomes.first?.fault?.exit == .badInput)
        #expect(house.store.world.reconciled.isEmpty)
        // What nobody can read by its deadline is as good as not sent, and still asked for.
        let late = SampleLoan.date("2026-02-01")
        for isAgain in [false, true] {
            let outcome = try await house.reconcile.run(openDate: late).first
            #expect(outcome?.state == .missing)
            #expect(outcome?.fault?.code == code)
            guard !isAgain, let breaks = outcome?.breaks else { continue }
            #expect(!breaks.isEmpty)
            // Its explanation names the fault, not silence.
            #expect(breaks.allSatisfy { $0.cause == .refusedFile })
            #expect(breaks.allSatisfy { $0.sentence.contains("could not be used: \(code)") })
        }
    }
}
