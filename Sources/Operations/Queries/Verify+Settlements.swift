import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

extension Verify {
    /// Only the laws of settlements, over every closed date.
    package func checkSettlements() async throws -> Divergence? {
        try await checkSettlements(of: try await source.closedDays().map(\.date))
    }

    /// Each settlement is the sum of its lines and its events follow from one another; each
    /// obligation is settled once; what one settlement carries over another takes; the entries and
    /// the statement lines are those of the events.
    func checkSettlements(of closed: [BusinessDate]) async throws -> Divergence? {
        let kept = try await source.keptSettlements()
        let settlements = kept.settlements.sorted { $0.id < $1.id }
        for settlement in settlements {
            if let found = try checkLife(of: settlement) { return found }
        }
        if let found = try await checkCoverage(of: closed, by: settlements, kept.covered) {
            return found
        }
        if let found = try await checkHeld(by: settlements, kept.covered) { return found }
        if let found = checkCarried(between: settlements) { return found }
        if let found = checkReceipts(kept.receipts, of: settlements) { return found }
        var postings: [BusinessDate: [Posting]] = [:]
        for settlement in settlements { try book(settlement, &postings) }
        for date in Verify.booking(closed).union(postings.keys).sorted() {
            let found = try await checkEntries(postings[date] ?? [], on: date)
            if let found { return found }
        }
        return nil
    }

    private func checkLife(of settlement: Settlement) throws(AmountError) -> Divergence? {
        var sum: Int64 = 0
        for line in settlement.lines { sum = try sum.plus(line.amount) }
        if settlement.amount != sum {
            return divergence(
                settlement.id, "it is of \(settlement.amount), its lines make \(sum)")
        }
        if settlement.lines.isEmpty { return divergence(settlement.id, "it has no lines") }
        do throws(SettlementRefusal) {
            _ = try settlement.machine()
            return nil
        } catch {
            return divergence(settlement.id, "its events contradict each other: \(error.reason)")
        }
    }

    /// Every frozen obligation of a covered date is exactly one line, and no line is anything else.
    private func checkCoverage(
        of closed: [BusinessDate], by settlements: [Settlement], _ covered: [CoveredDate]
    ) async throws -> Divergence? {
        var owed: [Obligation: Int] = [:]
        for date in closed {
            for obligation in try await source.obligations(on: date) {
                owed[obligation, default: 0] += 1
            }
        }
        let marked = Set(covered)
        var strays = marked
        for settlement in settlements {
            for line in settlement.lines where line.kind == .obligation {
                let obligation = line.obligation(of: settlement.id.party)
                guard let obligation, let count = owed[obligation], count > 0 else {
                    return divergence(
                        settlement.id,
                        "its line of \(line.date) is no obligation, or is settled twice")
                }
                owed[obligation] = count - 1
                guard marked.contains(settlement.id.covering(line.date)) else {
                    return divergence(settlement.id, "\(line.date) is not marked as covered")
                }
                strays.remove(settlement.id.covering(line.date))
            }
            for line in settlement.lines where line.kind == .held {
                strays.remove(settlement.id.covering(line.date))
            }
        }
        return checkLeft(owed.filter { $0.value > 0 }.map(\.key), marked: marked, strays: strays)
    }

    private func checkLeft(
        _ obligations: [Obligation], marked: Set<CoveredDate>, strays: Set<CoveredDate>
    ) -> Divergence? {
        if let stray = strays.min(by: { ($0.date, $0.party) < ($1.date, $1.party) }) {
            return Divergence(
                .settlements, on: stray.date, at: "\(stray.party) \(stray.currency)",
                "the date is marked as covered and no settlement has it")
        }
        let left = obligations.filter { obligation in
            marked.contains {
                ($0.party, $0.currency, $0.date)
                    == (obligation.party, obligation.currency, obligation.date)
            }
        }
        return left.min { ($0.date, $0.party, $0.type) < ($1.date, $1.party, $1.type) }.map {
            Divergence(
                .settlements, on: $0.date, at: "\($0.party) \($0.currency)",
                "\($0.type.rawValue) of \($0.amount) is in no settlement of its date")
        }
    }

    /// What one settlement nets of another is what that one gave.
    private func checkCarried(between settlements: [Settlement]) -> Divergence? {
        var given: [Transfer: Int] = [:]
        for settlement in settlements {
            for case .netted(let amount, let into) in settlement.events.map(\.event) {
                let transfer = Transfer(
                    from: settlement.id.description, into: into, amount: amount)
                given[transfer, default: 0] += 1
            }
        }
        for settlement in settlements {
            for line in settlement.lines where line.kind == .carried {
                let transfer = Transfer(
                    from: line.source, into: settlement.id.description, amount: line.amount)
                guard let count = given[transfer], count > 0 else {
                    return divergence(
                        settlement.id,
                        "it carries \(line.amount) of \(line.source), which did "
                            + "not give it")
                }
                given[transfer] = count - 1
            }
        }
        let lost = settlements.first { settlement in
            given.contains { $0.value > 0 && $0.key.from == settlement.id.description }
        }
        return lost.map { divergence($0.id, "what it carried over arrived nowhere") }
    }

    /// Each received amount rests on one statement line, and each line is received once.
    private func checkReceipts(_ receipts: [CashReceipt], of settlements: [Settlement])
        -> Divergence?
    {
        var lines = Dictionary(receipts.map { ($0.bankRef, $0) }) { first, _ in first }
        for settlement in settlements {
            for case .received(let amount, let bankRef) in settlement.events.map(\.event) {
                guard let line = lines.removeValue(forKey: bankRef), line.amount == 0 - amount,
                    line.currency == settlement.id.currency
                else {
                    return divergence(
                        settlement.id,
                        "statement line \(bankRef) does not show the "
                            + "\(amount) received")
                }
            }
        }
        return lines.values.min { $0.bankRef < $1.bankRef }.map {
            Divergence(
                .settlements, on: $0.valueDate, at: $0.bankRef,
                "the statement line is taken in and settles nothing")
        }
    }
}

/// What one settlement gives another.
private struct Transfer: Hashable {
    let from: String
    let into: String
    let amount: Int64
}

extension SettlementLine {
    /// The obligation a line stands for.
    fileprivate func obligation(of party: PartyID) -> Obligation? {
        type.map {
            Obligation(date: date, party: party, currency: currency, type: $0, amount: amount)
        }
    }
}

extension SettlementID {
    fileprivate func covering(_ date: BusinessDate) -> CoveredDate {
        CoveredDate(party: party, currency: currency, date: date, settlesOn: settlesOn)
    }
}
