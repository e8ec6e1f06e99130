import BusinessCalendar
import Reconciling
import Testing

/// Whether a line of today closes the other side's line of an earlier date.
struct LateLineTests {
    /// A day whose only line is theirs, `days` after our line of the same key stayed alone.
    private func cause(days: Int, rematch: Int = 5, off: Int64 = 0, tolerance: Int64 = 0) throws
        -> (cause: Cause?, healed: Int)
    {
        let first = Samples.date.adding(days: -days)
        let line = Samples.payment("P", line: 1)
        let open = OpenBreak(
            id: BreakID(text: "old"), layout: .repayments, kind: .oursOnly, key: ["P"],
            loan: "L-1", firstDate: first,
            differences: zip(FileLayout.repayments.amountColumns, line.amounts).map {
                ($0.name, $1)
            })
        let theirs = Samples.payment("P", principal: 78849 + off, line: 1)
        let day = PartnerDay(
            partner: "harbor", businessDate: Samples.date,
            files: [
                FilePair(
                    layout: .repayments, ours: [], theirs: [theirs], manifest: nil,
                    tolerance: Tolerance(minorUnits: tolerance)),
                FilePair(
                    layout: .balances, ours: [], theirs: [], manifest: nil,
                    tolerance: Tolerance(minorUnits: tolerance)),
            ], computation: .scale, openBreaks: [open], rematchDays: rematch, hash: Samples.hash)
        let result = try day.reconciled()
        let found = result.explained.first { $0.found.kind == .theirsOnly }
        return (found?.explanation.cause, result.healed.count)
    }

    @Test(arguments: [(1, true), (5, true), (6, false)])
    func `a line closes its counterpart only within the window`(days: Int, isClosed: Bool) throws {
        let (cause, healed) = try cause(days: days)
        #expect((cause == .arrivedLate) == isClosed)
        #expect(healed == (isClosed ? 1 : 0))
    }

    @Test(arguments: [(Int64(0), Int64(0), true), (2, 2, true), (3, 2, false), (-5_000, 0, false)])
    func `a line closes its counterpart only by the same money but for rounding`(
        off: Int64, tolerance: Int64, isClosed: Bool
    ) throws {
        let (cause, healed) = try cause(days: 1, off: off, tolerance: tolerance)
        #expect((cause == .arrivedLate) == isClosed)
        #expect(healed == (isClosed ? 1 : 0))
    }
}
