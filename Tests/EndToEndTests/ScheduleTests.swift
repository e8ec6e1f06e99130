import TestSupport
import Testing

/// `colend schedule` to the letter of its description.
struct ScheduleTests {
    /// The fields that have no default.
    static let loan = """
        "principal":"10000.00","currency":"USD","annualRatePercent":"12",\
        "method":"equal-instalment","instalments":12,"every":{"count":1,"unit":"months"},\
        "disbursedOn":"2026-01-31"
        """

    private func schedule(_ fields: String) async throws -> Object {
        let outcome = try await Colend.run("schedule", "-", input: "{\(fields)}")
        #expect(outcome.exit == 0, "\(outcome.errors)")
        return try outcome.json()
    }

    @Test func `the example gives its documented bytes`() async throws {
        let outcome = try await Colend.run("schedule", "-", input: "{\(Self.loan)}")
        #expect(outcome.exit == 0)
        #expect(outcome.errors == "")
        let first = """
            {"instalments":[{"number":1,"dueOn":"2026-02-28","principal":"788.49",\
            "interest":"100.00","fee":"0.00","penalty":"0.00","total":"888.49",\
            "balance":"9211.51"},{"number":2,"dueOn":"2026-03-31",
            """
        let last = """
            {"number":12,"dueOn":"2027-01-31","principal":"879.67","interest":"8.80",\
            "fee":"0.00","penalty":"0.00","total":"888.47","balance":"0.00"}],\
            "totals":{"principal":"10000.00","interest":"661.86","fee":"0.00",\
            "total":"10661.86"}}

            """
        #expect(outcome.output.hasPrefix(first))
        #expect(outcome.output.hasSuffix(last))
    }

    @Test func `spelling out the defaults changes nothing`() async throws {
        let spelt = """
            \(Self.loan),"firstDueOn":"2026-02-28","dayCount":"30/360","rounding":"half-even",\
            "instalmentRounding":"half-even","instalmentMultiple":"0.01","principalGrace":0,\
            "interestGrace":0,"monthEnd":"clamp","holidays":{"calendar":"CN","rule":"same-day"},\
            "fees":[],"changes":[],"tranches":[],"repayments":[],"asOf":null
            """
        let plain = try await Colend.run("schedule", "-", input: "{\(Self.loan)}")
        let full = try await Colend.run("schedule", "-", input: "{\(spelt)}")
        #expect(full.exit == 0, "\(full.errors)")
        #expect(full.output == plain.output)
    }

    /// Level payment 888.4879 by its exact formula.
    @Test(arguments: [
        ("1", "half-even", "888.00"), ("1", "up", "889.00"), ("0.05", "half-even", "888.50"),
        ("0.05", "down", "888.45"), ("10.00", "half-even", "890.00"),
    ])
    func `a multiple is an amount of the currency`(
        multiple: String, rounding: String, total: String
    ) async throws {
        let answer = try await schedule(
            """
            \(Self.loan),"instalmentMultiple":"\(multiple)","instalmentRounding":"\(rounding)"
            """)
        let instalments = try #require(answer["instalments"] as? [Object])
        #expect(instalments.dropLast().allSatisfy { $0["total"] as? String == total })
        #expect(instalments.first?["interest"] as? String == "100.00")
        #expect(instalments.last?["balance"] as? String == "0.00")
    }

    @Test func `an array gives an array, in its order`() async throws {
        let other = """
            "principal":"1200","currency":"JPY","annualRatePercent":"0",\
            "method":"equal-principal","instalments":3,"disbursedOn":"2026-01-15"
            """
        let outcome = try await Colend.run(
            "schedule", "-", input: "[{\(Self.loan)},{\(other)}]")
        let schedules: [Object] = try outcome.json()
        #expect(schedules.count == 2)
        let yen = try #require(schedules[1]["instalments"] as? [Object])
        #expect(yen.map { $0["total"] as? String } == ["400", "400", "400"])
        #expect(yen.map { $0["dueOn"] as? String } == ["2026-02-15", "2026-03-15", "2026-04-15"])
        #expect(try await Colend.run("schedule", "-", input: "[]").output == "[]\n")
    }

    @Test func `csv has every instalment of every loan`() async throws {
        let outcome = try await Colend.run(
            "schedule", "-", "--output", "csv", input: "[{\(Self.loan)},{\(Self.loan)}]")
        let lines = outcome.output.split(separator: "\r\n")
        #expect(lines.count == 25)
        #expect(
            lines[0] == "schedule,number,dueOn,principal,interest,fee,penalty,total,balance")
        #expect(lines[24] == "2,12,2027-01-31,879.67,8.80,0.00,0.00,888.47,0.00")
    }

    @Test func `a table ends with the totals`() async throws {
        let outcome = try await Colend.run(
            "schedule", "-", "--output", "table", input: "{\(Self.loan)}")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.first == "Schedule (USD)")
        #expect(lines.last == "    total        10000.00    661.86  10661.86")
    }

    @Test func `a file is read as well as standard input`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("{\(Self.loan)}", to: "loan.json")
        let outcome = try await Colend.run("schedule", "loan.json", in: folder)
        #expect(outcome.exit == 0)
        #expect(folder.files().keys.sorted() == ["loan.json"])
    }
}
