import Foundation
import PostgresEngine
import SQLStore
import TestSupport
import Testing

/// What a server may answer to a greeting, down to none at all.
@Suite struct FakeServerTests {
    private func error(_ bytes: [UInt8], hangsUp: Bool = false) async throws -> (String, String) {
        let server = try FakeServer(saying: bytes, hangsUp: hangsUp)
        let address = try Schemas.address(server.url)
        let error = await storeError { _ = try await PostgresEngine(address) }
        withExtendedLifetime(server) {}
        return (error?.code ?? "none", error?.sentence ?? "")
    }

    @Test(arguments: [
        ("14.9", "UTF8", "the server is PostgreSQL 14 and 15 or later is needed"),
        ("9.6.24", "UTF8", "the server is PostgreSQL 9 and 15 or later is needed"),
        ("15.20", "SQL_ASCII", "the database's encoding is not UTF8"),
    ])
    func `a server that is too old or of another encoding is refused`(
        version: String, encoding: String, reason: String
    ) async throws {
        let (code, sentence) = try await error(
            FakeServer.greeting(version: version, encoding: encoding))
        #expect(code == "STORE-001")
        #expect(sentence.contains(reason))
    }

    @Test(arguments: [
        ("53300", "STORE-018"), ("57P03", "STORE-018"), ("57P01", "STORE-018"),
        ("28P01", "STORE-001"), ("28000", "STORE-001"), ("3D000", "STORE-001"),
        ("42501", "STORE-001"), ("55000", "STORE-001"),
    ])
    func `what may pass is worth another try, what stays is not`(
        state: String, expected: String
    ) async throws {
        let (code, sentence) = try await error(FakeServer.refusal(state: state))
        #expect(code == expected)
        #expect(sentence.contains("by request"))
    }

    @Test func `a server that is none, or hangs up, cannot be reached`() async throws {
        let answers = ["HTTP/1.1 400 Bad Request\r\n\r\n", "", "E", "\0\0\0\0\0\0\0\0\0"]
        for answer in answers {
            let (code, _) = try await error(Array(answer.utf8), hangsUp: true)
            #expect(code == "STORE-018", "\(answer)")
        }
    }
}
