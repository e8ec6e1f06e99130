import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// Decisions about losses that turn out to be wrong, from the import to files and settlement.
///
/// Keystone has paid harbor 700.00 for loan L1 on 3 March.
struct CorrectionTests {
    private static let decision = "L1.first-loss.harbor.2026-03-03"

    private static func line(_ id: String, _ words: String, on date: String = "2026-03-05")
        -> String
    {
        FactFile.line(
            id, "decision-correction", words, valueDate: date, at: "2026-03-05T10:00:00Z")
    }

    private static func house(_ way: LossProvision.Way = .invocation) async throws -> TestHouse {
        let house = try CoveredHouse.house([CoveredHouse.layer(way, amount: 1000_00)])
        try await CoveredHouse.lending(["L1"], house)
        try await house.close(through: "2026-03-04")
        return house
    }

    @Test func `a correction is booked, settled as its decision and filed under corrections`()
        async throws
    {
        let house = try await Self.house()
        try await house.take(
            Self.line("O1", "currency=USD decision=\(Self.decision) principal=-100.00"))
        try await house.close(through: "2026-03-05")
        let world = house.store.world
        #expect(world.lossDecisions.last == "2026-03-05 L1 invocation keystone>harbor -100.00")
        #expect(world.dues(of: TestTerms.harbor, on: "2026-03-05") == ["invocations -100.00"])
        #expect(world.dues(of: CoveredHouse.keystone, on: "2026-03-05") == ["invocations 100.00"])
        let lines = world.factLines.filter { $0.postedOn == SampleLoan.date("2026-03-05") }
        #expect(lines.map(\.price).sorted() == [-100_00, 100_00])
        #expect(lines.allSatisfy { $0.corrects == Self.decision })
        let files = lines.map { FactFileLine(row: $0, currency: SampleLoan.dollars).file }
        #expect(files == ["corrections", "corrections"])
        #expect(world.covers.last?.figures.invoked == 700_00, "the cover is not restored")
        #expect(world.covers.last?.figures.forgone == 100_00)
        let demands = try await house.store.demands(before: SampleLoan.date("2026-03-06"))
        #expect(demands.map(\.asked) == [600_00] && demands.map(\.paid) == [600_00])
        #expect(try await house.verify.run() == nil)
    }

    @Test func `a correction of claims moves them back`() async throws {
        let house = try await Self.house(.compensation(.loan))
        try await house.take(
            Self.line("O1", "currency=USD decision=\(Self.decision) principal=-100.00"))
        try await house.close(through: "2026-03-06")
        #expect(
            house.store.world.lossDecisions.last
                == "2026-03-05 L1 compensation harbor>keystone -100.00/0.00")
        #expect(
            house.store.world.dues(of: TestTerms.harbor, on: "2026-03-05")
                == ["compensations -100.00"])
        #expect(try await house.verify.run() == nil)
    }

    @Test(arguments: [
        ("decision=L2.first-loss.harbor.2026-03-03 principal=-1.00", "FACT-016 decision"),
        ("decision=\(decision) principal=-700.01", "FACT-016 principal"),
        ("decision=\(decision) principal=0.01", "FACT-016 principal"),
        ("decision=\(decision) penalty=0.01", "FACT-016 penalty"),
        ("decision=\(decision) principal=0.00", "INTAKE-006 principal"),
    ])
    func `what cannot be corrected is refused`(words: String, fault: String) async throws {
        let house = try await Self.house()
        let error = await #expect(throws: ImportRefused.self) {
            try await house.take(Self.line("O1", "currency=USD \(words)"))
        }
        let column = fault.split(separator: " ").last.map(String.init) ?? ""
        let line = Self.line("O1", "currency=USD \(words)")
        let names = line.split(separator: " ").map { $0.prefix { $0 != "=" } }
        let place = try #require(names.firstIndex { $0 == column }) * 10 + 1
        #expect(
            error?.faults.map { "\($0.code) \($0.column)" }
                == ["\(fault.prefix { $0 != " " }) \(place)"],
            "\(error?.faults.map(\.sentence) ?? [])")
    }

    @Test func `two corrections together take back no more than was paid`() async throws {
        let house = try await Self.house()
        let half = "currency=USD decision=\(Self.decision) principal=-400.00"
        try await house.take(Self.line("O1", half))
        let error = await #expect(throws: ImportRefused.self) {
            try await house.take(Self.line("O2", half))
        }
        #expect(error?.faults.map(\.code) == ["FACT-016"])
    }

    @Test func `one from before the decision, or of a closed date, is refused`() async throws {
        let house = try await Self.house()
        let error = await #expect(throws: ImportRefused.self) {
            try await house.take(
                Self.line(
                    "O1", "currency=USD decision=\(Self.decision) principal=-1.00",
                    on: "2026-03-02"))
        }
        #expect(error?.faults.map(\.code) == ["FACT-007", "FACT-015"])
    }

    @Test func `a correction of which nothing is left to book leaves a trace`() async throws {
        let house = try await Self.house(.compensation(.loan))
        try await house.take(
            FactFile.line(
                "O1", "transfer", "reason=sale from=keystone to=harbor", valueDate: "2026-03-05",
                at: "2026-03-05T09:00:00Z"))
        try await house.take(
            Self.line("O2", "currency=USD decision=\(Self.decision) principal=-100.00"))
        try await house.close(through: "2026-03-05")
        let trace = house.store.world.lossDraws.last
        #expect(trace?.layer == "first-loss" && trace?.shortfall == "gone")
        #expect(trace?.asked.total == -100_00 && trace?.paid == .zero)
        #expect(try await house.verify.run() == nil)
    }

    /// No agreement shares losses: the close looks at the loan for the payment alone.
    @Test func `principal that revives after a sale follows the claim`() async throws {
        let house = try CoveredHouse.house([])
        try await CoveredHouse.lending(["L1"], house)
        try await house.close(through: "2026-01-31")
        try await house.pay(PaymentFile.row("P1", "L1", "340.03", valueDate: "2026-02-01"))
        try await house.close(through: "2026-02-04")
        try await house.take(
            FactFile.line(
                "O1", "transfer", "reason=sale from=harbor to=keystone", valueDate: "2026-02-05",
                at: "2026-02-05T10:00:00Z"))
        try await house.close(through: "2026-02-07")
        try await house.take(
            FactFile.line(
                "R1", "reversal", "reverses=P1", valueDate: "2026-02-08",
                at: "2026-02-08T10:00:00Z"))
        try await house.close(through: "2026-02-09")
        // Of 330.03 of principal harbor had 231.02.
        #expect(
            house.store.world.lossDecisions.last
                == "2026-02-08 L1 sale harbor>keystone 231.02/0.00")
        #expect(try await house.verify.run() == nil)
    }
}
