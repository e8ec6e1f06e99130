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

    @Test func `a name server that does not answer holds nobody up beyond the time-out`()
        async throws
    {
        let folder = try TemporaryFolder()
        let source = try folder.write(Self.silentNameServer, to: "silent.c")
        let library = folder.path("silent.so")
        let built = try await Tool.run("clang", ["-shared", "-fPIC", "-o", library, source])
        try #require(built.exit == 0, "\(built.output)")
        let colend = ProductProcess.directory.appending(path: "colend").path
        let outcome = try await Tool.run(
            "sh",
            [
                "-c",
                "LD_PRELOAD='\(library)' exec timeout 100 '\(colend)' bench client "
                    + "--url http://silent.test:80/ --requests 2 --connections 1 --output json",
            ])
        #expect(outcome.exit == 69, "\(outcome.output)")
        #expect(outcome.output.contains("\"answered\":0"))
    }

    /// Looks one name up for ever, and every other at once in vain.
    private static let silentNameServer = """
        #include <netdb.h>
        #include <string.h>
        #include <unistd.h>
        int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                        struct addrinfo **result) {
            while (node && strcmp(node, "silent.test") == 0) pause();
            return EAI_NONAME;
        }
        """

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
