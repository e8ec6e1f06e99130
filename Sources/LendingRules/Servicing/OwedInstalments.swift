package import BusinessCalendar
import Monetary

/// What of a loan a payment of a date could pay, in the order in which it falls due.
package struct OwedInstalments: Hashable, Sendable {
    /// Principal, interest, fee and penalties of one instalment, minor units.
    package struct Item: Hashable, Sendable {
        package let dueOn: BusinessDate
        /// The date that the due date counts to, holiday or not.
        package let countedOn: BusinessDate
        package let amount: Int64
    }

    /// Instalments whose due date has come and that are unpaid, oldest first.
    package let due: [Item]
    /// The next instalment as it will be billed; nil when none is left.
    package let next: Item?
    /// What ends the loan.
    package let payoff: PayoffQuote
}

extension LoanContract {
    /// What is owed on a date from the facts that count by its end, penalties of the days before
    /// it included.
    ///
    /// - Throws: ``ServicingError`` as the position does.
    package func owed(facts: [LoanFact], on date: BusinessDate) throws(ServicingError)
        -> OwedInstalments
    {
        let quote = try payoff(facts: facts, on: date)
        let replay = try replay(facts, until: date)
        return try ServicingError.amounts { () throws(AmountError) in
            var due: [OwedInstalments.Item] = []
            for index in replay.firstUnpaid..<max(replay.firstUnpaid, replay.dueCount) {
                let state = replay.instalments[index]
                let penalties = try replay.penaltiesDue(index, on: date)
                let amount = try state.unpaid.plus(penalties.onPrincipal)
                    .plus(penalties.onInterest)
                if amount > 0 { due.append(.init(state.instalment, of: replay, amount)) }
            }
            let next = replay.instalments.dropFirst(replay.dueCount).first.map {
                OwedInstalments.Item($0.instalment, of: replay, $0.unpaid)
            }
            return OwedInstalments(due: due, next: next, payoff: quote)
        }
    }
}

extension OwedInstalments.Item {
    fileprivate init(_ instalment: Instalment, of replay: Replay, _ amount: Int64) {
        dueOn = instalment.dueOn
        countedOn = replay.schedule.counted(instalment)
        self.amount = amount
    }
}
