import TestSupport
import Testing

/// A directory with a configuration and a store of its own.
struct Books {
    let folder: TemporaryFolder

    private init(folder: TemporaryFolder) { self.folder = folder }

    /// The minimal configuration, first date 2026-01-01, no store yet.
    static func new() async throws -> Books {
        let books = Books(folder: try TemporaryFolder())
        let outcome = try await Colend.run(
            "init", ".", "--first-date", "2026-01-01", in: books.folder)
        try #require(outcome.exit == 0, "\(outcome.errors)")
        return books
    }

    /// The same with three loans of `harbor-70-30` booked.
    static func withLoans() async throws -> Books {
        let books = try await new()
        let outcome = try await books.colend(["loans", "import", "-"], input: loans)
        try #require(outcome.exit == 0, "\(outcome.errors)")
        return books
    }

    static let header =
        "loan_id,borrower_id,product,principal,currency,annual_rate_percent,instalments,approved_at"
    static let loans =
        header + """

            A1,B1,instalment-loan,1000.00,USD,10,12,2026-01-01T09:00:00Z
            A2,B2,instalment-loan,2500.00,USD,8.5,24,2026-01-01T09:00:00Z
            A3,B3,instalment-loan,40000.00,USD,12.25,36,2026-01-01T09:00:00Z

            """

    /// What `harbor` and the platform sign with.
    static let secret = String(repeating: "5a", count: 32)

    /// Runs a command in the directory, with `harbor`'s secret at hand.
    func colend(
        _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) async throws -> Colend.Outcome {
        let secret = ["COLEND_HARBOR_SECRET": Self.secret]
        return try await Colend.run(
            arguments, input: input, environment: secret.merging(environment) { $1 }, in: folder)
    }

    func colend(_ words: String, input: String = "") async throws -> Colend.Outcome {
        try await colend(words.split(separator: " ").map(String.init), input: input)
    }

    /// Writes a party into the configuration.
    func write(party: String, kind: String) throws {
        try folder.write(
            "party: \(party)\nname: \(party)\nkind: \(kind)\n",
            to: "Config/parties/\(party).yaml")
    }

    /// The digest of all business data.
    func digest() async throws -> String {
        let outcome = try await colend("verify --digest")
        try #require(outcome.exit == 0, "\(outcome.errors)")
        return outcome.output
    }
}
