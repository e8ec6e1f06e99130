import Foundation
import TestSupport
import Testing

/// Formats, colours, notes and the ways to ask for them.
struct OutputTests {
    private let blend =
        #"{"lenders":[{"party":"a","ratePercent":"10","share":"1/1"}]}"#

    @Test(arguments: [
        ("json", "{\"blendedRatePercent\":\"10.00\"}\n"),
        ("ndjson", "{\"blendedRatePercent\":\"10.00\"}\n"),
        ("csv", "blendedRatePercent\r\n10.00\r\n"), ("table", "10.00 %\n"),
    ])
    func `the option and the variable choose the format`(format: String, text: String)
        async throws
    {
        let byOption = try await Colend.run("blend", "-", "--output", format, input: blend)
        #expect(byOption.output == text)
        let byVariable = try await Colend.run(
            "blend", "-", input: blend, environment: ["COLEND_OUTPUT": format])
        #expect(byVariable.output == text)
        let both = try await Colend.run(
            "blend", "-", "--output", format, input: blend,
            environment: ["COLEND_OUTPUT": format == "json" ? "table" : "json"])
        #expect(both.output == text)
    }

    @Test func `people get a table and programs JSON`() async throws {
        let terminal = try await Colend.runOnTerminal(["blend", "-"], input: blend)
        #expect(terminal.shown == "10.00 %\n")
        let file = try await Colend.run("blend", "-", input: blend)
        #expect(file.output == "{\"blendedRatePercent\":\"10.00\"}\n")
    }

    @Test(arguments: [
        ("", [:], true), ("", ["NO_COLOR": "1"], false), ("", ["TERM": "dumb"], false),
        ("--color=never", [:], false), ("--color=always", ["NO_COLOR": "1"], true),
        ("", ["COLEND_COLOR": "never"], false), ("", ["COLEND_COLOR": "always"], true),
    ])
    func `colour is for terminals that want it`(
        option: String, environment: [String: String], isColored: Bool
    ) async throws {
        let input = "{\(ScheduleTests.loan)}"
        let arguments = ["schedule", "-"] + (option.isEmpty ? [] : [option])
        let shown = try await Colend.runOnTerminal(
            arguments, input: input, environment: environment
        ).shown
        #expect(shown.contains("\u{1B}[") == isColored)
        #expect(shown.contains("Schedule (USD)"))
    }

    @Test func `a file is coloured only when always is asked for`() async throws {
        let input = "{\(ScheduleTests.loan)}"
        for (color, isColored) in [("auto", false), ("never", false), ("always", true)] {
            let outcome = try await Colend.run(
                "schedule", "-", "--output", "table", "--color", color, input: input)
            #expect(outcome.output.contains("\u{1B}[") == isColored)
        }
    }

    @Test(arguments: ["COLEND_OUTPUT", "COLEND_COLOR"])
    func `a variable that says nothing is refused`(variable: String) async throws {
        let outcome = try await Colend.run(
            "blend", "-", input: blend, environment: [variable: "xml"])
        #expect(outcome.exit == 64)
        #expect(outcome.codes == ["USAGE-008"])
        #expect(outcome.output == "")
        let empty = try await Colend.run(
            "blend", "-", input: blend, environment: [variable: ""])
        #expect(empty.exit == 0)
    }

    @Test func `a result that cannot be written is a fault`() async throws {
        for arguments in [["blend", "-"], ["--help"], ["completions", "bash"]] {
            let outcome = try await ProductProcess.run(
                .colend, arguments, input: blend, device: "/dev/full")
            #expect(outcome.exit == 74, "IO-002 has no place to be read here")
        }
    }
}
