import TestSupport
import Testing

/// Bad input of the calculators: a code, a place, exit 65 and no output.
struct CalculatorFaultTests {
    private func expect(
        _ code: String, at place: String, says words: String, _ outcome: Colend.Outcome
    ) {
        #expect(outcome.exit == 65)
        #expect(outcome.output == "")
        #expect(outcome.codes == [code], "\(outcome.errors)")
        #expect(outcome.errors.contains("(-:\(place)); "), "\(outcome.errors)")
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }

    /// The whole input begins on line 1; the fields of a loan stand on line 2, those added on 3.
    @Test(arguments: [
        ("CALC-001", "1:2", "{", "JSON"),
        ("CALC-001", "1:1", "", "ends"),
        ("CALC-001", "1:13", #"{"currency" "USD"}"#, "JSON"),
        ("CALC-001", "1:19", #"{"currency":"USD","currency":"USD"}"#, "twice"),
        ("CALC-003", "1:1", "7", "an object is needed, not a number"),
        ("CALC-003", "1:2", "[null]", "an object is needed, not null"),
        ("CALC-004", "1:1", "{}", "'currency' is missing"),
    ])
    func `input that is no loan is refused`(
        code: String, place: String, text: String, words: String
    ) async throws {
        expect(
            code, at: place, says: words, try await Colend.run("schedule", "-", input: text))
    }

    @Test(arguments: [
        ("CALC-002", 1, #""princpal":"1""#, "unknown field 'princpal'; allowed: principal, "),
        ("CALC-003", 13, #""principal":10000.00"#, "must be a text in quotes, not a number"),
        ("CALC-003", 15, #""instalments":"12""#, "must be a whole number"),
        ("CALC-003", 15, #""instalments":12.5"#, "must be a whole number"),
        ("CALC-003", 9, #""every":"monthly""#, "an object is needed"),
        ("CALC-005", 13, #""principal":"1e4""#, "'1e4' is not a decimal number"),
        ("CALC-005", 13, #""principal":"1.005""#, "more than 2 decimals"),
        ("CALC-005", 13, #""principal":"99999999999999999999""#, "beyond the range"),
        ("CALC-005", 12, #""currency":"XYZ""#, "no ISO 4217 code"),
        ("CALC-005", 21, #""annualRatePercent":"-1""#, "no percentage"),
        ("CALC-005", 21, #""annualRatePercent":"1.1234567""#, "6 decimals"),
        ("CALC-005", 15, #""disbursedOn":"2026-02-30""#, "no date"),
        ("CALC-005", 10, #""method":"balloon""#, "none of equal-instalment, equal-principal"),
        ("CALC-005", 12, #""dayCount":"ACT/366""#, "none of 30/360, 30E/360"),
        ("CALC-005", 12, #""rounding":"bankers""#, "none of "),
        ("CALC-005", 22, #""instalmentMultiple":"0""#, "not above zero"),
        ("CALC-005", 22, #""instalmentMultiple":"0.001""#, "more than 2 decimals"),
        ("CALC-005", 12, #""monthEnd":"never""#, "none of clamp, next-month"),
        (
            "CALC-007", 12, #""monthEnd":"next-month","every":{"count":2,"unit":"weeks"}"#,
            "lack no due day"
        ),
        ("CALC-007", 18, #""principalGrace":12"#, "principalGrace 12 is outside 0 to 11"),
        ("CALC-007", 17, #""interestGrace":-1"#, "interestGrace -1 is outside 0 to 11"),
        ("CALC-004", 12, #""holidays":{"rule":"following"}"#, "'calendar' is missing"),
        ("CALC-004", 9, #""fees":[{}]"#, "'name' is missing"),
        (
            "CALC-012", 55, #""fees":[{"name":"f","value":"1.00","when":"each","of":"principal"}]"#,
            "which is of nothing"
        ),
        (
            "CALC-013", 12, #""changes":[{"on":"2025-12-31","annualRatePercent":"9"}]"#,
            "before the disbursement"
        ),
        (
            "CALC-013", 13, #""tranches":[{"on":"2027-01-31","amount":"1.00"}]"#,
            "nothing of the loan is left"
        ),
        (
            "CALC-013", 15, #""repayments":[{"on":"2026-02-10","amount":"20000.00"}]"#,
            "no more can be repaid early"
        ),
        ("CALC-013", 8, #""asOf":"2026-01-30""#, "before the disbursement"),
        ("CALC-007", 13, #""principal":"0.00""#, "the principal 0.00 is not above zero"),
        ("CALC-007", 15, #""instalments":0"#, "0 instalments are outside 1 to 10000"),
        ("CALC-007", 21, #""annualRatePercent":"10001""#, "outside 0 to 10000.00 %"),
        ("CALC-007", 9, #""every":{"count":0}"#, "a period of 0 months"),
        ("CALC-007", 14, #""firstDueOn":"2026-01-31""#, "not after the disbursement"),
        ("CALC-007", 15, #""disbursedOn":"9999-12-01""#, "after 9999-12-31"),
        ("CALC-007", 13, #""principal":"92233720368547758.07""#, "beyond the range"),
    ])
    func `a faulty field is named with its place`(
        code: String, column: Int, field: String, words: String
    ) async throws {
        let name = field.split(separator: "\"")[0]
        let fields = [
            #""principal":"10000.00""#, #""currency":"USD""#, #""annualRatePercent":"12""#,
            #""method":"equal-instalment""#, #""instalments":12"#, #""disbursedOn":"2026-01-31""#,
        ].filter { !$0.hasPrefix("\"\(name)\"") }
        let outcome = try await Colend.run(
            "schedule", "-", input: "{\(fields.joined(separator: ",")),\n\(field)}")
        let place = words.contains("9999") ? "1:109" : "2:\(column)"
        #expect(outcome.exit == 65)
        #expect(outcome.codes == [code], "\(outcome.errors)")
        #expect(outcome.errors.contains("(-:\(place)"), "\(outcome.errors)")
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }

    @Test func `a holiday calendar is one of those that are configured`() async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "calendar: US\nweekend: [saturday, sunday]\nholidays: [2026-01-01]\n",
            to: "Config/calendars/US.yaml")
        let input = """
            {\(ScheduleTests.loan),
            "holidays":{"rule":"following","calendar":"CN"}}
            """
        let outcome = try await Colend.run("schedule", "-", input: input, in: folder)
        expect("CALC-011", at: "2:43", says: "'CN' is not configured; known: US", outcome)
    }

    @Test(arguments: [
        ("CALC-003", "3:1", "100%", "0%", "5", "must be a text in quotes"),
        ("CALC-005", "3:1", "100%", "0%", #""1.001""#, "more than 2 decimals"),
        ("CALC-009", "3:1", "50%", "50%", #""-0.01""#, "falls below zero, to -0.01"),
        ("CALC-010", "1:28", "30%", "60%", #""1""#, "do not make exactly one"),
        ("CALC-010", "1:28", "33.33%", "66.66%", #""1""#, "do not make exactly one"),
        ("CALC-010", "2:23", "30%", "70.00", #""1""#, "either all shares or all amounts"),
        ("CALC-010", "1:51", "x", "1", #""1""#, "'x' is no share"),
        ("CALC-010", "2:23", "1", "-1", #""1""#, "'-1' is no share"),
        ("CALC-010", "1:28", "0", "0.00", #""1""#, "all zero"),
    ])
    func `a split that cannot be made says why`(
        code: String, place: String, first: String, second: String, amount: String, words: String
    ) async throws {
        let outcome = try await Colend.run(
            "split", "-",
            input: """
                {"currency":"USD","shares":[{"party":"a","weight":"\(first)"},
                {"party":"b","weight":"\(second)"}],"amounts":[
                \(amount)]}
                """)
        expect(code, at: place, says: words, outcome)
    }

    @Test func `a running total that leaves the range of amounts is refused`() async throws {
        let outcome = try await Colend.run(
            "split", "-",
            input: """
                {"currency":"USD","shares":[{"party":"a","weight":"1/1"}],
                "amounts":["92233720368547758.07","0.01"]}
                """)
        expect("CALC-009", at: "2:35", says: "beyond the range", outcome)
    }

    @Test(arguments: [
        ("CALC-008", "1:61", #"{"party":"a","ratePercent":"10","share":"20%"}"#, "stands twice"),
        ("CALC-005", "1:76", #"{"party":"b","ratePercent":"x","share":"20%"}"#, "no percentage"),
        ("CALC-010", "1:90", #"{"party":"b","ratePercent":"10","share":"0.2"}"#, "no share"),
        ("CALC-010", "1:12", #"{"party":"b","ratePercent":"10","share":"21%"}"#, "exactly one"),
        ("CALC-002", "1:76", #"{"party":"b","rate":"10"}"#, "ratePercent, share"),
        ("CALC-004", "1:61", #"{"party":"b","ratePercent":"10"}"#, "'share' is missing"),
    ])
    func `a blend that cannot be made says why`(
        code: String, place: String, lender: String, words: String
    ) async throws {
        let outcome = try await Colend.run(
            "blend", "-",
            input: """
                {"lenders":[{"party":"a","ratePercent":"10.00","share":"80%"},\(lender)]}
                """)
        #expect(outcome.exit == 65)
        #expect(outcome.codes == [code], "\(outcome.errors)")
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(outcome.errors.contains("(-:1:"), "\(outcome.errors)")
    }

    @Test func `a file's name stands before the place`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("{\n  \"lenders\": 5\n}\n", to: "in/blend.json")
        let outcome = try await Colend.run("blend", "in/blend.json", in: folder)
        #expect(
            outcome.errors == """
                CALC-003: lenders must be a list, not a number (in/blend.json:2:14); \
                correct the input

                """)
    }

    @Test(arguments: ["schedule", "split", "blend", "cover"])
    func `a file that is not there is no input`(calculator: String) async throws {
        let outcome = try await Colend.run(calculator, "absent.json")
        #expect(outcome.exit == 74)
        #expect(outcome.codes == ["IO-001"])
        #expect(outcome.errors.contains("absent.json cannot be read"))
    }
}
