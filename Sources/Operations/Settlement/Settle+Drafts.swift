import BusinessCalendar
package import LendingRules
import Monetary

extension Catalogue {
    /// Whether a partner settles on a date, by the calendar of its agreement.
    func isSettlementDay(_ date: BusinessDate, _ party: PartyID) -> Bool {
        guard let terms = settlementTerms(of: party), let calendar = calendars[terms.calendar]
        else { return false }
        return calendar.isBusinessDay(date)
    }

    /// How a partner is settled; the standard rules when it is not configured any more.
    package func settlementRules(of party: PartyID) -> SettlementRules {
        partners.first { $0.party == party }?.settlement ?? SettlementRules()
    }

    /// Who settles with the platform: partners, then guarantors, each in name order.
    var settlingParties: [PartyID] { partners.map(\.party) + guarantors }

    /// The drafts of one party for a settlement day.
    ///
    /// - Parameter days: its unsettled dates, oldest first.
    func drafts(
        for party: PartyID, of days: [UnsettledDay], rests: [OpenRest],
        on today: BusinessDate, by person: Person?
    ) throws(AmountError) -> [SettlementDraft] {
        let lines = due(days, for: party, on: today).flatMap(\.settlementLines)
        return try SettlementDraft.drafts(
            for: party, on: today, lines: lines, rests: rests,
            under: settlementRules(of: party), by: person?.name)
    }

    /// The dates that are due: one that must not be settled yet holds back what follows it.
    private func due(_ days: [UnsettledDay], for party: PartyID, on today: BusinessDate)
        -> [UnsettledDay]
    {
        guard let terms = settlementTerms(of: party),
            let calendar = calendars[terms.calendar]
        else { return [] }
        let hasFiles = partners.contains { $0.party == party }
        let due = days.prefix { day in
            (!hasFiles || day.isSettleable(ifMissing: settlementRules(of: party).ifMissing))
                && calendar.settlementDay(for: day.date, lagDays: terms.lagDays) <= today
        }
        return Array(due)
    }
}

extension UnsettledDay {
    /// Run 2 is over, or the files are missing and our own figures are to do.
    fileprivate func isSettleable(ifMissing rule: MissingFilesRule) -> Bool {
        switch reconciliation {
        case .reconciled, .withBreaks: true
        case .missing: rule == .settleOurs
        default: false
        }
    }

    /// What the date brings into a settlement.
    fileprivate var settlementLines: [SettlementLine] {
        obligations.map { SettlementLine($0) } + held.map { line(of: $0) }
    }

    private func line(of held: HeldAmount) -> SettlementLine {
        SettlementLine(
            .held, type: held.type, date: date, source: held.source, currency: held.currency,
            amount: -held.amount)
    }
}
