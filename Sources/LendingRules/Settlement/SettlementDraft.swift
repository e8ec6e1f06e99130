package import BusinessCalendar
package import Monetary

/// A settlement as it is first computed: its lines and what becomes of their net.
package struct SettlementDraft: Hashable, Sendable {
    package let id: SettlementID
    /// In the order of a statement.
    package let lines: [SettlementLine]
    /// The sum of the lines.
    package let amount: Int64
    /// Drafted, or carried over when below the minimum, or cleared when nothing is left.
    package let opening: SettlementEvent
    /// What it nets of earlier settlements.
    package let rests: [OpenRest]

    /// Nets the lines of one party for a settlement day, and with them what earlier settlements
    /// left open; currencies never mix, types only by rule.
    ///
    /// What was carried over as too small waits for something else to settle with it.
    /// - Throws: ``AmountError/overflow``.
    package static func drafts(
        for party: PartyID, on settlesOn: BusinessDate, lines: [SettlementLine],
        rests: [OpenRest], under rules: SettlementRules, by person: String?
    ) throws(AmountError) -> [SettlementDraft] {
        var groups: [SettlementID: (lines: [SettlementLine], rests: [OpenRest])] = [:]
        func id(_ currency: Currency, _ netting: NettingSet) -> SettlementID {
            SettlementID(
                party: party, currency: currency, settlesOn: settlesOn,
                netting: rules.netting == .all ? .all : netting)
        }
        for line in lines {
            let netting = line.type.map { NettingSet.only($0) } ?? .all
            groups[id(line.currency, netting), default: ([], [])].lines.append(line)
        }
        for rest in rests {
            let key = id(rest.settlement.currency, rest.settlement.netting)
            groups[key, default: ([], [])].rests.append(rest)
        }
        var drafts: [SettlementDraft] = []
        for (id, group) in groups.sorted(by: { $0.key < $1.key })
        where !group.lines.isEmpty || group.rests.contains(where: { !$0.isSmall }) {
            drafts.append(
                try SettlementDraft(id, group.lines, group.rests, rules.minimum, by: person))
        }
        return drafts
    }

    private init(
        _ id: SettlementID, _ lines: [SettlementLine], _ rests: [OpenRest], _ minimum: Int64,
        by person: String?
    ) throws(AmountError) {
        let carried = rests.map {
            SettlementLine(
                .carried, type: nil, date: $0.settlement.settlesOn,
                source: $0.settlement.description, currency: id.currency, amount: $0.amount)
        }
        var sum: Int64 = 0
        for line in carried + lines { sum = try sum.plus(line.amount) }
        self.id = id
        self.lines = (carried + lines).sorted()
        self.rests = rests
        amount = sum
        opening =
            sum == 0
            ? .cleared : sum.magnitude < minimum.magnitude ? .carriedOver : .drafted(by: person)
    }
}
