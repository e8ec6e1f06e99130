import Foundation
import TestSupport
import Testing

/// The demo's borrowers: each behaves as the real one did, compressed into its days.
struct DemoConductTests {
    @Test func `borrowers end as late as the real ones were`() async throws {
        let folder = try TemporaryFolder()
        let outcome = try await Colend.run(
            "demo", "--loans", "90", "--days", "120", "--faults", "off", "--quiet",
            "--directory", "demo", in: folder)
        let demo = DemoRun(folder: folder, outcome: outcome)
        #expect(outcome.exit == 0, "\(outcome.errors)")
        try await followsTheExample(demo)
        let statuses = try sampleStatuses()
        var seen: Set<String> = []
        let loans: [Object] = try await demo.colend("loans list").json()
        for loan in loans where loan["state"] as? String == "disbursed" {
            let id = try #require(loan["loan"] as? String)
            let status = try #require(statuses[id])
            let shown: Object = try await demo.colend("loans show \(id)").json()
            let position = try #require(shown["position"] as? Object)
            let lateness = try #require(position["daysPastDue"] as? Int)
            seen.insert(status)
            #expect(expected(status).contains(lateness), "\(id), \(status): \(lateness) days")
        }
        #expect(seen.count >= 5, "\(seen)")
    }

    /// The loan that the demo names was paid for by the guarantor, and can be followed to the end.
    private func followsTheExample(_ demo: DemoRun) async throws {
        let losses = try demo.outcome.json(as: Object.self)["losses"] as? Object
        #expect(try #require(losses?["compensated"] as? Int) > 0)
        #expect(try #require(losses?["invoked"] as? Int) > 0)
        let id = try #require(losses?["example"] as? String)
        let story = try await demo.colend("loans show \(id)").json(as: Object.self)
        let kinds = try #require(story["facts"] as? [Object]).compactMap { $0["kind"] as? String }
        #expect(
            kinds.filter { ["compensation", "recovery"].contains($0) }
                == ["compensation", "recovery"])
        let settled = try #require(story["settled"] as? [Object]).map { line in
            ["party", "type", "state"].map { line[$0] as? String ?? "" }.joined(separator: " ")
        }
        #expect(
            settled == [
                "harbor compensations confirmed", "keystone compensations confirmed",
                "keystone recoveries confirmed",
            ])
    }

    /// Days past due at the end. A current borrower may be a few days late: told late, or a
    /// debit returned and paid again.
    private func expected(_ status: String) -> ClosedRange<Int> {
        switch status {
        case "In Grace Period": 1...15
        case "Late (16-30 days)": 16...30
        case "Late (31-120 days)": 31...120
        // Written off: nothing of it is past due any more.
        case "Charged Off": 0...0
        default: 0...5
        }
    }

    private let sample = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Mocks/Data/loans.csv")

    private func sampleStatuses() throws -> [String: String] {
        let text = try String(contentsOf: sample, encoding: .utf8)
        let rows = text.split(separator: "\n").map { $0.split(separator: ",") }
        let column = try #require(rows.first?.firstIndex(of: "loan_status"))
        return Dictionary(
            rows.dropFirst().map { (String($0[0]), String($0[column])) },
            uniquingKeysWith: { first, _ in first })
    }
}
