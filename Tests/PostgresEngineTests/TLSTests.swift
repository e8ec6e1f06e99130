import PostgresEngine
import SQLStore
import TestSupport
import Testing

extension OwnServerTests {
    @Suite struct TLSTests {
        private let server: Server

        init() async throws {
            server = try await Server.shared.value
        }

        private func path(_ name: String) -> String { server.certificates.path(name) }

        private func engine(_ url: String) async throws -> PostgresEngine {
            try await PostgresEngine(try Schemas.address(url), mostConnections: 1)
        }

        /// Why an address is refused for good.
        private func refusal(_ url: String) async -> String {
            let error = await storeError { _ = try await engine(url) }
            #expect(error?.code == "STORE-001", "\(url)")
            return error?.sentence ?? ""
        }

        @Test func `a server that shows who it is is talked to in secret`() async throws {
            let url = server.cluster.secureURL("sslmode=verify-full&sslrootcert=\(path("ca.crt"))")
            #expect(try await engine(url).health().hasTLS)
            let open = server.cluster.secureURL("sslmode=disable")
            #expect(try await !engine(open).health().hasTLS)
        }

        @Test func `a server of another authority is refused`() async {
            let sentence = await refusal(
                server.cluster.secureURL("sslmode=verify-full&sslrootcert=\(path("other.crt"))"))
            #expect(sentence.contains("no authority of sslrootcert has signed it"))
        }

        @Test func `a server of another name is refused`() async {
            let url = server.cluster.secureURL(
                "sslmode=verify-full&sslrootcert=\(path("ca.crt"))")
            let sentence = await refusal(url.replacing("localhost", with: "books.example"))
            #expect(sentence.contains("does not match host name \"books.example\""))
        }

        @Test func `an authority that is not there is named`() async {
            let sentence = await refusal(
                server.cluster.secureURL("sslmode=verify-full&sslrootcert=/none/ca.crt"))
            #expect(sentence.contains("/none/ca.crt"))
        }

        @Test func `a certificate that has expired is refused`() async throws {
            let url = server.cluster.secureURL("sslmode=verify-ca&sslrootcert=\(path("ca.crt"))")
            try await server.cluster.set(
                "ssl_cert_file = 'expired.crt'", "ssl_key_file = 'expired.key'")
            try await wait { await storeError { _ = try await engine(url) } != nil }
            let sentence = await refusal(url)
            try await server.cluster.set(
                "ssl_cert_file = 'server.crt'", "ssl_key_file = 'server.key'")
            try await wait { await storeError { _ = try await engine(url) } == nil }
            #expect(sentence.contains("has expired"))
        }

        @Test func `who comes with a certificate needs no password`() async throws {
            let options = "sslmode=verify-full&sslrootcert=\(path("ca.crt"))"
            try await server.cluster.psql("CREATE ROLE ann LOGIN")
            let url = server.cluster.secureURL(user: "ann", options)
            let own = try await engine(
                "\(url)&sslcert=\(path("ann.crt"))&sslkey=\(path("ann.key"))")
            #expect(try await own.health().hasTLS)
            #expect(await refusal("\(url)&sslcert=/none").contains("certificate"))
            let stolen = "\(url)&sslcert=\(path("server.crt"))&sslkey=\(path("server.key"))"
            #expect(await refusal(stolen).contains("\"ann\""))
        }

        @Test func `a wrong password is refused and not repeated`() async throws {
            try await server.cluster.psql("CREATE ROLE bob LOGIN PASSWORD 'right'")
            let url = server.cluster.secureURL(user: "bob", "password=right")
            #expect(try await engine(url).health().hasTLS)
            let sentence = await refusal(url.replacing("right", with: "topsecret"))
            #expect(sentence.contains("password authentication failed for user \"bob\""))
            #expect(!sentence.contains("topsecret"))
        }

        @Test func `a server without TLS is refused where TLS is required`() async throws {
            let url = server.cluster.secureURL("sslmode=require")
            try await server.cluster.set("ssl = off")
            try await wait { await storeError { _ = try await engine(url) } != nil }
            let sentence = await refusal(url)
            try await server.cluster.set("ssl = on")
            try await wait { await storeError { _ = try await engine(url) } == nil }
            #expect(sentence.contains("server does not support SSL, but SSL was required"))
        }

        /// A running server takes its settings up some time.
        private func wait(until isSo: () async -> Bool) async throws {
            for _ in 0..<1_500 {
                if await isSo() { return }
                try await Task.sleep(for: .milliseconds(20))
            }
            try hold(false, "the server does not take its settings up")
        }
    }
}
