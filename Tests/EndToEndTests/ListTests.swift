import Foundation
import TestSupport
import Testing

/// Lists as CSV: one header on every day, every value that the JSON has, and no JSON inside.
struct ListTests {
    static let lists = [
        "breaks list", "breaks list --state superseded", "breaks list --partner harbor",
        "loans list", "recon status", "settlement show", "settlement show --partner summit",
        "settlement instruct", "ledger trial-balance", "ledger entries", "config show",
        "config show --origin", "files list --partner harbor --date 2026-01-05",
        "doctor --offline",
    ]

    @Test(arguments: lists)
    func `a list's columns hold all that its records tell`(command: String) async throws {
        let run = try await DemoRun.first.value.copied()
        let header = try await Self.header(run.colend(command + " --output csv"))
        let json = try await run.colend(command + " --output json").json(as: Any.self)
        var names: Set<String> = []
        for record in Self.records(json) { Self.leaves(of: record, under: "", into: &names) }
        #expect(names.subtracting(header) == [])
        #expect(Set(header).count == header.count)
    }

    @Test(arguments: lists.filter { !$0.hasPrefix("files") && !$0.hasPrefix("doctor") })
    func `an empty list has the header of a full one`(command: String) async throws {
        let books = try await Books.new()
        let nothing = try await books.colend("loans import -", input: Books.header + "\n")
        #expect(nothing.exit == 0, "\(nothing.errors)")
        let command = command.replacing("summit", with: "harbor")
        let empty = try await books.colend(command + " --output csv")
        #expect(empty.exit == 0, "\(empty.errors)")
        let run = try await DemoRun.first.value.copied()
        let full = try await Self.header(run.colend(command + " --output csv"))
        #expect(try Self.header(empty) == full)
    }

    @Test func `a loan without payments has the header of its payment lines`() async throws {
        let books = try await Books.withLoans()
        let lines = try await books.colend("loans show A1 --output csv").output
        #expect(lines.hasPrefix("line,lender,postedOn,") && lines.hasSuffix(",correctionOf\r\n"))
        #expect(lines.split(separator: "\r\n").count == 1)
    }

    @Test(arguments: ["breaks list", "settlement show"])
    func `a cell is plain text`(command: String) async throws {
        let csv = try await DemoRun.first.value.colend(command + " --output csv").output
        for text in ["[", "{", "\"\""] { #expect(!csv.contains(text)) }
        if command == "breaks list" { #expect(csv.contains(";"), "keys of several parts") }
    }

    private static func header(_ outcome: Colend.Outcome) throws -> [String] {
        let line = try #require(outcome.output.split(separator: "\r\n").first)
        return line.split(separator: ",").map(String.init)
    }

    /// What CSV tells of an answer: its elements, or those of the list inside it.
    private static func records(_ json: Any) -> [Any] {
        if let list = json as? [Any] { return list }
        guard let answer = json as? Object else { return [] }
        return (answer["accounts"] ?? answer["checks"]) as? [Any] ?? []
    }

    /// Names as CSV writes them, what is null or listed in detail left out.
    private static func leaves(of value: Any, under name: String, into names: inout Set<String>) {
        if value is NSNull { return }
        if let list = value as? [Any], list.first is Object { return }
        guard let object = value as? Object else {
            names.insert(name)
            return
        }
        for (key, member) in object where !isDetail(key, member) {
            leaves(of: member, under: name.isEmpty ? key : "\(name).\(key)", into: &names)
        }
    }

    /// Lines and events of a settlement are for JSON alone, when there are none too.
    private static func isDetail(_ key: String, _ member: Any) -> Bool {
        ["lines", "events", "statementLines"].contains(key) && member is [Any]
    }
}
