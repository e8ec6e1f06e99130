import Foundation
import TestSupport
import Testing

/// `config diff`, `config schema` and the versions of `config show`, through the program.
struct ConfigDiffTests {
    /// A copy of the configuration in which one text of one file is another.
    private func copy(
        _ books: Books, to name: String, _ path: String = "platform.yaml", _ text: String = "",
        _ other: String = ""
    ) throws {
        for (file, bytes) in books.folder.files(below: "Config") {
            let content = String(decoding: bytes, as: UTF8.self)
            if file == path { try #require(text.isEmpty || content.contains(text)) }
            let isSpoiled = file == path && !text.isEmpty
            try books.folder.write(
                isSpoiled ? content.replacing(text, with: other) : content, to: "\(name)/\(file)")
        }
    }

    @Test func `what another configuration changes is told in every format`() async throws {
        let books = try await Books.new()
        try copy(books, to: "New", "agreements/harbor-70-30.yaml", "lagDays: 1", "lagDays: 2")
        let rows = try await books.colend("config diff Config New --output json")
        #expect(rows.exit == 0)
        #expect(
            rows.output == """
                [{"object":"agreement harbor-70-30","key":"settlement.lagDays","old":"1","new":"2",\
                "from":"2026-01-01","until":null,"for":{"parties":["harbor","platform"],\
                "products":["instalment-loan"]}}]

                """)
        let csv = try await books.colend("config diff Config New --output csv")
        #expect(
            csv.output == """
                object,key,old,new,from,until,parties,products\r
                agreement harbor-70-30,settlement.lagDays,1,2,2026-01-01,,harbor platform,\
                instalment-loan\r

                """)
        let table = try await books.colend("config diff Config New --output table")
        for word in ["settlement.lagDays", "2026-01-01", "harbor platform", "booked under"] {
            #expect(table.output.contains(word), "\(table.output)")
        }
    }

    @Test func `a later version is told from its date on, and nothing before it`() async throws {
        let books = try await Books.new()
        try copy(books, to: "New")
        let file = "agreements/harbor-70-30.yaml"
        let old = try #require(books.folder.files(below: "Config")[file])
        let text = String(decoding: old, as: UTF8.self)
            .replacing("2026-01-01", with: "2026-04-01")
            .replacing("\"30%\"", with: "\"40%\"").replacing("\"70%\"", with: "\"60%\"")
        try books.folder.write(text, to: "New/agreements/harbor-60-40.yaml")
        let outcome = try await books.colend("config diff Config New --output json")
        let rows = try JSONDecoder().decode([Row].self, from: Data(outcome.output.utf8))
        #expect(
            rows.map { [$0.key, $0.old ?? "", $0.new ?? "", $0.from] } == [
                ["lenders[harbor].share", "70%", "60%", "2026-04-01"],
                ["lenders[platform].share", "30%", "40%", "2026-04-01"],
            ])
    }

    private struct Row: Decodable {
        let object: String
        let key: String
        let old: String?
        let new: String?
        let from: String
    }

    @Test func `nothing is nothing, and an unsound side is told with all faults of both`()
        async throws
    {
        let books = try await Books.new()
        try copy(books, to: "Same")
        let same = try await books.colend("config diff Config Same --output json")
        #expect(same.exit == 0)
        #expect(same.output == "[]\n")
        let table = try await books.colend("config diff Config Same --output table")
        #expect(table.output == "nothing changes\n")
        try copy(books, to: "Left", "platform.yaml", "currency: USD", "currency: USX")
        try copy(books, to: "Right", "calendars/US.yaml", "sunday", "sundae")
        let faulty = try await books.colend("config diff Left Right")
        #expect(faulty.exit == 78)
        #expect(faulty.output == "")
        #expect(faulty.codes == ["CONF-010", "CONF-010"])
        #expect(faulty.errors.contains("Left/platform.yaml:"))
        #expect(faulty.errors.contains("Right/calendars/US.yaml:"))
        let absent = try await books.colend("config diff Config absent")
        #expect(absent.exit == 78)
        #expect(absent.codes == ["CONF-001"])
    }

    @Test func `a directory of too many files is refused by every command`() async throws {
        let books = try await Books.new()
        for number in 1...2_001 {
            try books.folder.write("calendar: C\(number)\n", to: "Config/calendars/c\(number).yaml")
        }
        let outcome = try await books.colend("config check")
        #expect(outcome.exit == 78)
        #expect(outcome.codes == ["CONF-031"])
    }

    @Test func `the schema of each kind of file takes what is sound and refuses a mistyped key`()
        async throws
    {
        let platform = """
            {"party": "platform", "name": "Northwind", "zone": "UTC", "cutOff": "23:00",
             "firstDate": "2026-01-01", "currency": "USD", "breaks": {"lowDueDays": 3}}
            """
        for words in ["config schema", "config schema --file platform"] {
            let outcome = try await Colend.run(words.split(separator: " ").map(String.init))
            let validator = try SchemaValidator(json(outcome.output))
            func faults(_ text: String) throws -> [String] {
                try validator.faults(json(text))
            }
            #expect(try faults(platform) == [])
            #expect(try faults(platform.replacing("cutOff", with: "cutoff")) != [])
            #expect(
                try faults(platform.replacing("\"lowDueDays\": 3", with: "\"lowDueDays\": 400"))
                    != [])
            #expect(try faults(platform.replacing(", \"currency\": \"USD\"", with: "")) != [])
        }
        for file in ["party", "agreement", "product", "rules", "calendar", "chart"] {
            let outcome = try await Colend.run("config", "schema", "--file", file)
            let schema = try json(outcome.output)
            #expect(schema["$schema"]?.text == "https://json-schema.org/draft/2020-12/schema")
        }
        let unknown = try await Colend.run("config", "schema", "--file", "parties")
        #expect(unknown.exit == 64)
        #expect(unknown.codes == ["USAGE-004"])
    }

    @Test func `each agreement and product has its version, which its terms alone change`()
        async throws
    {
        let books = try await Books.new()
        func versions() async throws -> [[String]] {
            try await books.colend("config show --origin --output json")
                .json(as: [[String: String]].self)
                .filter { $0["key"]?.hasSuffix(" version") == true }
                .map { [$0["key"] ?? "", $0["value"] ?? "", $0["from"] ?? ""] }
        }
        let before = try await versions()
        #expect(
            before.map { $0[0] } == [
                "agreements/harbor-70-30.yaml version", "products/instalment-loan.yaml version",
            ])
        #expect(before.allSatisfy { $0[1].utf8.count == 16 && $0[2] == "computed" })
        try copy(books, to: "Config", "agreements/harbor-70-30.yaml", "lagDays: 1", "lagDays: 2")
        let after = try await versions()
        #expect(after[0][1] != before[0][1])
        #expect(after[1] == before[1])
    }

    private func json(_ text: String) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }
}
