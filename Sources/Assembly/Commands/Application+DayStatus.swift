import BusinessCalendar
import LendingRules
import Operations

extension Application {
    /// `eod status`.
    package func dayStatus() async throws -> Answer {
        let status = try await stores.days.status()
        let waiting = try await filesAwaited()
        let work = OpenWork(
            unsent: try await stores.outbox.planned().sorted { $0.key < $1.key },
            doubts: try await stores.outbox.unsettled().map(\.request.key),
            payouts: try await stores.payouts.unsettled().map(\.payout.key))
        return Answer(
            .object([
                "open": .date(status.open),
                "closing": .optional(status.closing?.description),
                "lastClosed": .optional(status.lastClosed?.date.description),
                "head": .optional(status.lastClosed.map { Hashing.hexadecimal($0.head) }),
                "waiting": .array(waiting.map(\.node)),
                "unsentRequests": work.unsentNode,
                "unsettledRequests": .array(work.doubts.map { .text($0) }),
                "unsettledPayouts": .array(work.payouts.map { .text($0) }),
            ]),
            lines: [
                "open: \(status.open)",
                "closing: \(status.closing?.description ?? "nothing")",
                "last closed: \(status.lastClosed?.date.description ?? "nothing yet")",
                "files awaited: \(waiting.count), requests not settled: \(work.doubts.count), "
                    + "payouts in doubt: \(work.payouts.count)",
                work.unsentSentence,
            ])
    }

    /// Of partners first, then of the houses cash runs through since it does.
    private func filesAwaited() async throws -> [PartnerDate] {
        let partners = try await stores.reconciliation.due(for: catalogue.partners.map(\.party))
        guard let clearing = catalogue.clearing, let first = try await stores.cash.firstInTransit()
        else { return partners }
        let houses = try await stores.reconciliation.due(
            for: [clearing.channel, clearing.account])
        return partners + houses.filter { first <= $0.date }
    }
}

/// What funding has still to do with the open date.
private struct OpenWork {
    /// Requests that are planned and have not left, by bank.
    let unsent: [(key: PartyID, value: Int)]
    /// Keys of requests that are pending, in doubt or reversing.
    let doubts: [String]
    /// Keys of payouts in doubt.
    let payouts: [String]

    var unsentNode: Node {
        .array(
            unsent.map {
                .object(["party": .text($0.key.name), "requests": .count($0.value)])
            })
    }

    var unsentSentence: String {
        let count = unsent.reduce(0) { $0 + $1.value }
        let banks = unsent.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        return "requests planned and not sent: \(count)"
            + (unsent.isEmpty ? "" : " (\(banks)); `colend fund` sends them")
    }
}

extension PartnerDate {
    fileprivate var node: Node {
        .object([
            "party": .text(party.name), "date": .date(date), "state": .text(state.rawValue),
        ])
    }
}
