import BusinessCalendar
import Foundation

/// What is left when the days are over: everything that two runs must have in common.
struct Outcome: Sendable {
    let digest: String
    /// Our files by date, partner and name.
    let files: [String: Data]
    let books: [String: BankBook]
    /// For what the parties have settled, by the types of lines.
    let settled: Set<String>
    /// What `verify` and the banks' diaries and books show against the platform.
    let violations: [String]

    static func gather(_ installation: Installation, _ dates: [BusinessDate]) async throws
        -> Outcome
    {
        let digest = try await installation.colend(["verify", "--digest"]).done()
        let verified = try await installation.colend(["verify"])
        var books: [String: BankBook] = [:]
        var violations = verified.exit == 0 ? [] : ["\(verified)"]
        for bank in installation.houses {
            let book = try await bank.book()
            books[bank.name] = book
            violations += JournalAudit.violations(in: try await bank.journal())
                .map { "\(bank.name): \($0)" }
            violations += book.requests.filter { $0.executions > 1 }
                .map { "\(bank.name): \($0.key) was executed \($0.executions) times" }
        }
        return Outcome(
            digest: String(decoding: digest.output, as: UTF8.self),
            files: try await export(installation, dates), books: books,
            settled: try await types(installation), violations: violations)
    }

    private static func types(_ installation: Installation) async throws -> Set<String> {
        struct Shown: Decodable {
            struct Line: Decodable { let type: String? }
            let lines: [Line]
        }
        let shown = try await installation.colend(["settlement", "show"]).done()
        return Set(try shown.answer([Shown].self).flatMap(\.lines).compactMap(\.type))
    }

    /// States of requests and payouts that the houses' books end with.
    var states: Set<String> {
        Set(books.values.flatMap(\.requests).map(\.state))
            .union(books.values.flatMap { $0.payouts ?? [] }.map(\.state))
    }

    private static func export(_ installation: Installation, _ dates: [BusinessDate])
        async throws -> [String: Data]
    {
        let out = installation.directory.appending(path: "out")
        for date in dates {
            try await withThrowingTaskGroup { group in
                for bank in installation.banks {
                    group.addTask {
                        try await installation.colend([
                            "files", "export", "--partner", bank.name, "--date",
                            date.description, "--directory", out.path,
                        ]).done()
                    }
                }
                try await group.waitForAll()
            }
        }
        let names = FileManager.default.enumerator(atPath: out.path)?.allObjects as? [String] ?? []
        return try names.filter { $0.contains(".") }.reduce(into: [:]) { files, name in
            files[name] = try Data(contentsOf: out.appending(path: name))
        }
    }

    /// Where this outcome differs from another, in words; empty when nowhere.
    func differences(from other: Outcome) -> [String] {
        var found: [String] = []
        if digest != other.digest { found.append("digest: \(digest) and \(other.digest)") }
        let names = Set(files.keys).union(other.files.keys).sorted()
        found += names.filter { files[$0] != other.files[$0] }.map { "file \($0)" }
        for bank in Set(books.keys).union(other.books.keys).sorted() {
            guard let mine = books[bank], let theirs = other.books[bank] else {
                found.append("book of \(bank) is missing")
                continue
            }
            found += mine.differences(from: theirs).map { "\(bank): \($0)" }
        }
        return found
    }
}

extension BankBook {
    fileprivate func differences(from other: BankBook) -> [String] {
        var found: [String] = []
        if bookedThrough != other.bookedThrough { found.append("booked through") }
        found += zip(requests, other.requests).filter { $0 != $1 }.map { "\($0) and \($1)" }
        if requests.count != other.requests.count { found.append("number of requests") }
        found += zip(loans, other.loans).filter { $0 != $1 }.map { "\($0) and \($1)" }
        if loans.count != other.loans.count { found.append("number of loans") }
        found += zip(payouts ?? [], other.payouts ?? []).filter { $0 != $1 }
            .map { "\($0) and \($1)" }
        if payouts?.count != other.payouts?.count { found.append("number of payouts") }
        return found
    }
}
