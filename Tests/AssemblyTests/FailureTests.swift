import Assembly
import LendingRules
import Operations
import Testing

/// How errors become lines and exit codes.
struct FailureTests {
    private struct Unforeseen: Error {}

    @Test func `an error without a code is a fault of the program`() {
        let failure = Failure(Unforeseen())
        #expect(failure.lines.count == 1)
        #expect(failure.lines[0].hasPrefix("GEN-001: "))
        #expect(failure.exitCode == 1)
    }

    @Test func `more faults than a person reads are counted, not printed`() {
        let faults = (1...130).map {
            ImportFault(code: "INTAKE-006", file: "a.csv", line: $0, column: 3, what: "zero")
        }
        let failure = Failure(ImportRefused(faults: faults))
        #expect(failure.lines.count == 101)
        #expect(failure.lines[0].hasPrefix("INTAKE-006: zero (a.csv:1:3); "))
        #expect(failure.lines[100] == "INTAKE-000: 30 more faults are not shown")
        #expect(failure.exitCode == 65)
    }

    @Test func `what a refusal could not take back is told with it`() {
        let fault = ImportFault(
            code: "LIMIT-001", file: "a.csv", line: 5_001, column: 0, what: "no room")
        let failure = Failure(ImportRefused(faults: [fault], booked: 5_000))
        #expect(failure.lines.count == 2)
        #expect(failure.lines[1].hasPrefix("LIMIT-001: 5000 loans of the file were booked"))
        #expect(failure.exitCode == 65)
    }

    @Test(arguments: [(0, 0, "a.csv"), (4, 0, "a.csv:4"), (4, 9, "a.csv:4:9")])
    func `a place says what is known of it`(line: Int, column: Int, place: String) {
        let fault = ImportFault(
            code: "INTAKE-001", file: "a.csv", line: line, column: column, what: "wrong")
        #expect(fault.sentence.contains("wrong (\(place)); "))
    }

    @Test func `losses that cannot be computed name the loan or the cover`() {
        let cover = CoverID(agreement: "duo", layer: "first-loss")
        let words: [(LossError, String)] = [
            (.amounts(LoanID("L1")), "the losses of loan L1 are beyond"),
            (.repeated(LoanID("L1")), "loan L1 stands twice"),
            (.cover(cover, .overflow), "the cover duo/first-loss is beyond"),
            (.cover(cover, .notAboveZero(0)), "asked for 0 minor units"),
            (.cover(cover, .givesBackTooMuch(paid: 7)), "more than the 7 minor units"),
        ]
        for (error, part) in words {
            let failure = Failure(error)
            #expect(failure.lines[0].hasPrefix("LOSS-001: "), "\(failure.lines)")
            #expect(failure.lines[0].contains(part), "\(failure.lines)")
            #expect(failure.exitCode == 1)
        }
    }

    @Test func `of several exits the gravest wins`() {
        let order: [ExitKind] = [
            .configuration, .badInput, .inputOutput, .unavailable, .failed, .findings,
        ]
        for (index, kind) in order.enumerated() {
            #expect(ExitKind.worst(order[index...].reversed()) == kind)
        }
        #expect(ExitKind.worst([]) == nil)
    }
}
