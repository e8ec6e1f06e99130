import Foundation
import TestSupport
import Testing

/// `facts schema` says what `facts import` takes: no field less, and none more.
struct FactsSchemaTests {
    private struct Form {
        let properties: [String: Object]
        let required: [String]

        init(_ json: Object) throws {
            properties = try #require(json["properties"] as? [String: Object])
            let choices = json["anyOf"] as? [Object] ?? []
            let first = choices.first?["required"] as? [String] ?? []
            required = try #require(json["required"] as? [String]) + first
        }

        /// A record with every field that must be there.
        func record(_ id: String) throws -> [String: String] {
            try required.reduce(into: [:]) { record, field in
                let property = try #require(properties[field])
                record[field] =
                    property["const"] as? String ?? (property["enum"] as? [String])?.first
                    ?? [
                        "id": id, "loan": "A1", "valueDate": "2026-01-01", "borneBy": "shares",
                        "at": "2026-01-01T10:00:00Z", "currency": "USD", "reverses": "P1",
                    ][field] ?? "1.00"
            }
        }
    }

    private func forms() async throws -> [Form] {
        let schema = try await Colend.run("facts", "schema").json(as: Object.self)
        return try #require(schema["oneOf"] as? [Object]).map { try Form($0) }
    }

    /// Codes of a file's faults by line.
    private func faults(_ records: [[String: String]]) async throws -> [Int: Set<String>] {
        let file = records.map { FactLines.json($0) + "\n" }.joined()
        let outcome = try await Books.withLoans().colend("facts import -", input: file)
        var codes: [Int: Set<String>] = [:]
        for line in outcome.errorLines {
            let place = line.split(separator: "(-:").last?.prefix { $0.isNumber } ?? ""
            codes[Int(place) ?? 0, default: []].insert(String(line.prefix { $0 != ":" }))
        }
        return codes
    }

    @Test func `what a form requires is enough, and the loan is all that is missing`() async throws
    {
        let records = try await forms().enumerated().map { try $1.record("F\($0)") }
        #expect(records.count >= 11)
        let faults = try await faults(records)
        // A loan that is not disbursed is no line of credit either.
        let ofLines = ["drawdown", "purchase", "purchase-refund", "conversion"]
        for (index, record) in records.enumerated() {
            let isOfLine = ofLines.contains(record["kind"] ?? "")
            #expect(faults[index + 1] == [isOfLine ? "FACT-010" : "INTAKE-017"], "\(record)")
        }
    }

    @Test func `a record that lacks any required field is refused for it`() async throws {
        for form in try await forms() {
            // A form at a time: of many faults a hundred are shown.
            let records = try form.required.enumerated().map { number, field in
                try form.record("F\(number)").filter { $0.key != field }
            }
            let faults = try await faults(records)
            for (number, record) in records.enumerated() {
                // Why the loan takes no fact has nothing to do with what is missing.
                let found = faults[number + 1, default: []]
                    .subtracting(["INTAKE-017", "FACT-010"])
                #expect(!found.isEmpty, "\(record) is taken")
            }
        }
    }

    @Test func `a field that no form has is refused`() async throws {
        let records = try await forms().enumerated().map { number, form in
            try form.record("F\(number)").merging(["colour": "red"]) { $1 }
        }
        let faults = try await faults(records)
        #expect(faults.values.allSatisfy { $0.contains("FACT-002") })
        #expect(faults.count == records.count)
    }

    @Test func `what a correction takes may be below zero, what another fact has may not`()
        async throws
    {
        var signed: Set<String> = []
        for form in try await forms() {
            guard let pattern = form.properties["principal"]?["pattern"] as? String else {
                continue
            }
            let kind = form.properties["kind"]?["const"] as? String ?? ""
            #expect("5.00".contains(try Regex(pattern)))
            if "-5.00".contains(try Regex(pattern)) { signed.insert(kind) }
        }
        #expect(signed == ["decision-correction"])
    }
}
