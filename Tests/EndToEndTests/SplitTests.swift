import TestSupport
import Testing

/// `colend split` and `colend blend` to the letter of their descriptions.
struct SplitTests {
    private func split(_ currency: String, _ weights: [String], _ amounts: [String])
        async throws -> Colend.Outcome
    {
        let shares = weights.enumerated().map { #"{"party":"p\#($0)","weight":"\#($1)"}"# }
        let texts = amounts.map { "\"\($0)\"" }.joined(separator: ",")
        return try await Colend.run(
            "split", "-",
            input: """
                {"currency":"\(currency)","shares":[\(shares.joined(separator: ","))],\
                "amounts":[\(texts)]}
                """)
    }

    /// The parts of every running total, and the steps.
    private func parts(_ outcome: Colend.Outcome, _ member: String) throws -> [[String]] {
        #expect(outcome.exit == 0, "\(outcome.errors)")
        return try outcome.json(as: [Object].self).map { line in
            let parts = try #require(line[member] as? [String: String])
            return parts.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    @Test func `the example gives its documented bytes`() async throws {
        let outcome = try await Colend.run(
            "split", "-",
            input: """
                {"currency":"CNY","shares":[{"party":"platform","weight":"30%"},\
                {"party":"harbor","weight":"70%"}],"amounts":["100.01","0.01"]}
                """)
        #expect(
            outcome.output == """
                [{"cumulative":"100.01","parts":{"platform":"30.00","harbor":"70.01"},\
                "step":{"platform":"30.00","harbor":"70.01"}},{"cumulative":"100.02",\
                "parts":{"platform":"30.01","harbor":"70.01"},\
                "step":{"platform":"0.01","harbor":"0.00"}}]

                """)
    }

    @Test(arguments: [
        ("USD", ["1/3", "1/3", "1/3"], "100.00", ["33.33", "33.34", "33.33"]),
        ("USD", ["3000.00", "7000.00"], "0.01", ["0.00", "0.01"]),
        ("USD", ["50%", "1/2"], "0.01", ["0.01", "0.00"]),
        ("JPY", ["1/8", "7/8"], "4", ["0", "4"]),
        ("KWD", ["99.999%", "0.001%"], "1000.000", ["999.990", "0.010"]),
        ("USD", ["100%", "0%"], "5", ["5.00", "0.00"]),
    ])
    func `weights are percents, fractions or amounts`(
        currency: String, weights: [String], amount: String, expected: [String]
    ) async throws {
        let outcome = try await split(currency, weights, [amount])
        #expect(try parts(outcome, "parts") == [expected])
    }

    @Test func `what goes back takes the parts it brought`() async throws {
        let outcome = try await split(
            "USD", ["30%", "70%"], ["100.01", "0.01", "-0.01", "-100.01"])
        #expect(
            try parts(outcome, "parts") == [
                ["30.00", "70.01"], ["30.01", "70.01"], ["30.00", "70.01"], ["0.00", "0.00"],
            ])
        #expect(try parts(outcome, "step").last == ["-30.00", "-70.01"])
    }

    @Test func `no amounts give no lines`() async throws {
        #expect(try await split("USD", ["1/2", "1/2"], []).output == "[]\n")
    }

    @Test(arguments: [
        ([("10", "80%"), ("12", "20%")], "10.40"), ([("10", "70%"), ("12", "30%")], "10.60"),
        ([("10", "1/3"), ("10", "1/3"), ("11", "1/3")], "10.333333"),
        ([("7.125", "100%")], "7.125"), ([("0", "1/2"), ("0.000001", "1/2")], "0.00"),
    ])
    func `the blended rate is exact to six decimals`(
        lenders: [(rate: String, share: String)], rate: String
    ) async throws {
        let texts = lenders.enumerated().map {
            #"{"party":"p\#($0)","ratePercent":"\#($1.rate)","share":"\#($1.share)"}"#
        }
        let outcome = try await Colend.run(
            "blend", "-", input: "{\"lenders\":[\(texts.joined(separator: ","))]}")
        #expect(outcome.output == "{\"blendedRatePercent\":\"\(rate)\"}\n", "\(outcome.errors)")
    }
}
