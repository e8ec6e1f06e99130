import Foundation
import TestSupport
import Testing

/// A store on a PostgreSQL server, as a user sees it.
@Suite struct PostgresStoreTests {
    @Test func `the demo ends in the same bytes as in a file`() async throws {
        let file = try await DemoRun.first.value
        let url = try await PostgresCluster.shared().makeSchema()
        let folder = try TemporaryFolder()
        let outcome = try await Colend.run(
            "demo", "--loans", "40", "--days", "40", "--seed", "7", "--directory", "demo",
            "--output", "json", "--store", url, in: folder)
        #expect(outcome.exit == file.outcome.exit, "\(outcome.errors)")
        let (told, expected): (Object, Object) = (try outcome.json(), try file.outcome.json())
        #expect(told["digest"] as? String == expected["digest"] as? String)
        #expect(folder.files(below: "demo/out") == file.folder.files(below: "demo/out"))
        let run = DemoRun(folder: folder, outcome: outcome)
        for question in ["ledger trial-balance", "breaks list", "settlement show", "verify"] {
            let answer = try await run.colend(question, environment: ["COLEND_STORE": url])
            #expect(answer.output == (try await file.colend(question)).output, "\(question)")
        }
        let again = try await Colend.run(
            "demo", "--loans", "1", "--days", "1", "--store", url, in: folder)
        #expect(again.exit == 74)
        #expect(again.codes == ["IO-002"], "\(again.errors)")
    }

    @Test func `a store that is not there is not made by asking or rehearsing`() async throws {
        let books = try await Books.new()
        let store = ["COLEND_STORE": try await PostgresCluster.shared().makeSchema()]
        for command in ["loans list", "verify", "fund", "eod --date 2026-01-02"] {
            let outcome = try await books.colend(words(command), environment: store)
            #expect(outcome.exit == 74)
            #expect(outcome.codes == ["IO-003"], "\(outcome.errors)")
        }
        let rehearsal = try await books.colend(
            words("loans import - --dry-run"), input: Books.loans, environment: store)
        #expect(rehearsal.exit == 0, "\(rehearsal.errors)")
        #expect(try await books.colend(words("loans list"), environment: store).exit == 74)
        let imported = try await books.colend(
            words("loans import -"), input: Books.loans, environment: store)
        #expect(imported.exit == 0, "\(imported.errors)")
        let listed = try await books.colend(words("loans list"), environment: store)
        #expect(try listed.json(as: [Object].self).count == 3)
    }

    @Test func `the doctor looks at the server`() async throws {
        let books = try await Books.new()
        let store = ["COLEND_STORE": try await PostgresCluster.shared().makeSchema()]
        _ = try await books.colend(
            words("loans import -"), input: Books.loans, environment: store)
        let outcome = try await books.colend(words("doctor --offline"), environment: store)
        for words in ["PostgreSQL 1", "every commit reaches the server's disk"] {
            #expect(outcome.output.contains(words), "\(outcome.output)")
        }
    }

    @Test func `the doctor tells whether the server is talked to in secret`() async throws {
        let certificates = try await Certificates()
        let server = try await PostgresCluster.withTLS(certificates)
        let books = try await Books.new()
        let options = "sslmode=verify-full&sslrootcert=\(certificates.path("ca.crt"))"
        let store = ["COLEND_STORE": server.secureURL(options)]
        let imported = try await books.colend(
            words("loans import -"), input: Books.loans, environment: store)
        #expect(imported.exit == 0, "\(imported.errors)")
        let outcome = try await books.colend(words("doctor --offline"), environment: store)
        #expect(outcome.output.contains("schema public, TLS"), "\(outcome.output)")
        let wrong = server.secureURL(
            "sslmode=verify-full&sslrootcert=\(certificates.path("other.crt"))")
        let refused = try await books.colend(
            words("loans list"), environment: ["COLEND_STORE": wrong])
        #expect(refused.exit == 74)
        #expect(refused.codes == ["STORE-001"], "\(refused.errors)")
    }

    @Test func `the bench loads tables and leaves them only when asked`() async throws {
        let store = ["COLEND_STORE": try await PostgresCluster.shared().makeSchema()]
        for arguments in [["--rows", "3000", "--keep"], ["--rows", "50"]] {
            let outcome = try await Colend.run(
                ["bench", "load"] + arguments, environment: store)
            #expect(outcome.exit == 0, "\(outcome.errors)")
            let loads = try outcome.json(as: [Object].self)
            #expect(
                loads.compactMap { $0["table"] as? String }
                    == ["bench_narrow", "bench_distribution"])
            #expect(loads.allSatisfy { $0["rowsPerSecond"] as? Int ?? 0 > 0 })
        }
        let file = try await Colend.run("bench", "load", "--store", "sqlite:none.db")
        #expect(file.codes == ["USAGE-006"])
        let none = try await Colend.run("bench", "load", "--rows", "0", environment: store)
        #expect(none.codes == ["USAGE-025"])
    }

    @Test func `a password is in no answer and in no message`() async throws {
        let books = try await Books.new()
        let url = "postgres://ann:topsecret@/books?host=/nowhere&sslpassword=topsecret"
        let store = ["COLEND_STORE": url]
        for command in ["config show", "loans list", "doctor --offline", "loans import -"] {
            let outcome = try await books.colend(words(command), environment: store)
            #expect(!outcome.output.contains("topsecret"), "\(command)")
            #expect(!outcome.errors.contains("topsecret"), "\(command)")
        }
        let unreadable = ["COLEND_STORE": "postgres://ann:topsecret@/books?no_such=1"]
        let refused = try await books.colend(words("loans list"), environment: unreadable)
        #expect(refused.codes == ["USAGE-006"])
        #expect(!refused.errors.contains("topsecret"))
        let unreached = try await books.colend(words("loans list"), environment: store)
        #expect(unreached.exit == 75)
        #expect(unreached.codes == ["STORE-018"], "\(unreached.errors)")
    }

    private func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
}
