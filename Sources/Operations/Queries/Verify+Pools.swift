import Bookkeeping
import BusinessCalendar
import LendingRules

extension Verify {
    /// The entries of notes on pools are those of their payment dates, on every date.
    func checkNotes(of closed: [BusinessDate]) async throws -> Divergence? {
        guard let pools else { return nil }
        let expected = Dictionary(grouping: try await pools.entries(), by: \.date)
        for date in Verify.booking(closed).union(expected.keys).sorted() {
            let stored = try await books.entries(from: date, through: date, book: nil)
                .filter { $0.kind == .poolNotes && $0.posting.amount != 0 }
            if stored.sorted() == (expected[date] ?? []).sorted() { continue }
            return Divergence(
                .pools, on: date, at: "entries",
                "the entries of notes are not those of their payment dates")
        }
        return nil
    }
}
