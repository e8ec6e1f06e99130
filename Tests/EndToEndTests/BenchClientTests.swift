import Foundation
import TestSupport
import Testing

/// `colend bench client`, which `Benchmarks/run` holds against others.
struct BenchClientTests {
    /// Nobody listens there.
    private static let nowhere = "http://127.0.0.1:9/"

    @Test func `more connections than files may be open at first are no trouble`() async throws {
        let colend = ProductProcess.directory.appending(path: "colend").path
        let outcome = try await Tool.run(
            "sh",
            [
                "-c",
                "ulimit -S -n 64; exec '\(colend)' bench client --url \(Self.nowhere) "
                    + "--requests 2 --connections 1 --beside 100 --output json",
            ])
        // The hundred stand; only those that nobody takes fail.
        #expect(outcome.exit == 69, "\(outcome.output)")
        #expect(outcome.output.contains("\"beside\":100"))
        #expect(outcome.output.contains("\"answered\":0"))
    }

    @Test(arguments: [
        ("--requests", "0"), ("--connections", "0"), ("--connections", "5000"),
        ("--bytes", "2000000"), ("--beside", "5000"),
    ])
    func `a load beyond the bounds is refused`(option: String, number: String) async throws {
        let wrong = try await Colend.run(
            "bench", "client", "--url", Self.nowhere, option, number)
        #expect(wrong.exit == 64)
        #expect(wrong.codes == ["USAGE-025"])
    }
}
