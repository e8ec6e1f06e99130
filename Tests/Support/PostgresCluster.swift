package import Foundation
private import Synchronization

/// A PostgreSQL server of this test process's own: started when first asked for, on a socket only,
/// and gone with the process, however that ends.
///
/// With `COLEND_TEST_POSTGRES_URL` tests use that server instead.
package final class PostgresCluster: Sendable {
    /// Why there is no server.
    package struct Absence: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }

    /// Where the server is: an address without a schema.
    package let url: String
    /// Its directory with the socket and the log; nil when it is somebody else's.
    package let directory: URL?
    /// The file whose open end keeps the server running, and through which it gets its orders.
    private let leash: Int32
    /// How often the server has been started.
    private let starts = Mutex(1)

    /// The server that the tests of this process share.
    ///
    /// - Throws: ``Absence`` with the reason; a missing server fails a test, it does not skip it.
    package static func shared() async throws -> PostgresCluster { try await single.value }

    private static let single = Task { () throws -> PostgresCluster in
        let given = ProcessInfo.processInfo.environment["COLEND_TEST_POSTGRES_URL"] ?? ""
        return given.isEmpty ? try await PostgresCluster() : PostgresCluster(url: given)
    }

    private init(url: String) {
        (self.url, directory, leash) = (url, nil, -1)
    }

    /// Starts a server of one's own, which may be killed.
    ///
    /// - Parameters:
    ///   - settings: More of its command line, such as `-c`, `fsync=off`.
    ///   - files: Copied into its data directory for it alone to read, such as certificates.
    ///   - port: Where it listens when the settings name an address.
    /// - Throws: ``Absence`` or an error of Foundation.
    package init(
        settings: [String] = [], files: [URL] = [], port: UInt16 = 5432
    ) async throws {
        let programs = try Self.programs()
        let directory = try Self.makeDirectory()
        let given = directory.appending(path: "given")
        try FileManager.default.createDirectory(at: given, withIntermediateDirectories: true)
        for file in files {
            try FileManager.default.copyItem(
                at: file, to: given.appending(path: file.lastPathComponent))
        }
        let input = directory.appending(path: "leash").path
        guard mkfifo(input, 0o600) == 0 else {
            throw Absence(description: "\(input) cannot be made")
        }
        // For reading as well, or opening it would wait for the server's side.
        leash = open(input, O_RDWR | O_CLOEXEC)
        var program = Spawn.Program(
            path: "/bin/sh", output: directory.appending(path: "log").path,
            errors: directory.appending(path: "log").path)
        program.arguments = ["-c", Self.script, "sh", directory.path, programs] + settings
        program.environment = [
            "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8", "PGPORT": "\(port)",
        ]
        program.input = input
        self.directory = directory
        // A busy machine may keep a connection waiting.
        url =
            "postgresql:///postgres?user=colend&port=\(port)&connect_timeout=120"
            + "&host=\(directory.path)"
        _ = try Spawn.start(program)
        try await waitUntilReady(starts: 1)
    }

    deinit { if leash >= 0 { close(leash) } }

    /// The process id of the server.
    ///
    /// - Throws: ``Absence`` when it has none.
    package func serverIdentifier() throws -> Int32 {
        let file = directory?.appending(path: "data/postmaster.pid")
        let text = try file.map { try String(contentsOf: $0, encoding: .utf8) } ?? ""
        guard let identifier = text.split(separator: "\n").first.flatMap({ Int32($0) }) else {
            throw Absence(description: "the server has no process id")
        }
        return identifier
    }

    /// The address of a schema on the server.
    package func url(schema: String) -> String {
        url + (url.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(schema)"
    }

    /// Stops the server at once, as a crash would: nothing is put in order, and every connection
    /// is cut. Then starts it again on the same data and waits until it answers.
    ///
    /// - Throws: ``Absence``; nobody else's server is stopped.
    package func crash() async throws {
        guard leash >= 0 else { throw Absence(description: "this server is not ours to stop") }
        let count = starts.withLock { count in
            count += 1
            return count
        }
        let order = Array("again\n".utf8)
        guard write(leash, order, order.count) == order.count else {
            throw Absence(description: "the server takes no orders")
        }
        try await waitUntilReady(starts: count)
    }

    private func waitUntilReady(starts count: Int) async throws {
        guard let directory else { return }
        let files = FileManager.default
        while !files.fileExists(atPath: directory.appending(path: "ready-\(count)").path) {
            if files.fileExists(atPath: directory.appending(path: "failed").path) {
                let log = files.contents(atPath: directory.appending(path: "log").path) ?? Data()
                throw Absence(description: String(decoding: log, as: UTF8.self))
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// A short path: a socket's may have 107 bytes.
    private static func makeDirectory() throws -> URL {
        let usual = FileManager.default.temporaryDirectory
        let parent = usual.path.utf8.count <= 60 ? usual : URL(fileURLWithPath: "/tmp")
        let name = "colend-pg-\(UUID().uuidString.prefix(8))"
        let directory = parent.appending(path: name)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        return directory
    }

    /// Makes a schema for one test, which goes with the server, and tells its address.
    ///
    /// - Throws: ``Absence``, or an error of Foundation.
    package func makeSchema() async throws -> String {
        let name = Self.newName()
        try await execute("CREATE SCHEMA \(name)")
        return url(schema: name)
    }

    /// A name that nothing else has.
    package static func newName() -> String {
        "t\(UUID().uuidString.lowercased().filter { $0 != "-" })"
    }

    /// Runs statements by `psql`, in one transaction.
    ///
    /// - Throws: ``Absence`` with what the server says, or an error of Foundation.
    package func execute(_ sql: String, on url: String? = nil) async throws {
        let (exit, said) = try await run(
            "psql",
            ["-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-d", url ?? self.url, "-c", sql])
        guard exit == 0 else { throw Absence(description: said) }
    }

    /// Runs commands by `psql`, each in a transaction of its own or in none.
    ///
    /// - Throws: ``Absence`` with what the server says, or an error of Foundation.
    package func psql(_ commands: String...) async throws {
        let (exit, said) = try await run(
            "psql",
            ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url] + commands.flatMap { ["-c", $0] })
        guard exit == 0 else { throw Absence(description: said) }
    }

    /// Makes an empty database for one test, and tells its address.
    ///
    /// - Throws: What ``run(_:_:)`` throws, or ``Absence`` with what the server says.
    package func makeDatabase() async throws -> String {
        let name = Self.newName()
        let sql = "CREATE DATABASE \(name)"
        let (exit, said) = try await run("psql", ["-X", "-q", "-d", url, "-c", sql])
        guard exit == 0 else { throw Absence(description: said) }
        return url.replacing(/^(\w+:\/\/[^\/]*\/)[^?]*/) { "\($0.1)\(name)" }
    }

    /// Runs one of PostgreSQL's programs to its end; standard output and error together.
    ///
    /// - Throws: ``Absence`` when it is not there, or an error of Foundation.
    package func run(
        _ program: String, _ arguments: [String]
    ) async throws -> (exit: Int32, said: String) {
        let folder = try TemporaryFolder()
        let place = folder.path("said")
        var run = Spawn.Program(
            path: "\(try Self.programs(program))/\(program)", output: place, errors: place)
        run.arguments = arguments
        run.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        let exit = await Spawn.exit(of: try Spawn.start(run))
        let said = FileManager.default.contents(atPath: place) ?? Data()
        return (exit, String(decoding: said, as: UTF8.self))
    }

    /// The directory with the newest server: where Debian has it, or one on the path.
    static func programs(_ program: String = "initdb") throws -> String {
        let debian = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let ours = versions.compactMap { Int($0) }.filter { $0 >= 15 }.sorted(by: >)
        let places =
            ours.map { "\(debian)/\($0)/bin" } + path.split(separator: ":").map(String.init)
        for place in places
        where FileManager.default.isExecutableFile(atPath: "\(place)/\(program)") {
            return place
        }
        throw Absence(
            description: "there is no PostgreSQL server here: Scripts/test installs one, "
                + "or name one in COLEND_TEST_POSTGRES_URL")
    }

    /// Runs as long as its input is open; each line there is an order to crash and start again. The
    /// server refuses to be root; its default order of texts is not by bytes, so that a column
    /// without an order of its own shows.
    private static let script = """
        directory=$1 programs=$2 starts=0
        shift 2
        trap '' INT TERM HUP
        as_user=
        if [ "$(id -u)" -eq 0 ]; then
            user=postgres
            id "$user" >/dev/null 2>&1 || user=nobody
            as_user="setpriv --reuid=$user --regid=$(id -g $user) --clear-groups"
            chown "$user" "$directory"
        fi
        cd "$directory" || exit
        $as_user "$programs/initdb" -D "$directory/data" -U colend -A trust -E UTF8 --no-sync \
            --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US </dev/null \
            || { touch failed; exit 1; }
        for file in given/*; do
            [ -e "$file" ] || continue
            cp "$file" data/ && chmod 600 "data/${file##*/}"
            [ -z "$as_user" ] || chown "$user" "data/${file##*/}"
        done
        set -- -c listen_addresses= -c max_connections=400 -c deadlock_timeout=100ms "$@"
        while :; do
            $as_user "$programs/postgres" -D "$directory/data" -k "$directory" "$@" </dev/null &
            server=$!
            until "$programs/pg_isready" -q -h "$directory"; do
                kill -0 $server || { touch failed; exit 1; }
                sleep 0.05
            done
            starts=$((starts + 1))
            touch "ready-$starts"
            read -r _ || break
            kill -QUIT $server
            wait $server
        done
        kill -QUIT $server
        wait $server
        rm -rf "$directory"
        """
}
