import BusinessCalendar
import Monetary
import Reconciling
import Testing

/// One difference between two lines and the break it must make.
struct LineCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let ours: [Record]
    let theirs: [Record]
    let kinds: [BreakKind]
    var tolerance: Int64 = 0
    var columns: [String] = []
    var severity: Severity? = nil
}

@Suite struct LineMatchingTests {
    static let cases: [LineCase] = [
        LineCase(
            testDescription: "equal lines", ours: [Samples.payment("P")],
            theirs: [Samples.payment("P", line: 9)], kinds: []),
        LineCase(
            testDescription: "missing in theirs", ours: [Samples.payment("P")], theirs: [],
            kinds: [.oursOnly], columns: ["principal", "interest", "service_fee"],
            severity: .medium),
        LineCase(
            testDescription: "missing in ours", ours: [],
            theirs: [Samples.payment("P", principal: 100_000_00)],
            kinds: [.theirsOnly], columns: ["principal", "interest", "service_fee"],
            severity: .high),
        LineCase(
            testDescription: "doubled in theirs", ours: [Samples.payment("P")],
            theirs: [Samples.payment("P"), Samples.payment("P", line: 2)],
            kinds: [.duplicateTheirs]),
        LineCase(
            testDescription: "doubled in ours",
            ours: [Samples.payment("P"), Samples.payment("P", line: 2)],
            theirs: [Samples.payment("P")], kinds: [.duplicateOurs]),
        LineCase(
            testDescription: "twins on both sides",
            ours: [Samples.payment("P"), Samples.payment("P", line: 2)],
            theirs: [Samples.payment("P", line: 3), Samples.payment("P", line: 4)], kinds: []),
        LineCase(
            testDescription: "a cent beyond tolerance", ours: [Samples.payment("P")],
            theirs: [Samples.payment("P", interest: 10002)], kinds: [.amount], tolerance: 1,
            columns: ["interest"], severity: .low),
        LineCase(
            testDescription: "cents within tolerance", ours: [Samples.payment("P")],
            theirs: [Samples.payment("P", principal: 78848, interest: 10001)],
            kinds: [.rounding], tolerance: 1, columns: ["principal", "interest"], severity: .info),
        LineCase(
            testDescription: "one column within tolerance and one beyond",
            ours: [Samples.payment("P")],
            theirs: [Samples.payment("P", principal: 78848, interest: 11001)],
            kinds: [.amount], tolerance: 1, columns: ["principal", "interest"], severity: .medium),
        LineCase(
            testDescription: "a day later", ours: [Samples.payment("P")],
            theirs: [Samples.payment("P", dayLater: 1)], kinds: [.date], columns: ["value_date"],
            severity: .low),
        LineCase(
            testDescription: "a date and a field", ours: [Samples.payment("P")],
            theirs: [Samples.payment("P", dayLater: 1, reverses: "Q")], kinds: [.date],
            columns: ["value_date", "reverses"]),
        LineCase(
            testDescription: "one accented letter in two encodings",
            ours: [Samples.payment("P", reverses: "\u{e9}")],
            theirs: [Samples.payment("P", reverses: "e\u{301}")], kinds: [.field],
            columns: ["reverses"]),
        LineCase(
            testDescription: "another loan", ours: [Samples.payment("P")],
            theirs: [Samples.payment("P", loan: "L-2")], kinds: [.field], columns: ["loan_id"],
            severity: .low),
        LineCase(
            testDescription: "another currency", ours: [Samples.payment("P")],
            theirs: [Samples.payment("P", interest: 1, currency: Samples.yen)], kinds: [.field],
            columns: ["currency"], severity: .high),
        LineCase(
            testDescription: "amount, date and field at once", ours: [Samples.payment("P")],
            theirs: [Samples.payment("P", interest: 1, dayLater: 1, reverses: "Q")],
            kinds: [.amount], columns: ["interest", "value_date", "reverses"]),
        LineCase(
            testDescription: "a cent within tolerance and a date", ours: [Samples.payment("P")],
            theirs: [Samples.payment("P", interest: 10001, dayLater: 1)], kinds: [.date],
            tolerance: 1, columns: ["interest", "value_date"]),
    ]

