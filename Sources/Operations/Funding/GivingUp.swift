import BusinessCalendar
import LendingRules

/// Requests whose partners' deadlines are over are given up: reversed, whatever became of them.
///
/// It is a run's last step, when asking helps no more. Their shares go to others at once; the
/// reversal of a key that its bank never saw leaves a mark there that refuses the late request.
extension Fund {
    /// True when any request was given up.
    func giveUp(_ round: inout FundingRound) async throws -> Bool {
        let date = try await desk.cases.openDate()
        var results: [RequestResult] = []
        for held in try await outbox.unsettled()
        where held.state.canBeGivenUp && isOverdue(held.request, on: date) {
            results.append(RequestResult(held: held, state: try givenUp(held.state)))
        }
        for unsent in round.takeUnsent(where: { isOverdue($0, on: date) }) {
            results.append(RequestResult(held: unsent.held, state: try givenUp(unsent.state)))
        }
        var hasGivenUp = try await store(results, &round)
        for party in round.report.down {
            while try await giveUpPlanned(of: party, on: date, &round) { hasGivenUp = true }
        }
        return hasGivenUp
    }

    /// A page of what was not even claimed, since its bank is down.
    private func giveUpPlanned(
        of party: PartyID, on date: BusinessDate, _ round: inout FundingRound
    ) async throws -> Bool {
        guard let last = partners[party]?.deadlines.lastOver(on: date) else { return false }
        let planned = try await outbox.planned(of: party, through: last, limit: limits.batch)
        return try await store(
            try planned.map {
                RequestResult(held: $0, state: try $0.state.after(.reversalDemanded))
            }, &round)
    }

    private func store(
        _ results: [RequestResult], _ round: inout FundingRound
    ) async throws -> Bool {
        if results.isEmpty { return false }
        surroundings.crashPoint(.givingUpBefore)
        let stored = try await outbox.store(results, now: surroundings.now())
        surroundings.crashPoint(.givingUpAfter)
        round.noteGivenUp(stored)
        return !stored.isEmpty
    }

    private func givenUp(_ state: RequestState) throws -> RequestState {
        let reversing = try state.after(.reversalDemanded)
        return limits.reversesGivenUp ? reversing : .refused
    }

    private func isOverdue(_ request: FundingRequest, on date: BusinessDate) -> Bool {
        partners[request.party]?.deadlines.areOver(plannedOn: request.valueDate, on: date) ?? false
    }
}

extension FundingRound {
    /// Takes out requests that never left.
    mutating func takeUnsent(where isTaken: (FundingRequest) -> Bool)
        -> [RequestResult]
    {
        let taken = unsent.filter { isTaken($0.held.request) }
        unsent.removeAll { isTaken($0.held.request) }
        return taken
    }
}
