import Foundation
import TestSupport
import Testing

/// The doctor says what is wrong, and the exit code what kind of trouble it is.
struct DoctorTests {
    private func states(_ outcome: Colend.Outcome) throws -> [String: String] {
        let answer = try outcome.json(as: Object.self)
        let checks = try #require(answer["checks"] as? [[String: String]])
        return Dictionary(checks.map { ($0["check"] ?? "", $0["state"] ?? "") }) { first, _ in
            first
        }
    }

    @Test func `sound books are fit for service`() async throws {
        let outcome = try await DemoRun.first.value.colend("doctor --offline")
        #expect(outcome.exit == 0, "\(outcome.output)")
        let states = try states(outcome)
        #expect(Set(states.values) == ["ok"])
        #expect(
            states.keys.sorted() == [
                "SQLite", "clock", "configuration", "cut-off", "disk", "integrity", "libcurl",
                "rights", "secret of clearing", "secret of harbor", "secret of meridian",
                "secret of summit", "store",
            ])
    }

    @Test func `banks that do not answer are unavailable`() async throws {
        let outcome = try await DemoRun.first.value.colend("doctor")
        #expect(outcome.exit == 69)
        #expect(try states(outcome)["partner harbor"] == "failed")
    }

    @Test func `books that are not made yet are no trouble`() async throws {
        let books = try await Books.new()
        let outcome = try await books.colend("doctor --offline")
        #expect(outcome.exit == 0, "\(outcome.output)")
        #expect(try states(outcome)["store"] == "note")
        #expect(books.folder.files().keys.allSatisfy { $0.hasPrefix("Config/") })
    }

    @Test func `a faulty configuration ends the look with all its faults`() async throws {
        let outcome = try await Colend.run("doctor", "--config", "nowhere", "--offline")
        #expect(outcome.exit == 78)
        #expect(try states(outcome)["configuration"] == "failed")
        #expect(try states(outcome)["libcurl"] == "ok")
    }

    @Test func `a secret that is missing is a fault of the configuration`() async throws {
        let books = try await Books.new()
        let outcome = try await books.colend(
            ["doctor", "--offline"], environment: ["COLEND_HARBOR_SECRET": ""])
        #expect(outcome.exit == 78)
        #expect(try states(outcome)["secret of harbor"] == "failed")
    }

    @Test func `a secret that others can read is told`() async throws {
        let books = try await Books.new()
        let file = try books.folder.write(String(repeating: "5a", count: 32), to: "secret")
        for (rights, exit, state) in [(0o600, Int32(0), "ok"), (0o640, 2, "warning")] {
            try FileManager.default.setAttributes(
                [.posixPermissions: rights], ofItemAtPath: file)
            let outcome = try await books.colend(
                ["doctor", "--offline"],
                environment: ["COLEND_HARBOR_SECRET": "", "COLEND_HARBOR_SECRET_FILE": file])
            #expect(outcome.exit == exit, "\(outcome.output)")
            #expect(try states(outcome)["secret of harbor"] == state)
        }
    }

    @Test func `a damaged store is told as one`() async throws {
        let books = try await Books.withLoans()
        try books.folder.write(Data(repeating: 0x41, count: 8_192), to: "colend.db")
        let outcome = try await books.colend("doctor --offline")
        #expect(outcome.exit == 74)
        #expect(try states(outcome)["store"] == "failed")
        #expect(outcome.output.contains("STORE-002"))
    }

    @Test func `a table tells what to do`() async throws {
        let run = try await DemoRun.first.value
        let shown = try await run.colend("doctor --output table").output
        #expect(shown.contains("its requests wait, a close does not"))
        #expect(shown.hasSuffix("4 of 17 checks want attention\n"))
    }
}
