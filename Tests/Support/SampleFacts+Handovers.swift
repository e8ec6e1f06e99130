import BusinessCalendar
package import LendingRules
import Monetary

extension SampleFacts {
    /// Random transfers and ratio changes of claims among the lenders of a contract: of all to one,
    /// of all to all others, on due dates, twice on a date, after the end.
    ///
    /// Nothing keeps the amounts of a transfer to the principal that is left: they are weights.
    package static func handovers(of contract: LoanContract, using random: inout SeededGenerator)
        -> [LoanFact]
    {
        (0..<random.pick([1, 1, 1, 2, 3])).map { number in
            let instalments = contract.schedule.instalments
            let length = instalments[instalments.count - 1].dueOn.days(since: contract.disbursedOn)
            let valueDate =
                random.isOne(in: 3)
                ? random.pick(instalments).dueOn
                : contract.disbursedOn.adding(days: random.pick(0...length + 9))
            return LoanFact(
                id: "T\(number)", kind: handover(of: contract, using: &random),
                valueDate: valueDate,
                bookingDate: valueDate.adding(days: random.isOne(in: 4) ? random.pick(0...9) : 0),
                instant: Int64(random.pick(0...5)))
        }
    }

    private static func handover(of contract: LoanContract, using random: inout SeededGenerator)
        -> LoanFact.Kind
    {
        let holders = holders(of: contract, using: &random)
        if random.isOne(in: 3) { return .transferred(to: holders) }
        let whole = holders.reduce(0) { $0 + $1.amount }
        let parts = holders.compactMap { holder in
            (try? Share(holder.amount, of: whole)).map {
                RatioChange.Part(party: holder.party, share: $0)
            }
        }
        return .ratioChange(
            RatioChange(
                parts: parts, treatment: random.isOne(in: 3) ? .record : .actuals))
    }

    private static func holders(of contract: LoanContract, using random: inout SeededGenerator)
        -> [PlannedShare]
    {
        let whole = contract.schedule.terms.principal
        let shares = contract.lenders.map { party in
            PlannedShare(party: party, amount: random.isOne(in: 3) ? 0 : random.pick(1...whole))
        }
        if shares.contains(where: { $0.amount > 0 }) {
            return random.isOne(in: 2) ? shares : shares.filter { $0.amount > 0 }
        }
        return [PlannedShare(party: random.pick(contract.lenders), amount: whole)]
    }
}
