import LendingRules
import Operations
import Synchronization
import TestSupport
import Testing

/// Rejected rows kept in memory.
private final class RejectBox: Rejects {
    private let kept = Mutex<[RejectedRow]>([])

    func take(_ rows: [RejectedRow], of table: ImportTable) throws {
        kept.withLock { $0 += rows }
    }

    var reasons: [String] {
        kept.withLock { rows in
            rows.map { row in "\(row.line) \(row.faults.map(\.code).joined(separator: " "))" }
        }
    }
}

/// A place that cannot be written to.
private struct FullDisk: Rejects {
    struct Full: Error {}
    func take(_ rows: [RejectedRow], of table: ImportTable) throws { throw Full() }
}

struct KeepGoodTests {
    @Test func `good repayments are recorded and the others told with all their reasons`()
        async throws
    {
        let house = try await TestServicing.house()
        let box = RejectBox()
        var twice = PaymentFile.row("P4", "L9")
        twice[2] = "ten"
        let summary = try await house.repaymentImport.run(
            PaymentFile.table([
                PaymentFile.row("P1"), PaymentFile.row("P2", "L2"), PaymentFile.row("P3"),
                PaymentFile.row("P3"), twice,
            ]), rejects: box)
        #expect(
            summary
                == ImportSummary(file: "payments.csv", imported: 2, alreadyThere: 0, rejected: 3))
        #expect(box.reasons == ["3 INTAKE-017", "5 INTAKE-009", "6 INTAKE-016 INTAKE-007"])
        #expect(house.facts(of: "L1").keys.sorted() == ["L1.disbursed", "P1", "P3"])
    }

    @Test func `a row that stands on a rejected one is rejected too`() async throws {
        let house = try await TestServicing.house()
        let box = RejectBox()
        let summary = try await house.repaymentImport.run(
            PaymentFile.table([
                PaymentFile.row("P1", "L1", "0"), PaymentFile.row("R1", reverses: "P1"),
                PaymentFile.row("P2"), PaymentFile.row("R2", reverses: "P2"),
            ]), rejects: box)
        #expect(summary.imported == 2)
        #expect(box.reasons == ["2 INTAKE-006", "3 INTAKE-019"])
        #expect(house.facts(of: "L1").keys.sorted() == ["L1.disbursed", "P2", "R2"])
    }

    @Test func `where rejects cannot be kept nothing is recorded`() async throws {
        let house = try await TestServicing.house()
        await #expect(throws: FullDisk.Full.self) {
            try await house.repaymentImport.run(
                PaymentFile.table([PaymentFile.row("P1"), PaymentFile.row("P2", "L2")]),
                rejects: FullDisk())
        }
        #expect(house.facts(of: "L1").keys.sorted() == ["L1.disbursed"])
    }

    @Test func `a wrong header is refused even so`() async throws {
        let house = try await TestServicing.house()
        await #expect(throws: ImportRefused.self) {
            try await house.repaymentImport.run(
                PaymentFile.table([], columns: ["payment_id"]), rejects: RejectBox())
        }
    }
}
