import TestSupport
import Testing

/// A house with books of its own, worked a command at a time.
protocol BooksHouse {
    var books: Books { get }
}

extension BooksHouse {
    func fund() async throws {
        let funded = try await books.colend("fund")
        try #require(funded.exit == 0, "\(funded.errors)")
    }

    /// Exit 2 says that partners' files are still to come, or that something differs.
    ///
    /// - Parameter finding: Whether it may; what differs is looked at in the end.
    func close(_ dates: String, finding: Bool = true) async throws {
        let closed = try await books.colend("eod --date \(dates)")
        try #require(
            closed.exit == 0 || finding && closed.exit == 2,
            "\(closed.errors) \(closed.output.suffix(600))")
    }

    /// Imports lines of loans, repayments or facts.
    func take(_ kind: String, _ lines: String) async throws {
        let taken = try await books.colend([kind, "import", "-"], input: lines)
        try #require(taken.exit == 0, "\(taken.errors)")
    }

    /// Imports a fact of a loan, told at ten on its date.
    func fact(
        _ id: String, _ kind: String, _ loan: String, _ date: String, _ more: [String: String]
    ) async throws {
        let common = [
            "id": id, "kind": kind, "loan": loan, "valueDate": date, "at": "\(date)T10:00:00Z",
        ]
        try await take("facts", FactLines.json(common.merging(more) { $1 }) + "\n")
    }

    /// What a command tells as a JSON object.
    func object(_ words: String) async throws -> Object {
        let outcome = try await books.colend(words + " --output json")
        try #require(outcome.exit == 0, "\(words): \(outcome.errors)")
        return try outcome.json(as: Object.self)
    }

    /// Runs a command for what it does, not for the object it tells.
    func run(_ words: String) async throws { _ = try await object(words) }

    func codes(_ words: String) async throws -> [String] {
        try await books.colend(words).codes
    }

    func verified() async throws {
        let verified = try await books.colend("verify")
        #expect(verified.exit == 0, "\(verified.output) \(verified.errors)")
    }
}