    @Test(arguments: cases)
    func `every difference makes its own kind of break`(_ example: LineCase) throws {
        let result = try Samples.match(
            example.ours, example.theirs, tolerance: Tolerance(minorUnits: example.tolerance))
        #expect(result.breaks.map(\.kind) == example.kinds)
        let claimed = result.matches.flatMap(\.claims) + result.breaks.flatMap(\.claims)
        #expect(claimed.count == example.ours.count + example.theirs.count)
        #expect(Set(claimed).count == claimed.count)
        guard let found = result.breaks.first else { return }
        if !example.columns.isEmpty {
            #expect(found.differences.map(\.column) == example.columns)
        }
        if let severity = example.severity { #expect(found.severity == severity) }
    }

    @Test func `a difference is ours less theirs, an absent side counting zero`() throws {
        let lower = try Samples.match(
            [Samples.payment("P")], [Samples.payment("P", principal: 78850)])
        #expect(lower.breaks[0].differences[0].minorUnits == -1)
        let absent = try Samples.match([], [Samples.payment("P")])
        #expect(absent.breaks[0].differences.map(\.minorUnits) == [-78849, -10000, 1000])
        #expect(absent.breaks[0].magnitude == 89849)
    }

    @Test func `a column may have a tolerance of its own`() throws {
        let tolerance = Tolerance(minorUnits: 0, byColumn: ["interest": 5])
        let interest = try Samples.match(
            [Samples.payment("P")], [Samples.payment("P", interest: 10005)], tolerance: tolerance)
        let principal = try Samples.match(
            [Samples.payment("P")], [Samples.payment("P", principal: 78850)], tolerance: tolerance)
        #expect(interest.breaks.map(\.kind) == [.rounding])
        #expect(principal.breaks.map(\.kind) == [.amount])
    }

    @Test func `twins meet by content, then by amount, and the surplus is a duplicate`() throws {
        let ours = [
            Samples.payment("P", principal: 100), Samples.payment("P", principal: 200),
            Samples.payment("P", principal: 300),
        ]
        let theirs = [
            Samples.payment("P", principal: 300),
            Samples.payment("P", principal: 200, dayLater: 1),
        ]
        let result = try Samples.match(ours, theirs)
        #expect(result.matches.map { $0.ours.record.amounts[0] } == [300])
        #expect(result.breaks.map(\.kind) == [.date, .duplicateOurs])
        #expect(result.breaks[1].ours?.record.amounts[0] == 100)
    }

    @Test func `an identical twin is paired before one of equal amounts`() throws {
        let result = try Samples.match(
            [Samples.payment("P"), Samples.payment("P", dayLater: 1)],
            [Samples.payment("P", dayLater: 1)])
        #expect(result.matches.count == 1)
        #expect(result.breaks.map(\.kind) == [.duplicateOurs])
    }

    @Test func `a key twice on one side alone is one-sided once and then a duplicate`() throws {
        let result = try Samples.match([], [Samples.payment("P"), Samples.payment("P", line: 2)])
        #expect(result.breaks.map(\.kind) == [.theirsOnly, .duplicateTheirs])
    }

    @Test func `results are listed in the byte order of their keys`() throws {
        let keys = [
            "b", "a", "é", "e\u{301}", "aa", "A", "a\u{0}b", "some key 2", "some key 1",
            "a long key, over 16 bytes: 2",
            "a long key, over 16 bytes: 1", "",
        ]
        let result = try Samples.match(keys.map { Samples.payment($0) }, [])
        let sorted = keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        #expect(result.breaks.map { Array($0.key[0].utf8) } == sorted.map { Array($0.utf8) })
        #expect(result.breaks.allSatisfy { $0.kind == .oursOnly })
    }

    @Test func `columns of a key are compared one by one`() throws {
        let layout = FileLayout(
            name: "pairs", role: .movement, keyColumns: ["one", "two"], amountColumns: [],
            dateColumn: nil, fieldColumns: [], ignoredColumns: [], loanColumn: .key(0))
        func record(_ key: [String]) -> Record {
            Record(key: key, amounts: [], currency: Samples.dollar, line: 1)
        }
        let result = try Samples.match(
            [record(["a", "bc"]), record(["a\u{0}", "b"])],
            [record(["ab", "c"]), record(["a", "\u{0}b"])], layout: layout)
        #expect(result.matches.isEmpty)
        #expect(result.breaks.map(\.kind) == [.theirsOnly, .oursOnly, .oursOnly, .theirsOnly])
    }
}
