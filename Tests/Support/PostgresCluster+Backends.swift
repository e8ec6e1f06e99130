private import Foundation

// The processes of the server that serve connections: one each.
extension PostgresCluster {
    /// Kills the process of one connection, upon which the server cuts all of them and recovers.
    /// Waits until it answers again; false when there was no connection.
    ///
    /// - Throws: ``Absence``.
    package func killBackend() async throws -> Bool {
        guard let backend = try backends().first, kill(backend, SIGKILL) == 0 else { return false }
        // Its own end comes first, then those of the others; the server answers after all of them.
        try await wait { try children().contains(backend) }
        try await waitUntilAnswering()
        return true
    }

    /// Ends every connection, as an operator does; the server goes on. False when there was none.
    ///
    /// - Throws: ``Absence``.
    package func endSessions() async throws -> Bool {
        let ended = try backends().filter { kill($0, SIGTERM) == 0 }
        try await wait { try !Set(ended).isDisjoint(with: backends()) }
        return !ended.isEmpty
    }

    /// Waits until the server has noticed that its clients are gone: a moment after they are.
    ///
    /// - Throws: ``Absence``.
    package func waitUntilAlone() async throws {
        try await wait { try !backends().isEmpty }
    }

    /// Processes of connections, by what they call themselves.
    private func backends() throws -> [Int32] {
        try children().filter { child in
            let words = FileManager.default.contents(atPath: "/proc/\(child)/cmdline") ?? Data()
            return String(decoding: words, as: UTF8.self).hasPrefix("postgres: colend ")
        }
    }

    /// Every process that the server has started and not yet seen the end of.
    private func children() throws -> [Int32] {
        let server = try serverIdentifier()
        return try String(
            contentsOfFile: "/proc/\(server)/task/\(server)/children", encoding: .utf8
        ).split(separator: " ").compactMap { Int32($0) }
    }

    private func waitUntilAnswering() async throws {
        guard let directory else { return }
        var program = Spawn.Program(
            path: "\(try Self.programs("pg_isready"))/pg_isready", output: "/dev/null",
            errors: "/dev/null")
        program.arguments = ["-q", "-h", directory.path]
        program.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        while await Spawn.exit(of: try Spawn.start(program)) != 0 {
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func wait(while isBusy: () throws -> Bool) async throws {
        for _ in 0..<6_000 {
            if try !isBusy() { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw Absence(description: "the server does not let its connections go")
    }
}
