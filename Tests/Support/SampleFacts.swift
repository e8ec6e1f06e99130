package import BusinessCalendar
package import LendingRules

/// Facts of a loan's life drawn at random: on time, early, late, in parts, twice, learned late,
/// taken back.
package enum SampleFacts {
    /// Random facts of a contract, in an order of arrival that means nothing.
    package static func facts(of contract: LoanContract, using random: inout SeededGenerator)
        -> [LoanFact]
    {
        var facts: [LoanFact] = []
        let habit = random.pick(0...5)
        for instalment in contract.schedule.instalments where instalment.total > 0 {
            for amount in amounts(of: instalment, habit: habit, using: &random) {
                let payment = payment(
                    "P\(facts.count)", amount, of: instalment, contract, using: &random)
                facts.append(payment)
                if random.isOne(in: 12) { facts.append(reversal(of: payment, using: &random)) }
            }
        }
        facts.shuffle(using: &random)
        return facts
    }

    /// What the borrower sends for one instalment, minor units.
    private static func amounts(
        of instalment: Instalment, habit: Int, using random: inout SeededGenerator
    ) -> [Int64] {
        let total = instalment.total
        switch random.isOne(in: 3) ? random.pick(0...5) : habit {
        case 0: return []
        case 1: return [random.pick(1...total)]
        case 2: return (0..<random.pick(1...4)).map { _ in random.pick(1...max(1, total / 2)) }
        case 3: return [total + random.pick(0...max(1, total / 20))]
        case 4: return [random.pick(1...(total + total / 2 + 1))]
        default: return [total]
        }
    }

    private static func payment(
        _ id: String, _ amount: Int64, of instalment: Instalment, _ contract: LoanContract,
        using random: inout SeededGenerator
    ) -> LoanFact {
        let delay = random.pick([0, 0, 0, -20, -3, -1, 1, 2, 3, 4, 5, 6, 9, 31, 95])
        let paidOn = max(contract.disbursedOn, instalment.dueOn.adding(days: delay))
        let lag = random.isOne(in: 3) ? random.pick(-3...25) : 0
        return LoanFact(
            id: id, kind: .repayment(amount: amount), valueDate: paidOn,
            bookingDate: max(contract.disbursedOn, paidOn.adding(days: lag)),
            instant: Int64(random.pick(0...3)))
    }

    private static func reversal(of payment: LoanFact, using random: inout SeededGenerator)
        -> LoanFact
    {
        let bookedOn = payment.bookingDate.adding(days: random.pick(0...20))
        return LoanFact(
            id: "R\(payment.id)", kind: .reversal(of: payment.id),
            valueDate: bookedOn.adding(days: random.pick([-10, 0, 0, 0, 5])),
            bookingDate: bookedOn, instant: 4)
    }

    /// The first date by which all facts are booked and count, and all instalments are due.
    package static func horizon(of contract: LoanContract, facts: [LoanFact]) -> BusinessDate {
        let dates =
            contract.schedule.instalments.map(\.dueOn)
            + facts.flatMap { [$0.valueDate, $0.bookingDate] }
        return (dates.max() ?? contract.disbursedOn).adding(days: 1)
    }
}
