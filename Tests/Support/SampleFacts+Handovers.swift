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

    /// Random assignments of claims between two lenders of a contract, of parts and of everything,
    /// of single instalments, there and back on one date; none where there is one lender alone.
    package static func assignments(of contract: LoanContract, using random: inout SeededGenerator)
        -> [LoanFact]
    {
        if contract.lenders.count < 2 { return [] }
        let length = contract.schedule.instalments.last.map {
            $0.dueOn.days(since: contract.disbursedOn)
        }
        let common = contract.disbursedOn.adding(days: random.pick(0...(length ?? 0) + 9))
        return (0..<random.pick([1, 1, 2, 3])).map { number in
            let valueDate =
                random.isOne(in: 2)
                ? common : contract.disbursedOn.adding(days: random.pick(0...(length ?? 0) + 9))
            return LoanFact(
                id: "A\(number)",
                kind: .assigned(assignment(of: contract, using: &random)), valueDate: valueDate,
                bookingDate: valueDate.adding(days: random.isOne(in: 4) ? random.pick(0...9) : 0),
                instant: Int64(random.pick(0...5)))
        }
    }

    private static func assignment(of contract: LoanContract, using random: inout SeededGenerator)
        -> Assignment
    {
        let parties = contract.lenders.shuffled(using: &random)
        let whole = contract.schedule.terms.principal
        func amount(_ most: Int64) -> Int64 {
            random.isOne(in: 2) ? whole : random.isOne(in: 3) ? 0 : random.pick(0...max(1, most))
        }
        let claims = ClaimAmounts(
            principal: max(1, amount(whole)), interest: amount(whole / 20),
            penalty: random.isOne(in: 3) ? amount(whole / 99) : 0,
            fee: random.isOne(in: 3) ? amount(whole / 99) : 0)
        return Assignment(
            reason: random.pick(Assignment.Reason.allCases), from: parties[0], to: parties[1],
            claims: claims, price: random.pick(0...whole), ground: "one",
            throughInstalment: random.isOne(in: 3)
                ? random.pick(1...contract.schedule.instalments.count) : nil)
    }
}
