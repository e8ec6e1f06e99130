import Foundation
import TestSupport
import Testing

/// `serve` through the real program, beside `fund` and a mock bank.
struct ServeTests {
    private static let key = "A1.harbor.1"

    private static func word(
        _ state: String, _ sequence: Int, amount: String = "700.00", key: String = key
    ) -> String {
        """
        {"key":"\(key)","state":"\(state)","amount":"\(amount)","currency":"USD",\
        "reference":"HB-1","sequence":\(sequence)}
        """
    }

    @Test(.enabled(if: Tool.isWanted("openssl")))
    func `a pending request is accepted by callback and paid out by the next fund`() async throws {
        let bank = try await PendingBank.start()
        defer { bank.stop() }
        let books = bank.books
        let asked = try await books.colend("fund")
        #expect(asked.exit == 2, "\(asked.errors)")
        let service = try await Service.start(books)
        #expect(try await service.get("/readyz").status == 200)
        let taken = try await service.callback(Self.word("accepted", 2))
        #expect(taken.status == 200 && taken.text.contains("applied"), "\(taken.text)")
        let again = try await service.callback(Self.word("accepted", 2))
        #expect(again.status == 200 && again.text.contains("duplicate"), "\(again.text)")
        let late = try await service.callback(Self.word("refused", 1))
        #expect(late.text.contains("late"), "\(late.text)")
        #expect(try await Self.state(books) == "accepted")
        let funded = try await books.colend("fund")
        #expect(try funded.json(as: Object.self)["disbursed"] as? Int == 1, "\(funded.output)")
        let contradicted = try await service.callback(Self.word("refused", 3))
        #expect(contradicted.text.contains("contradiction"), "\(contradicted.text)")
        #expect(try await Self.state(books) == "confirmed")
        let told = try await books.colend("fund")
        #expect(told.exit == 2 && told.output.contains("contradict"), "\(told.output)")
        #expect(try await books.colend("verify").exit == 0)
        let outcome = await service.stop()
        #expect(outcome.exit == 0, "\(outcome.errors)")
        #expect(!outcome.errors.contains(Books.secret))
    }

    @Test(.enabled(if: Tool.isWanted("openssl")))
    func `what is forged, replayed, unknown or a cent off changes nothing`() async throws {
        let books = try await Books.withLoans()
        let before = try await books.digest()
        let service = try await Service.start(books)
        let forged = try await service.callback(Self.word("accepted", 1), secret: "wrong")
        #expect(forged.status == 401 && forged.text.contains("API-007"))
        let other = try await service.callback(Self.word("accepted", 1), party: "meridian")
        #expect(other.status == 401)
        let unknown = try await service.callback(Self.word("accepted", 1, key: "Z9.harbor.1"))
        #expect(unknown.status == 404 && unknown.text.contains("FUND-001"))
        #expect(try await books.digest() == before)
        let off = try await service.callback(
            Self.word("accepted", 1, amount: "700.01"), nonce: "nonce-once")
        #expect(off.status == 200 && off.text.contains("doubted"), "\(off.text)")
        #expect(try await Self.state(books) == "in-doubt")
        let replayed = try await service.callback(Self.word("accepted", 2), nonce: "nonce-once")
        #expect(replayed.status == 401 && replayed.text.contains("replayed"))
        #expect(try await Self.state(books) == "in-doubt")
        #expect(await service.stop(SIGINT).exit == 0)
    }

