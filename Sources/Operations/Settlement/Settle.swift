import BusinessCalendar
import LendingRules
import Monetary

/// Run 3: nets what each partner owes for closed dates and instructs it on the settlement day.
///
/// A date is due on the first settlement day at least `lag` days after it, once its
/// reconciliation is over. A partner gets one instruction a settlement day; dates that become due
/// after it, as dates without settlement, are netted into the next.
package struct Settle: Sendable {
    private let store: any SettlementStore
    private let catalogue: Catalogue
    private let surroundings: Surroundings

    package init(
        store: any SettlementStore, catalogue: Catalogue, surroundings: Surroundings
    ) {
        self.store = store
        self.catalogue = catalogue
        self.surroundings = surroundings
    }

    /// Instructs everything due on the open date.
    ///
    /// - Throws: ``AmountError/overflow`` when a net does not fit.
    package func run() async throws -> [SettlementInstruction] {
        let today = try await store.openDate()
        let waiting = try await store.unsettled()
        let instructed = try await store.instructed(on: today)
        var instructions: [SettlementInstruction] = []
        for partner in catalogue.partners where !instructed.contains(partner.party) {
            guard let terms = catalogue.settlementTerms(of: partner.party),
                let calendar = catalogue.calendars[terms.calendar], calendar.isBusinessDay(today)
            else { continue }
            // A date that is not reconciled holds back itself and what follows it.
            let due = waiting.filter { $0.party == partner.party }.prefix {
                $0.isReconciled
                    && calendar.settlementDay(for: $0.date, lagDays: terms.lagDays) <= today
            }
            instructions += try instruct(partner.party, Array(due), on: today)
        }
        guard !instructions.isEmpty else { return [] }
        surroundings.crashPoint(.settlementBeforeInstruction)
        try await store.instruct(instructions, on: today)
        surroundings.crashPoint(.settlementAfterInstruction)
        return instructions
    }

    private func instruct(_ party: PartyID, _ days: [UnsettledDay], on today: BusinessDate)
        throws(AmountError) -> [SettlementInstruction]
    {
        let nets = try Netting.net(days.flatMap(\.obligations))
        return nets.map { net in
            let dates = days.filter { day in
                day.obligations.contains { $0.currency == net.currency }
            }
            return SettlementInstruction(
                settlesOn: today, party: party, currency: net.currency, amount: net.amount,
                dates: dates.map(\.date),
                postings: Netting.postings(of: net, platform: catalogue.platform))
        }
    }
}
