import Monetary
import Reconciling
import Testing

@Suite struct HostileInputTests {
    @Test func `two empty files agree`() throws {
        let result = try Samples.match([], [])
        #expect(result.matches.isEmpty && result.breaks.isEmpty)
    }

    @Test func `a file that is one line over and over is matched once`() throws {
        let theirs = (1...20_000).map { Samples.payment("P", line: $0) }
        let result = try Samples.match([Samples.payment("P")], theirs)
        #expect(result.matches.count == 1)
        #expect(result.breaks.count == 19_999)
        #expect(result.breaks.allSatisfy { $0.kind == .duplicateTheirs })
        #expect(Set(result.breaks.map(\.id)).count == 19_999)
    }

    @Test func `a day of nothing but duplicates is explained in moments`() throws {
        var day = Day()
        day.ourPayments = [Samples.payment("P")]
        day.theirPayments = (1...5_000).map { Samples.payment("P", line: $0) }
        day.ourBalances = [Samples.balance()]
        day.theirBalances = (1...5_000).map { Samples.balance(line: $0) }
        let explained = try day.reconciled()
        #expect(explained.count == 9_998)
        #expect(explained.allSatisfy { $0.explanation.cause == .writtenTwice })
    }

    @Test(arguments: [(Int64.min, Int64(1)), (.max, -1), (.max, .min), (.min, .max)])
    func `a difference beyond 64 bits is a typed error`(_ ours: Int64, _ theirs: Int64) {
        #expect(
            throws: ReconcilingError.differenceOverflows(
                file: "repayments", key: ["P"], column: "principal")
        ) {
            try FilePair(
                layout: .repayments, ours: [Samples.payment("P", principal: ours)],
                theirs: [Samples.payment("P", principal: theirs)], manifest: nil
            ).matched(ids: Samples.ids())
        }
    }

    @Test func `the least amount alone on their side has no difference`() throws {
        let record = Samples.payment("P", principal: .min)
        let theirs = FilePair(layout: .repayments, ours: [], theirs: [record], manifest: nil)
        #expect(
            throws: ReconcilingError.differenceOverflows(
                file: "repayments", key: ["P"], column: "principal")
        ) { try theirs.matched(ids: Samples.ids()) }
        let ours = FilePair(layout: .repayments, ours: [record], theirs: [], manifest: nil)
        let result = try ours.matched(ids: Samples.ids())
        #expect(result.breaks.last?.differences.first?.minorUnits == .min)
    }

    @Test func `extreme amounts that agree match`() throws {
        let records = [Samples.payment("P", principal: .max, interest: .min + 1)]
        #expect(try Samples.match(records, records).breaks.isEmpty)
    }

    @Test func `control totals beyond 64 bits are a typed error`() {
        let theirs = [
            Samples.payment("P", principal: .max), Samples.payment("Q", principal: .max),
        ]
        let pair = FilePair(
            layout: .repayments, ours: theirs, theirs: theirs,
            manifest: ManifestEntry(rows: 2, totals: []))
        #expect(
            throws: ReconcilingError.totalOverflows(
                file: "repayments", column: "principal", currency: "USD")
        ) { try pair.matched(ids: Samples.ids()) }
    }

    @Test(arguments: [
        Record(key: [], amounts: [0, 0, 0, 0, 0, 0, 0], currency: Samples.dollar, line: 7),
        Record(key: ["P"], amounts: [1], currency: Samples.dollar, fields: ["", "", ""], line: 7),
        Record(
            key: ["P"], amounts: [0, 0, 0, 0, 0, 0, 0], currency: Samples.dollar, fields: [],
            line: 7),
    ])
    func `a record with other columns than its file is refused`(_ record: Record) {
        for (side, ours, theirs) in [
            (Side.ours, [record], []), (Side.theirs, [], [record]),
        ] as [(Side, [Record], [Record])] {
            let pair = FilePair(layout: .repayments, ours: ours, theirs: theirs, manifest: nil)
            #expect(
                throws: ReconcilingError.misfit(file: "repayments", side: side, line: 7)
            ) { try pair.matched(ids: Samples.ids()) }
        }
    }

    @Test func `every error has its code`() {
        let errors: [ReconcilingError] = [
            .misfit(file: "", side: .ours, line: 1),
            .differenceOverflows(file: "", key: [], column: ""),
            .totalOverflows(file: "", column: "", currency: ""),
        ]
        #expect(errors.map(\.code) == ["RECON-001", "RECON-002", "RECON-003"])
    }
}
