import BusinessCalendar
package import LendingRules

// Every route by which claims and cash move, mixed at random.

extension SampleFacts {
    /// Random facts of every kind, in an order of arrival that means nothing.
    ///
    /// Nothing keeps them to what an import would admit: waivers and refunds ask for more than is
    /// there, payments come after a full charge-off, a loan is undone after a recovery.
    package static func mixed(of contract: LoanContract, using random: inout SeededGenerator)
        -> [LoanFact]
    {
        (facts(of: contract, using: &random) + routes(of: contract, using: &random))
            .shuffled(using: &random)
    }

    /// Facts beyond payments and their reversals.
    package static func routes(of contract: LoanContract, using random: inout SeededGenerator)
        -> [LoanFact]
    {
        var kinds = (0..<random.pick(1...6)).map { _ in relief(of: contract, using: &random) }
        if random.isOne(in: 3) {
            kinds.append(.chargeOff(wholeClaim(of: contract, using: &random), isFull: true))
        }
        if random.isOne(in: 8) { kinds.append(undoing(of: contract, using: &random)) }
        return kinds.enumerated().map { number, kind in
            let valueDate = date(within: contract, using: &random)
            let lag = random.isOne(in: 3) ? random.pick(-3...25) : 0
            return LoanFact(
                id: "F\(number)", kind: kind, valueDate: valueDate,
                bookingDate: max(contract.disbursedOn, valueDate.adding(days: lag)),
                instant: Int64(random.pick(0...4)))
        }
    }

    private static func relief(of contract: LoanContract, using random: inout SeededGenerator)
        -> LoanFact.Kind
    {
        let amount = amount(of: contract, using: &random)
        switch random.pick(0...9) {
        case 0, 1, 2:
            let bearer = random.pick(contract.lenders + [contract.platform, PartyID("guarantor")])
            return .waiver(
                claims(of: contract, using: &random), borneBy: random.isOne(in: 2) ? nil : bearer)
        case 3, 4, 5: return .chargeOff(claims(of: contract, using: &random), isFull: false)
        case 6: return .refund(amount: amount)
        case 7, 8: return .recovery(amount: amount)
        default: return .collectionCost(amount: max(1, amount / 9))
        }
    }

    private static func undoing(of contract: LoanContract, using random: inout SeededGenerator)
        -> LoanFact.Kind
    {
        random.pick([
            .payoutFailed, .payoutReturned, .cancelled(.none), .cancelled(.interest),
            .cancelled(.fee(amount(of: contract, using: &random))),
        ])
    }

    private static func wholeClaim(of contract: LoanContract, using random: inout SeededGenerator)
        -> ClaimAmounts
    {
        random.isOne(in: 3) ? claims(of: contract, using: &random) : .everything
    }

    private static func claims(of contract: LoanContract, using random: inout SeededGenerator)
        -> ClaimAmounts
    {
        func part(_ whole: Int64, _ random: inout SeededGenerator) -> Int64 {
            random.isOne(in: 4) ? 0 : random.pick(0...max(1, whole))
        }
        let instalment = random.pick(contract.schedule.instalments)
        let claims = ClaimAmounts(
            principal: part(2 * instalment.principal, &random),
            interest: part(2 * instalment.interest, &random),
            penalty: part(1 + instalment.total / 20, &random),
            fee: instalment.fee > 0 ? part(2 * instalment.fee, &random) : 0)
        return claims.isUsable ? claims : ClaimAmounts(principal: 1)
    }

    private static func amount(of contract: LoanContract, using random: inout SeededGenerator)
        -> Int64
    {
        random.pick(1...max(1, random.pick(contract.schedule.instalments).total))
    }

    private static func date(within contract: LoanContract, using random: inout SeededGenerator)
        -> BusinessDate
    {
        let instalments = contract.schedule.instalments
        let length = instalments[instalments.count - 1].dueOn.days(since: contract.disbursedOn)
        return random.isOne(in: 3)
            ? random.pick(instalments).dueOn
            : contract.disbursedOn.adding(days: random.pick(0...length + 40))
    }
}
