import BusinessCalendar
import LendingRules
import Monetary
import Operations

// What passed between parties over a loan besides payments, and the settlement that cleared it.

extension LoanStory {
    /// What the platform owed a party for the loan by one type on one date; below zero what it was
    /// owed.
    struct Price: Hashable {
        let date: BusinessDate
        let party: PartyID
        let type: ObligationType
        let amount: Int64
        /// Nil while no settlement covers it.
        let settlement: Settlement?
    }

    /// In date, party and type order, sums of zero left out.
    var prices: [Price] {
        struct Key: Hashable {
            let date: BusinessDate
            let party: PartyID
            let type: ObligationType
        }
        var sums: [Key: Int64] = [:]
        for line in factLines where line.lender != platform {
            guard let type = line.kind.settledAs else { continue }
            sums[Key(date: line.postedOn, party: line.lender, type: type), default: 0] +=
                line.price
        }
        let prices = sums.filter { $0.value != 0 }.map { key, amount in
            Price(
                date: key.date, party: key.party, type: key.type, amount: amount,
                settlement: settlements.first { $0.covers(key.date, key.type, key.party, currency) }
            )
        }
        return prices.sorted { ($0.date, $0.party, $0.type) < ($1.date, $1.party, $1.type) }
    }

    func node(of price: Price) -> Node {
        .object([
            "date": .date(price.date), "party": .text(price.party.name),
            "type": .text(price.type.rawValue), "amount": .amount(price.amount, currency),
            "currency": .text(currency.code),
            "settlement": .optional(price.settlement?.id.description),
            "state": .optional(state(of: price)),
        ])
    }

    /// What a party gets is above zero.
    var settled: Grid? {
        var grid = Grid(
            title: "Settled with the parties (\(currency))",
            columns: [
                .words("posted"), .words("party"), .words("for"), .figures("amount"),
                .words("settlement"), .words("state"),
            ])
        for price in prices {
            grid.add([
                price.date.description, price.party.name, price.type.rawValue,
                price.amount.text(currency), price.settlement?.id.description ?? "",
                state(of: price) ?? "not yet",
            ])
        }
        return prices.isEmpty ? nil : grid
    }

    /// Where its settlement stood by what was known of it.
    private func state(of price: Price) -> String? {
        guard let settlement = price.settlement else { return nil }
        let known = settlement.events.filter { $0.bookedOn <= settledThrough }.map(\.event)
        let machine = try? SettlementMachine.replay(known, amount: settlement.amount)
        return known.isEmpty ? nil : machine?.state.rawValue
    }
}

extension Settlement {
    /// Whether it clears what was owed a party by a type on a date.
    fileprivate func covers(
        _ date: BusinessDate, _ type: ObligationType, _ party: PartyID, _ currency: Currency
    ) -> Bool {
        id.party == party && id.currency == currency
            && lines.contains { $0.kind == .obligation && $0.date == date && $0.type == type }
    }
}