    @Test(.enabled(if: Tool.isWanted("openssl")), arguments: ["before", "after"])
    func `a kill around storing leaves the callback taken whole or not at all`(point: String)
        async throws
    {
        let books = try await Books.withLoans()
        let dying = try await Service.start(
            books, environment: ["COLEND_CRASH_AT": "callback.\(point)-storing"])
        await #expect(throws: (any Error).self) {
            try await dying.callback(Self.word("refused", 1), nonce: "first-try")
        }
        #expect(await dying.stop().exit == 128 + SIGKILL)
        let state = try await Self.state(books)
        #expect(state == (point == "before" ? "planned" : "in-doubt"))
        let service = try await Service.start(books)
        let repeated = try await service.callback(Self.word("refused", 1))
        #expect(repeated.status == 200)
        #expect(repeated.text.contains(point == "before" ? "doubted" : "duplicate"))
        #expect(try await Self.state(books) == "in-doubt")
        #expect(await service.stop().exit == 0)
    }

    @Test(.enabled(if: Tool.isWanted("promtool")))
    func `promtool finds nothing to say about the figures`() async throws {
        let service = try await Service.start(try await Books.withLoans())
        for path in ["/healthz", "/nothing", "/openapi.json"] { _ = try await service.get(path) }
        let figures = try await service.get("/metrics")
        #expect(figures.text.contains("state=\"planned\"} 3\n"), "\(figures.text)")
        let (exit, output) = try await Tool.run(
            "promtool", ["check", "metrics"], input: figures.text)
        #expect(exit == 0, "\(output)")
        #expect(output.isEmpty, "\(output)")
        let spoilt = figures.text.replacing("colend_http_requests_total", with: "colend_requests")
        #expect(
            try await Tool.run("promtool", ["check", "metrics"], input: spoilt).exit != 0,
            "it would have noticed")
    }

    @Test func `on PostgreSQL it serves as well`() async throws {
        let books = try await Books.new()
        let store = ["COLEND_STORE": try await PostgresCluster.shared().makeSchema()]
        let imported = try await books.colend(
            ["loans", "import", "-"], input: Books.loans, environment: store)
        try #require(imported.exit == 0, "\(imported.errors)")
        let service = try await Service.start(books, environment: store)
        #expect(try await service.get("/readyz").status == 200)
        if Tool.isWanted("openssl") {
            #expect(try await service.callback(Self.word("pending", 1)).status == 200)
            #expect(try await service.callback(Self.word("pending", 1)).status == 200)
        }
        #expect(try await service.get("/metrics").text.contains("colend_store_up 1\n"))
        #expect(await service.stop().exit == 0)
    }

    @Test func `a port in use, a store that is not there and a missing secret have their exits`()
        async throws
    {
        let books = try await Books.withLoans()
        let service = try await Service.start(books)
        let second = try await books.colend("serve --port \(service.port)")
        #expect(second.exit == 74)
        #expect(second.codes.last == "SERVE-001", "\(second.errors)")
        let empty = try await Books.new()
        let absent = try await empty.colend("serve --port 0")
        #expect(absent.exit == 74 && absent.codes == ["IO-003"], "\(absent.errors)")
        let secretless = try await books.colend(
            ["serve", "--port", "0"], environment: ["COLEND_HARBOR_SECRET": ""])
        #expect(secretless.exit == 78, "\(secretless.errors)")
        let unwritable = try await books.colend("serve --port 0 --ready-file /proc/no/place")
        #expect(unwritable.exit == 74 && unwritable.codes.last == "IO-002", "\(unwritable.errors)")
        for options in ["--port 65536", "--port -1", "--stop 0", "--drain -1", "--log xml"] {
            #expect(try await books.colend("serve \(options)").exit == 64, "\(options)")
        }
        #expect(await service.stop().exit == 0)
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `told to stop, it ends in good order though it watches its parent`(signal: Int32)
        async throws
    {
        let service = try await Service.start(
            try await Books.withLoans(), ["--exit-with-parent"])
        #expect(try await service.get("/readyz").status == 200)
        let outcome = await service.stop(signal)
        #expect(outcome.exit == 0, "\(outcome.errors)")
        #expect(!outcome.errors.contains("\"error\""), "\(outcome.errors)")
    }

    @Test func `a rehearsal looks whether it could serve, and does not`() async throws {
        let books = try await Books.withLoans()
        let outcome = try await books.colend("serve --dry-run")
        #expect(outcome.exit == 0, "\(outcome.errors)")
        #expect(try outcome.json(as: Object.self)["banks"] as? Int == 1)
    }

    @Test func `its log is lines of JSON, or words`() async throws {
        for format in ["json", "text"] {
            let service = try await Service.start(try await Books.withLoans(), ["--log", format])
            _ = try await service.get("/nothing")
            let lines = await service.stop().errorLines
            #expect(lines.count >= 4)
            for line in lines {
                let json = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? Object
                #expect((json?["event"] is String) == (format == "json"), "\(line)")
            }
        }
    }

    @Test(.enabled(if: Tool.isWanted("bash")))
    func `a request that does not end in time is cut off, and the exit says so`() async throws {
        let service = try await Service.start(try await Books.withLoans(), ["--stop", "1"])
        // A body is waited for ten seconds only: another begins every half second, so that on a
        // slow machine too one is always young when the service is told to stop.
        let client = try Shell.start(
            """
            for connection in {10..250}; do
            eval "exec $connection<>/dev/tcp/127.0.0.1/\(service.port)" || break
            printf 'POST /v1/partners/harbor/callbacks HTTP/1.1\\r\\nHost: x\\r\\n' >&$connection
            printf 'Content-Type: application/json\\r\\n' >&$connection
            printf 'Content-Length: 9\\r\\n\\r\\n{' >&$connection
            sleep 0.5
            done
            exec sleep 600
            """)
        defer { kill(client, SIGKILL) }
        // The question itself is under way too.
        while try await service.get("/metrics").text.contains("requests_in_flight 1\n") {
            try await Task.sleep(for: .milliseconds(25))
        }
        let outcome = await service.stop()
        #expect(outcome.exit == 143, "\(outcome.errors)")
        #expect(outcome.errors.contains("cut off"))
    }

    @Test(.enabled(if: Tool.isWanted("bash")))
    func `it stops when the process that started it is gone`() async throws {
        let books = try await Books.withLoans()
        let program = ProductProcess.directory.appending(path: "colend").path
        let parent = try Shell.start(
            "\(program) serve --port 0 --exit-with-parent --ready-file ready.json & exec sleep 600",
            in: books)
        defer { kill(parent, SIGKILL) }
        let file = books.folder.path("ready.json")
        while !FileManager.default.fileExists(atPath: file) {
            try await Task.sleep(for: .milliseconds(25))
        }
        kill(parent, SIGKILL)
        let log = books.folder.path("shell.log")
        for _ in 0..<2_400 where !Self.has(log, "stopped") {
            try await Task.sleep(for: .milliseconds(25))
        }
        #expect(Self.has(log, "the end of its parent"))
    }

    private static func has(_ path: String, _ words: String) -> Bool {
        let bytes = FileManager.default.contents(atPath: path) ?? Data()
        return String(decoding: bytes, as: UTF8.self).contains(words)
    }

    private static func state(_ books: Books) async throws -> String? {
        let story = try await books.colend("loans show A1").json(as: Object.self)
        return (story["requests"] as? [Object])?.first?["state"] as? String
    }
}

