import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

extension Verify {
    /// The entries of deposits are those of their movements, and no deposit holds less than loans
    /// have drawn on it; what they have drawn is checked as the use of limits is.
    func checkReserves(of closed: [BusinessDate]) async throws -> Divergence? {
        let movements = try await source.reserveMovements()
        let byDate = Dictionary(grouping: movements, by: \.bookedOn)
        for date in Verify.booking(closed).union(byDate.keys).sorted() {
            if let found = try await checkDeposits(of: byDate[date] ?? [], on: date) {
                return found
            }
        }
        var balances: [LimitKey: Int64] = [:]
        for movement in movements {
            balances[movement.key] = try balances[movement.key, default: 0].plus(movement.amount)
        }
        let kept = try await source.limits()
        for (slot, drawn) in kept.used.sorted(by: { $0.key < $1.key })
        where slot.key.span == .reserve && drawn > balances[slot.key] ?? 0 {
            guard let day = kept.posted ?? closed.last ?? kept.claims.map(\.bookedOn).min() else {
                continue
            }
            return Divergence(
                .reserves, on: day, at: "\(slot.key.party) \(slot.key.currency)",
                "loans have drawn \(drawn), the deposit holds \(balances[slot.key] ?? 0)")
        }
        return nil
    }

    private func checkDeposits(of movements: [ReserveMovement], on date: BusinessDate) async throws
        -> Divergence?
    {
        let expected = movements.flatMap { $0.postings(platform: platform) }
        let stored = try await books.entries(from: date, through: date, book: nil)
            .filter { $0.kind == .deposit }.map(\.posting)
        if try Verify.sums(expected) == Verify.sums(stored) { return nil }
        return Divergence(
            .reserves, on: date, at: "entries",
            "the entries of deposits are not those of their movements")
    }
}
