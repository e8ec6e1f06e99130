import PostgresEngine
import SQLStore
import TestSupport
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        (
            "postgres://ann:secret@db.example:5433/books?sslmode=verify-full",
            "postgres://ann@db.example:5433/books"
        ),
        ("postgresql://db/books?password=secret&user=ann", "postgres://ann@db/books"),
        (
            "postgres:///books?host=/run/pg&options=-csearch_path%3Dlending",
            "postgres:///books?host=/run/pg&options=-csearch_path=lending"
        ),
        ("postgresql://ann@/books?sslpassword=secret", "postgres://ann@/books"),
    ])
    func `an address is shown without what is secret in it`(url: String, shown: String) {
        #expect(PostgresAddress(url)?.shown == shown)
    }

    @Test(arguments: [
        "", "sqlite:a.db", "postgres:", "mysql://db/books", "postgres://db/books?no_such=1",
        "postgres://db/%zz", "postgres://[::1/books",
        "postgres://ann:pa/ss@db/books", "postgres://ann:p@ss@db/books",
    ])
    func `what libpq cannot read, or reads a password in, is no address`(url: String) {
        #expect(PostgresAddress(url) == nil)
    }

    @Test
    func `a server that is not there is unavailable, a database that is not cannot be opened`()
        async throws
    {
        let cluster = try await PostgresCluster.shared()
        let cases = [
            (cluster.url.replacing(/\/[^\/?]*\?/, with: "/nowhere?"), "STORE-001"),
            (cluster.url(schema: "nowhere"), "STORE-001"),
            ("postgres://ann:secret@/books?host=/nowhere", "STORE-018"),
            // The port looks like a code of the server's.
            ("postgres://ann:secret@127.0.0.1:54329/books", "STORE-018"),
        ]
        for (url, code) in cases {
            let address = try Schemas.address(url)
            let error = await storeError { _ = try await PostgresEngine(address) }
            #expect(error?.code == code, "\(url)")
            #expect(error?.sentence.contains("secret") == false)
        }
    }
}
