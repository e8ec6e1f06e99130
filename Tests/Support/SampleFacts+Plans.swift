import BusinessCalendar
package import LendingRules

extension SampleFacts {
    /// Facts of every kind that the loan bears: a repayment may leave no plan where instalments
    /// round to nothing.
    ///
    /// - Throws: ``ServicingError`` when a position fails for another reason than a plan.
    package static func everything(
        of contract: LoanContract, isMixed: Bool, changesHands: Bool, assigns: Bool = false,
        using random: inout SeededGenerator
    ) throws -> [LoanFact] {
        var facts: [LoanFact] = []
        var isSound = false
        while !isSound {
            facts =
                isMixed
                ? mixed(of: contract, using: &random) : self.facts(of: contract, using: &random)
            if changesHands { facts += handovers(of: contract, using: &random) }
            if assigns { facts += assignments(of: contract, using: &random) }
            if !isMixed, !changesHands, random.isOne(in: 4) {
                facts.append(firstDay(of: contract, using: &random))
            }
            do {
                let end = horizon(of: contract, facts: facts)
                _ = try contract.position(facts: facts, at: end)
                isSound = true
            } catch {
                if case .plan = error { continue }
                throw error
            }
        }
        facts += try plans(of: contract, beside: facts, using: &random)
        return facts.shuffled(using: &random)
    }

    /// A payment on the day of the disbursement, now and then of everything.
    private static func firstDay(of contract: LoanContract, using random: inout SeededGenerator)
        -> LoanFact
    {
        let whole = contract.schedule.terms.principal
        return LoanFact(
            id: "P-first",
            kind: .repayment(
                amount: random.isOne(in: 3) ? whole + whole / 9 + 9 : random.pick(1...whole)),
            valueDate: contract.disbursedOn, bookingDate: contract.disbursedOn, instant: 1)
    }

    /// Facts that change the plan of a contract, as far as the loan with `facts` bears them: what
    /// cannot be is not booked.
    package static func plans(
        of contract: LoanContract, beside facts: [LoanFact], using random: inout SeededGenerator
    ) throws(ServicingError) -> [LoanFact] {
        var plans: [LoanFact] = []
        let end = horizon(of: contract, facts: facts).adding(days: 3_000)
        for number in 0..<random.pick([0, 1, 1, 2, 3]) {
            let instalments = contract.schedule.instalments
            let length = instalments[instalments.count - 1].dueOn.days(
                since: contract.disbursedOn)
            var valueDate = contract.disbursedOn.adding(days: random.pick(0...length))
            if random.isOne(in: 4) { valueDate = random.pick(instalments).dueOn }
            // The first days: what is paid then may count from a later one.
            if random.isOne(in: 9) {
                valueDate = contract.disbursedOn.adding(days: random.pick(0...1))
            }
            let fact = LoanFact(
                id: "C\(number)", kind: plan(of: contract, from: valueDate, using: &random),
                valueDate: valueDate,
                bookingDate: valueDate.adding(days: random.isOne(in: 4) ? random.pick(0...9) : 0),
                instant: Int64(random.pick(0...5)))
            do throws(ServicingError) {
                _ = try contract.position(facts: facts + plans + [fact], at: end)
                plans.append(fact)
            } catch {
                if case .plan = error { continue }
                throw error
            }
        }
        return plans
    }

    private static func plan(
        of contract: LoanContract, from date: BusinessDate, using random: inout SeededGenerator
    ) -> LoanFact.Kind {
        let rate = AnnualRate(units: random.pick(0...40_000_000))
        switch random.pick(0...5) {
        case 0, 1: return .rateChange(rate)
        case 2: return .dueDateChange(next: date.adding(days: random.pick(1...50)))
        case 3: return .extended(by: random.pick(1...6))
        case 4:
            return .restructured(
                Restructure(
                    instalments: random.pick(1...12), rate: random.isOne(in: 2) ? rate : nil,
                    firstDueOn: random.isOne(in: 2)
                        ? date.adding(days: random.pick(5...60)) : nil,
                    capitalises: random.isOne(in: 2)))
        default:
            return .drawdown(
                contract.lenders.map {
                    PlannedShare(party: $0, amount: Int64(random.pick(1...9_999)))
                })
        }
    }
}
