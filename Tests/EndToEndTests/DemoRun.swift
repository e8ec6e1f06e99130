import Foundation
import TestSupport
import Testing

/// One small demo, run once and looked at by many tests.
struct DemoRun {
    let folder: TemporaryFolder
    let outcome: Colend.Outcome

    /// The same run twice, and one of another seed.
    static let first = Task { try await DemoRun.live(seed: 7) }
    static let again = Task { try await DemoRun.live(seed: 7) }
    static let other = Task { try await DemoRun.live(seed: 8) }

    private static func live(seed: Int) async throws -> DemoRun {
        let folder = try TemporaryFolder()
        let outcome = try await Colend.run(
            "demo", "--loans", "40", "--days", "40", "--seed", "\(seed)", "--directory", "demo",
            "--output", "json", in: folder)
        return DemoRun(folder: folder, outcome: outcome)
    }

    private static let places = [
        "COLEND_CONFIG": "demo/Config", "COLEND_STORE": "sqlite:demo/colend.db",
    ]

    /// Runs a command on the demo's directory, its banks gone by now.
    func colend(
        _ words: String, input: String = "", environment: [String: String] = [:]
    ) async throws -> Colend.Outcome {
        let secrets = ["HARBOR", "MERIDIAN", "SUMMIT", "CLEARING"].map {
            ("COLEND_\($0)_SECRET_FILE", "demo/secrets/\($0.lowercased()).key")
        }
        return try await Colend.run(
            words.split(separator: " ").map(String.init), input: input,
            environment: Self.places.merging(secrets) { $1 }.merging(environment) { $1 },
            in: folder)
    }

    /// The same on a copy of the directory, for commands that write.
    func copied() throws -> DemoRun {
        let copy = try TemporaryFolder()
        try FileManager.default.copyItem(
            atPath: folder.path("demo"), toPath: copy.path("demo"))
        return DemoRun(folder: copy, outcome: outcome)
    }

    /// A loan in a state.
    func loan(_ state: String, paid: Bool = false) async throws -> String {
        let loans = try await colend("loans list").json(as: [Object].self)
        for loan in loans where loan["state"] as? String == state {
            let id = try #require(loan["loan"] as? String)
            if !paid { return id }
            let shown = try await colend("loans show \(id)").json(as: Object.self)
            if (shown["distributions"] as? [Object])?.isEmpty == false { return id }
        }
        throw CocoaError(.fileNoSuchFile)
    }
}
