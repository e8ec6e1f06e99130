import Monetary
import Reconciling
import Testing

@Suite struct ManifestTests {
    private let payments = [Samples.payment("P"), Samples.payment("Q")]

    private func breaks(_ manifest: ManifestEntry?, theirs: [Record]?) throws -> [Break] {
        try FilePair(layout: .repayments, ours: payments, theirs: theirs, manifest: manifest)
            .matched(ids: Samples.ids()).breaks
    }

    @Test func `a file that is what its manifest says has no break`() throws {
        let manifest = Samples.manifest(.repayments, payments)
        #expect(try breaks(manifest, theirs: payments).isEmpty)
    }

    @Test func `a missing file is one break and claims no line`() throws {
        let found = try breaks(Samples.manifest(.repayments, payments), theirs: nil)
        #expect(found.map(\.kind) == [.missingFile])
        #expect(found[0].claims.isEmpty)
        #expect(found[0].severity == .high)
    }

    @Test func `a missing file whose lines settle in two currencies is a break of each`() throws {
        let ours = payments + [Samples.payment("R", currency: Samples.yen)]
        for lines in [ours, ours.reversed()] {
            let found = try FilePair(
                layout: .repayments, ours: lines, theirs: nil, manifest: nil
            ).matched(ids: Samples.ids()).breaks
            #expect(found.map(\.key) == [["repayments", "JPY"], ["repayments", "USD"]])
            #expect(found.map(\.currency) == [Samples.yen, Samples.dollar])
            #expect(
                found.map { $0.differences.map(\.values) } == [
                    [.count(ours: 1, theirs: nil)], [.count(ours: 2, theirs: nil)],
                ])
        }
        let balances = [Samples.balance(), Samples.balance("L-2", currency: Samples.yen)]
        let found = try FilePair(
            layout: .balances, ours: balances, theirs: nil, manifest: nil
        ).matched(ids: Samples.ids()).breaks
        #expect(found.map(\.key) == [["balances"]], "it settles nothing")
    }

    @Test func `a file no manifest lists is a control-total break`() throws {
        let found = try breaks(nil, theirs: payments)
        #expect(found.map(\.kind) == [.controlTotal])
        #expect(
            found[0].differences == [
                Difference(column: "rows", values: .count(ours: 2, theirs: nil))
            ])
    }

    @Test func `a wrong row count and a wrong sum are a break each`() throws {
        var totals = Samples.manifest(.repayments, payments).totals
        let wrong = totals.firstIndex { $0.column == "interest" }!
        totals[wrong] = ControlTotal(
            column: "interest", currency: Samples.dollar, sum: 20001, absolute: 20000)
        let found = try breaks(ManifestEntry(rows: 3, totals: totals), theirs: payments)
        #expect(found.map(\.key) == [["rows"], ["interest", "USD"]])
        #expect(found[1].differences.map(\.column) == ["sum of interest"])
        #expect(found[1].differences[0].minorUnits == -1)
    }

    @Test func `a total that is not stated, or stated of nothing, is a break`() throws {
        let stated = ControlTotal(column: "principal", currency: Samples.yen, sum: 5, absolute: 5)
        let found = try breaks(ManifestEntry(rows: 2, totals: [stated]), theirs: payments)
        // Penalty and fee sum to zero, so leaving them out says nothing wrong.
        #expect(
            found.map(\.key) == [
                ["interest", "USD"], ["principal", "JPY"], ["principal", "USD"],
                ["service_fee", "USD"],
            ])
    }

    @Test func `amounts that cancel are caught by the sum of their sizes`() throws {
        let theirs = [
            Samples.payment("P", interest: 500), Samples.payment("Q", interest: -500),
        ]
        let honest = Samples.manifest(.repayments, theirs).totals.filter { $0.column != "interest" }
        let total = ControlTotal(
            column: "interest", currency: Samples.dollar, sum: 0, absolute: 0)
        let found = try breaks(ManifestEntry(rows: 2, totals: honest + [total]), theirs: theirs)
        #expect(found[0].differences.map(\.column) == ["absolute of interest"])
    }

    @Test func `a manifest that states what our lines come to points at the lines`() throws {
        let manifest = Samples.manifest(.repayments, payments)
        let pair = FilePair(
            layout: .repayments, ours: payments, theirs: [payments[0]], manifest: manifest)
        let explained = try PartnerDay(
            partner: "harbor", businessDate: Samples.date, files: [pair], computation: .scale,
            hash: Samples.hash
        ).reconciled().explained
        let missing = explained.first { $0.found.kind == .oursOnly }
        for one in explained where one.found.kind == .controlTotal {
            #expect(one.explanation.cause == .followsFrom)
            #expect(one.explanation.related == [missing?.found.id].compactMap(\.self))
        }
        #expect(explained.count == 5)
    }

    @Test func `a manifest that fits neither side describes another file`() throws {
        let pair = FilePair(
            layout: .repayments, ours: payments, theirs: [payments[0]],
            manifest: ManifestEntry(
                rows: 9, totals: Samples.manifest(.repayments, [payments[0]]).totals))
        let explained = try PartnerDay(
            partner: "harbor", businessDate: Samples.date, files: [pair], computation: .scale,
            hash: Samples.hash
        ).reconciled().explained
        #expect(explained[0].explanation.cause == .fileNotAsSent)
    }

    @Test func `a total that neither side's lines come to describes another file`() throws {
        let theirs = [payments[0], Samples.payment("Q", interest: 7)]
        var totals = Samples.manifest(.repayments, theirs).totals
        let wrong = totals.firstIndex { $0.column == "interest" }!
        totals[wrong] = ControlTotal(
            column: "interest", currency: Samples.dollar, sum: 123, absolute: 123)
        let pair = FilePair(
            layout: .repayments, ours: payments, theirs: theirs,
            manifest: ManifestEntry(rows: 2, totals: totals))
        let explained = try PartnerDay(
            partner: "harbor", businessDate: Samples.date, files: [pair], computation: .scale,
            hash: Samples.hash
        ).reconciled().explained
        #expect(explained[0].explanation.cause == .fileNotAsSent)
    }
}
