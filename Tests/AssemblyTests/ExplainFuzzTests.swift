import Assembly
import Foundation
import Operations
import TestSupport
import Testing

/// `config explain` of spoiled files.
struct ExplainFuzzTests {
    private static let config = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Config").standardizedFileURL.path

    private static let loan = """
        {"loan_id": "L1", "borrower_id": "B1", "product": "instalment-loan",
         "principal": "18000.00", "currency": "USD", "annual_rate_percent": "11",
         "instalments": 24, "agreement": "tiered-trio", "grade": "A", "region": "NY",
         "approved_at": "2026-01-01T09:00:00Z", "first_due_on": "2026-02-01"}
        """

    /// Values that a field may be given instead.
    private static let values = [
        "", "0", "-1", "9223372036854775807", "99999999999999999999", "1e9", "0.001", "NaN", "é",
        "1000000000000000.00", "2026-02-30", "XXX", "tiered-trio ", "\\u0000", "null",
    ]

    /// None crashes; each is decided, or refused with a code and a place in the file.
    @Test func `no spoiled loan crashes an explanation or is refused without a place`()
        async throws
    {
        let folder = try TemporaryFolder()
        var random = SeededCase(number: 0).generator
        var (decided, refused) = (0, 0)
        for number in 0..<300 {
            let path = folder.path("loan.json")
            try Data(Self.spoiled(&random)).write(to: URL(fileURLWithPath: path))
            var launch = Launch(
                configDirectory: Self.config, store: "sqlite:\(folder.path("none.db"))",
                isDryRun: false, isQuiet: true)
            launch.environment = [:]
            do {
                _ = try await Application.explain(
                    path, date: nil, withLoss: random.isOne(in: 2), launch)
                decided += 1
            } catch {
                refused += 1
                let failure = Failure(error)
                for line in failure.lines {
                    #expect(
                        line.contains("loan.json:") && !line.hasPrefix("GEN-"),
                        "case \(number): \(line)")
                }
                #expect(failure.exit == .badInput, "case \(number): \(failure.lines)")
            }
        }
        #expect(decided > 0 && refused > 100, "\(decided) decided, \(refused) refused")
    }

    /// The loan with one value replaced, or some bytes.
    private static func spoiled(_ random: inout SeededGenerator) -> [UInt8] {
        if random.isOne(in: 2) {
            let parts = loan.split(separator: "\"", omittingEmptySubsequences: false)
            let place = random.pick(0...parts.count - 1)
            var spoiled = parts.map(String.init)
            spoiled[place] = random.pick(values)
            return Array(spoiled.joined(separator: "\"").utf8)
        }
        var bytes = Array(loan.utf8)
        for _ in 0..<random.pick(1...3) {
            let place = random.pick(0...bytes.count - 1)
            switch random.pick(0...2) {
            case 0: bytes[place] = UInt8(random.pick(0...255))
            case 1: bytes.remove(at: place)
            default: bytes.insert(UInt8(random.pick(32...126)), at: place)
            }
        }
        return bytes
    }
}
