import BusinessCalendar
package import LendingRules

extension SampleFacts {
    /// Random transfers of claims among the lenders of a contract: of all to one, of all to all
    /// others, on due dates, twice on a date, after the end.
    ///
    /// Nothing keeps the amounts to the principal that is left: they are weights.
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
                id: "T\(number)", kind: .transferred(to: holders(of: contract, using: &random)),
                valueDate: valueDate,
                bookingDate: valueDate.adding(days: random.isOne(in: 4) ? random.pick(0...9) : 0),
                instant: Int64(random.pick(0...5)))
        }
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
