import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Reconciling

extension Verify {
    /// Only the laws of breaks, over every closed date.
    package func checkBreaks() async throws -> Divergence? {
        try await checkBreaks(of: try await source.closedDays().map(\.date))
    }

    /// The entries of disputes are those of the breaks' movements, the movements make what each
    /// break says it has moved, and that is what its state asks for.
    func checkBreaks(of closed: [BusinessDate]) async throws -> Divergence? {
        let movements = try await source.breakMovements()
        let byDate = Dictionary(grouping: movements, by: \.bookedOn)
        for date in Set(closed).union(byDate.keys).sorted() {
            if let found = try await checkEntries(of: byDate[date] ?? [], on: date) {
                return found
            }
        }
        let moved = Dictionary(grouping: movements, by: \.breakID)
        let breaks = try await source.keptBreaks().sorted { $0.id < $1.id }
        let lives = try await source.lives()
        for kept in breaks {
            if let detail = kept.contradiction(to: lives[kept.id] ?? []) {
                return Divergence(.breaks, on: kept.firstDate, at: kept.id, detail)
            }
            if let detail = try fault(of: kept, moved[kept.id] ?? []) {
                return Divergence(.breaks, on: kept.firstDate, at: kept.id, detail)
            }
        }
        let stray = Set(moved.keys).subtracting(breaks.map(\.id)).min()
        return stray.flatMap { id in
            moved[id]?.first.map {
                Divergence(.breaks, on: $0.firstDate, at: id, "it has moved money and is not there")
            }
        }
    }

    /// A settlement that covers a date takes out exactly what the date's breaks hold.
    func checkHeld(by settlements: [Settlement], _ covered: [CoveredDate]) async throws
        -> Divergence?
    {
        let dates = Set(covered.map { HeldDate($0.party, $0.currency, $0.date) })
        var held: [HeldLine: Int64] = [:]
        for booked in try await source.breakMovements() where booked.movement.kind == .held {
            let date = HeldDate(booked.party, booked.movement.currency, booked.firstDate)
            guard dates.contains(date) else { continue }
            let line = HeldLine(date: date, source: booked.breakID)
            held[line] = try held[line, default: 0].plus(booked.movement.amount)
        }
        for settlement in settlements {
            for line in settlement.lines where line.kind == .held {
                let date = HeldDate(settlement.id.party, settlement.id.currency, line.date)
                let amount = held.removeValue(forKey: HeldLine(date: date, source: line.source))
                if amount == 0 - line.amount { continue }
                return divergence(
                    settlement.id,
                    "it takes out \(0 - line.amount) for break \(line.source), "
                        + "which holds \(amount ?? 0)")
            }
        }
        let left = held.filter { $0.value != 0 }.keys.min { $0.source < $1.source }
        return left.map {
            Divergence(
                .settlements, on: $0.date.date, at: $0.source,
                "what the break holds is settled with its date")
        }
    }

    private func checkEntries(of movements: [BookedMovement], on date: BusinessDate) async throws
        -> Divergence?
    {
        let stored = try await books.entries(from: date, through: date, book: nil)
        let kinds = EntryKind.allCases.filter(\.isOfDispute)
        for kind in kinds {
            let expected = movements.filter { $0.movement.kind.entryKind == kind }.flatMap {
                $0.movement.postings(with: $0.party, platform: platform)
            }
            let entries = stored.filter { $0.kind == kind }.map(\.posting)
            if try Verify.sums(expected) != Verify.sums(entries) {
                return Divergence(
                    .breaks, on: date, at: "entries",
                    "the entries of kind \(kind.rawValue) are not those of the breaks")
            }
        }
        return nil
    }

    private func fault(of kept: KeptBreak, _ movements: [BookedMovement]) throws -> String? {
        var sums: [DisputeMovementKind: Int64] = [:]
        for booked in movements {
            let movement = booked.movement
            sums[movement.kind] = try sums[movement.kind, default: 0].plus(movement.amount)
        }
        let moved = KeptBreak.PostedAmounts(
            held: try (sums[.held] ?? 0).minus(sums[.released] ?? 0),
            rounded: sums[.rounding] ?? 0, corrected: sums[.correction] ?? 0,
            writtenOff: sums[.writeOff] ?? 0, claimed: sums[.claimed] ?? 0)
        if moved != kept.posted { return "its movements do not make what it says it has moved" }
        return try kept.unsoundness
    }
}

extension KeptBreak {
    /// What is kept of where the break stands that its events do not lead to, or nil.
    fileprivate func contradiction(to events: [BookedBreakEvent]) -> String? {
        do throws(BreakFault) {
            guard let led = try after(events) else { return "nothing has ever happened to it" }
            return led.lifecycle == lifecycle
                ? nil : "its events leave it \(led.state.rawValue), it is kept \(state.rawValue)"
        } catch {
            return "its events contradict each other"
        }
    }

    /// What the break has moved that its state does not ask for, or nil.
    fileprivate var unsoundness: String? {
        get throws(AmountError) {
            let target = try target(holding: posted.held)
            if posted == target { return nil }
            return "it is \(standing) and has moved \(posted.told), which would be \(target.told)"
        }
    }

    /// Its state, with how it was resolved.
    private var standing: String {
        lifecycle.resolution.map { "\(state.rawValue) by \($0.rawValue)" } ?? state.rawValue
    }
}

extension KeptBreak.PostedAmounts {
    fileprivate var told: String {
        "\(held) held, \(rounded) rounded, \(corrected) corrected, \(writtenOff) written off, "
            + "\(claimed) claimed"
    }
}

/// One currency of a partner's date.
private struct HeldDate: Hashable {
    let party: PartyID
    let currency: Currency
    let date: BusinessDate

    init(_ party: PartyID, _ currency: Currency, _ date: BusinessDate) {
        self.party = party
        self.currency = currency
        self.date = date
    }
}

/// What one break holds of a date.
private struct HeldLine: Hashable {
    let date: HeldDate
    let source: String
}
