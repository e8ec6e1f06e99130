import MockBank
import Testing

/// Settlement instructions as the bank of the account carries them out.
@Suite struct SettlementOrderTests {
    private let paid = "S1,harbor,7.00,USD,S1\n"
    private let both = "S1,harbor,7.00,USD,S1\nS2,summit,-3.01,USD,S2\n"

    @Test func `transfers are made the next date, in both directions, and once`() throws {
        let clearing = try TestClearing()
        #expect(try clearing.order(both) == 201)
        #expect(try clearing.order(both) == 200)
        try clearing.clock("2026-01-05")
        #expect(try clearing.lines("cash", "2026-01-01") == [])
        #expect(
            try clearing.lines("cash", "2026-01-02")?.sorted() == [
                "-7.00,USD,2026-01-02,S1", "3.01,USD,2026-01-02,S2",
            ])
        #expect(try clearing.lines("cash", "2026-01-03") == [])
    }

    @Test func `a larger file of a date adds what is new, also when the date is over`() throws {
        let clearing = try TestClearing()
        try clearing.order(paid)
        try clearing.clock("2026-01-04")
        #expect(try clearing.order(both) == 200)
        #expect(try clearing.order("S1,harbor,7.00,USD,S1\n", on: "2026-01-03") == 201)
        try clearing.clock("2026-01-06")
        #expect(try clearing.lines("cash", "2026-01-02") == ["-7.00,USD,2026-01-02,S1"])
        #expect(try clearing.lines("cash", "2026-01-04") == ["3.01,USD,2026-01-04,S2"])
        #expect(try clearing.lines("cash", "2026-01-05") == [])
    }

    @Test(arguments: [
        "S1,harbor,7.01,USD,S1\n", "S1,summit,7.00,USD,S1\n", "S1,harbor,-7.00,USD,S1\n",
        "S1,harbor,7.00,USD,S9\n",
    ])
    func `an instruction with other content is refused, and all of its file`(row: String) throws {
        let clearing = try TestClearing()
        try clearing.order(paid)
        #expect(try clearing.order("S3,harbor,1.00,USD,S3\n" + row) == 409)
        #expect(try clearing.order("S3,harbor,1.00,USD,S3\n" + row, on: "2026-01-02") == 409)
        try clearing.clock("2026-01-04")
        #expect(try clearing.lines("cash", "2026-01-02") == ["-7.00,USD,2026-01-02,S1"])
        #expect(try clearing.lines("cash", "2026-01-03") == [])
    }

    @Test(arguments: [
        "S1,harbor,7.00,EUR,S1\n", "S1,harbor,seven,USD,S1\n", "S1,harbor,7.00,USD\n",
        "S1,harbor,7.00,USD,S1\nS1,harbor,7.00,USD,S1\n",
    ])
    func `a file that cannot be read is refused`(rows: String) throws {
        #expect(try TestClearing().order(rows) == 422)
    }

    /// What each fault makes of a transfer of 7.00: the second and third date's lines, the diary.
    @Test(
        arguments: [
            ("settlement-late", [], ["-7.00 S1"], "2026-01-02 settlement-late S1"),
            ("settlement-part", ["-3.50 S1"], [], "2026-01-02 settlement-part S1"),
            ("settlement-off", ["-6.99 S1"], [], "2026-01-02 settlement-off S1"),
            (
                "settlement-returned", ["-7.00 S1"], ["7.00 RETURN S1"],
                "2026-01-03 settlement-returned S1"
            ),
            (
                "settlement-doubled", ["-7.00 S1", "-7.00 S1"], [],
                "2026-01-02 settlement-doubled BK-"
            ),
        ] as [(String, [String], [String], String)])
    func `each fault leaves its mark in the statement and in the diary`(
        kind: String, second: [String], third: [String], mark: String
    ) throws {
        let clearing = try TestClearing(faults: "{kind: \(kind), probability: 1}")
        try clearing.order(paid)
        try clearing.clock("2026-01-05")
        func lines(_ date: String) throws -> [String] {
            (try clearing.lines("cash", date) ?? []).map { line in
                let fields = line.split(separator: ",")
                return "\(fields[0]) \(fields[3])"
            }
        }
        #expect(try lines("2026-01-02") == second)
        #expect(try lines("2026-01-03") == third)
        #expect(try lines("2026-01-04") == [])
        let faults = try clearing.faults
        #expect(faults.count == 1)
        #expect(faults.allSatisfy { $0.hasPrefix(mark) }, "\(faults)")
    }

    @Test func `a cent is not parted, and a budget ends a fault`() throws {
        let clearing = try TestClearing(
            faults: "{kind: settlement-part, probability: 1, budget: 1}")
        try clearing.order("S1,harbor,0.01,USD,S1\nS2,harbor,4.00,USD,S2\nS3,harbor,4.00,USD,S3\n")
        try clearing.clock("2026-01-03")
        #expect(
            try clearing.lines("cash", "2026-01-02")?.sorted() == [
                "-0.01,USD,2026-01-02,S1", "-2.00,USD,2026-01-02,S2", "-4.00,USD,2026-01-02,S3",
            ])
    }

    @Test func `a kill loses no order`() throws {
        let clearing = try TestClearing(faults: "{kind: settlement-returned, probability: 1}")
        try clearing.order(both)
        try clearing.clock("2026-01-03")
        try clearing.reopen()
        try clearing.order(both)
        try clearing.clock("2026-01-04")
        #expect(
            try clearing.lines("cash", "2026-01-03")?.sorted() == [
                "-3.01,USD,2026-01-03,RETURN S2", "7.00,USD,2026-01-03,RETURN S1",
            ])
        let admin = try clearing.call("GET", "/admin/v1/files/2026-01-03/cash.csv", isSigned: false)
        #expect(admin.text == (try clearing.call("GET", "/v1/files/2026-01-03/cash.csv").text))
    }
}
