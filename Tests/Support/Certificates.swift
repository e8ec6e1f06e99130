package import Foundation

/// Certificates of a test's own, made by `openssl`: an authority, who it vouches for, and another
/// authority that nobody trusts.
package struct Certificates: Sendable {
    package let folder: TemporaryFolder

    /// - Throws: `POSIXError`, or ``PostgresCluster/Absence`` when `openssl` cannot make them.
    package init() async throws {
        folder = try TemporaryFolder()
        let log = folder.path("log")
        var program = Spawn.Program(path: "/bin/sh", output: log, errors: log)
        program.arguments = ["-e", "-c", Self.script]
        program.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        program.directory = folder.path
        guard await Spawn.exit(of: try Spawn.start(program)) == 0 else {
            let said = FileManager.default.contents(atPath: log) ?? Data()
            throw PostgresCluster.Absence(
                description: "no certificates: \(String(decoding: said, as: UTF8.self))")
        }
    }

    /// The path of `ca.crt`, `other.crt`, `server.crt`, `server.key`, `expired.crt`,
    /// `expired.key`, `ann.crt` or `ann.key`.
    package func path(_ name: String) -> String { folder.path(name) }

    /// The file of that name.
    package func file(_ name: String) -> URL { folder.url.appending(path: name) }

    private static let script = """
        new() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -batch "$@"; }
        for name in ca other; do
            new -x509 -keyout $name.key -out $name.crt -days 2 -subj "/CN=$name"
        done
        sign() {
            new -keyout $1.key -out $1.csr -subj "/CN=$2" -addext "subjectAltName=DNS:$2"
            openssl x509 -req -in $1.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days $3 \
                -copy_extensions copyall -out $1.crt
        }
        sign server localhost 2
        sign ann ann 2
        sign expired localhost -1
        """
}