/// A mock bank that keeps its decisions to itself, and books that are about to ask it.
struct PendingBank {
    let books: Books
    private let process: ProductProcess

    static func start() async throws -> PendingBank {
        let books = try await Books.withLoans()
        try books.folder.write(
            """
            party: harbor
            currency: USD
            lenderComputation: scale
            settleSeconds: 60
            signing: {profile: hmac-sha256, secretEnv: COLEND_HARBOR_SECRET}
            pending: {probability: "100%", queries: 1000}

            """, to: "bank.yaml")
        let process = try ProductProcess.start(
            .mockBank,
            [
                "--scenario", "bank.yaml", "--port", "0", "--ready-file", "bank.json", "--state",
                "bank",
            ], environment: ["COLEND_HARBOR_SECRET": Books.secret], in: books.folder)
        let port = try #require(
            try await StartedPort.read(books.folder.path("bank.json"), of: process))
        let file = books.folder.path("Config/parties/harbor.yaml")
        let settings = try String(contentsOfFile: file, encoding: .utf8)
        try books.folder.write(
            settings.replacing("127.0.0.1:8101", with: "127.0.0.1:\(port)"),
            to: "Config/parties/harbor.yaml")
        return PendingBank(books: books, process: process)
    }

    func stop() { process.signal(SIGKILL) }
}

/// A shell that does what a test needs from outside.
enum Shell {
    /// Starts bash with a script and gives its process id; whoever starts it ends it.
    static func start(_ script: String, in books: Books? = nil) throws -> Int32 {
        let log = books?.folder.path("shell.log") ?? "/dev/null"
        var program = Spawn.Program(path: "/bin/bash", output: log, errors: log)
        program.arguments = ["-c", script]
        program.directory = books?.folder.path
        program.environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "COLEND_HARBOR_SECRET": Books.secret,
        ]
        let identifier = try Spawn.start(program)
        Task { await Spawn.exit(of: identifier) }
        return identifier
    }
}
