import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Terms of many sizes, in one of four so small or plain that the payment often lies on a tie.
private func drawTerms(_ random: inout SeededGenerator) throws -> (ScheduleTerms, [YearFraction]) {
    let terms = try sampleTerms {
        $0.principal = (random.bits() >> random.pick(0...30)) + 1
        $0.rate = AnnualRate(units: random.bits() >> random.pick(30...40))
        $0.instalments = random.pick(1...60)
        $0.instalmentRounding = random.pick(Rounding.allCases)
        $0.instalmentMultiple = random.isOne(in: 3) ? random.pick(1...1_000) : 1
        guard random.isOne(in: 4) else { return }
        $0.principal = random.pick(1...200)
        $0.rate = AnnualRate(units: random.isOne(in: 2) ? 0 : 100_000_000 * random.pick(0...6) * 2)
        $0.instalments = random.pick(1...4)
    }
    let fractions = (0..<terms.instalments).map { _ in
        YearFraction(random.pick(1...31), over: random.pick([12, 360, 365, 372]))
    }
    return (terms, fractions)
}

@Test func `the quick way and the exact way agree`() throws {
    try Property.check(100_000) { random in
        let (terms, fractions) = try drawTerms(&random)
        let level = LevelInstalment(terms, fractions: fractions)
        let quick = try? level.rounded()
        let exact = try? level.exactlyRounded()
        try hold(quick == exact, "\(terms) over \(fractions): \(quick ?? -1), exact \(exact ?? -1)")
    }
}

@Test func `the payment is the formula's fraction rounded once`() throws {
    try Property.check(100_000) { random in
        var (terms, fractions) = try drawTerms(&random)
        terms.principal = random.pick(1...1_000_000)
        terms.rate = AnnualRate(units: random.pick(0...36) * 1_000_000)
        fractions = fractions.prefix(5).map { YearFraction($0.numerator, over: 12) }
        // rᵢ = aᵢ/1200, so everything fits in 128 bits.
        var (numerator, annuity, scale) = (Int128(terms.principal), Int128(0), Int128(1))
        for fraction in fractions {
            let grown = 1_200 + Int128(terms.rate.units / 1_000_000 * fraction.numerator)
            numerator *= grown
            annuity = annuity * grown + scale
            scale *= 1_200
        }
        // fₙ stands over 1200ⁿ⁻¹ and Π(1+r) over 1200ⁿ.
        let denominator = annuity * 1_200 * Int128(terms.instalmentMultiple)
        let multiples = try terms.instalmentRounding.divide(numerator, by: denominator)
        let level = try LevelInstalment(terms, fractions: fractions).rounded()
        try hold(
            level == multiples * terms.instalmentMultiple,
            "\(terms) over \(fractions): \(level), not \(multiples) multiples")
    }
}

@Test(
    arguments: [
        (.halfEven, 1, 2, 0), (.halfEven, 3, 2, 2), (.halfEven, 5, 2, 2), (.halfUp, 1, 2, 1),
        (.halfUp, 5, 2, 3), (.up, 1, 10, 1), (.up, 10, 10, 1), (.down, 19, 10, 1),
        (.down, 20, 10, 2),
    ] as [(Rounding, Int64, Int, Int64)])
func `a payment on the boundary is decided exactly`(
    rounding: Rounding, principal: Int64, count: Int, payment: Int64
) throws {
    let terms = try sampleTerms {
        $0.principal = principal
        $0.rate = AnnualRate(units: 0)
        $0.instalments = count
        $0.instalmentRounding = rounding
    }
    let fractions = [YearFraction](repeating: YearFraction(1, over: 12), count: count)
    #expect(try LevelInstalment(terms, fractions: fractions).rounded() == payment)
    #expect(try LevelInstalment(terms, fractions: fractions).exactlyRounded() == payment)
}

@Test func `a tie with interest is decided exactly`() throws {
    // 100 % a period over two periods pays 4/3 of the loan in halves: 3 · 4/3 ÷ 8 = 1/2.
    let fractions = [YearFraction](repeating: YearFraction(1, over: 1), count: 2)
    for (rounding, payment) in [(.halfEven, 0), (.halfUp, 8), (.up, 8), (.down, 0)]
        as [(Rounding, Int64)]
    {
        let terms = try sampleTerms {
            $0.principal = 3
            $0.rate = AnnualRate(units: 100_000_000)
            $0.instalments = 2
            $0.instalmentRounding = rounding
            $0.instalmentMultiple = 8
        }
        #expect(try LevelInstalment(terms, fractions: fractions).rounded() == payment)
    }
}

@Test func `thirty years of a large loan stay exact`() throws {
    let terms = try sampleTerms {
        $0.principal = 10_000_000_000_000_00
        $0.rate = try AnnualRate(percent: "5.99")
        $0.instalments = 360
    }
    #expect(try Schedule.build(terms).instalments[0].total == 59_890_775_729_68)
}

@Test func `ten thousand instalments at the highest rate are answered`() throws {
    let fractions = [YearFraction](repeating: YearFraction(31, over: 365), count: 10_000)
    let terms = try sampleTerms {
        $0.principal = .max
        $0.rate = AnnualRate(units: 10_000_000_000)
    }
    let level = LevelInstalment(terms, fractions: fractions)
    #expect(throws: AmountError.overflow) { try level.rounded() }
    #expect(throws: AmountError.overflow) { try level.exactlyRounded() }
}
