import LendingRules
import Monetary
import TestSupport
import Testing

/// Terms that have no meaning together are refused, never ignored.
struct ImpossibleTermsTests {
    private func expect(
        _ error: ScheduleError, _ change: (inout ScheduleTerms) throws -> Void
    ) throws {
        let terms = try sampleTerms(change)
        #expect(throws: error) { try Schedule.build(terms) }
        #expect(!error.sentence(in: terms.currency).contains("impossible"))
    }

    @Test(arguments: ScheduleMethod.allCases)
    func `a grace leaves something to pay and something to put off`(method: ScheduleMethod) throws {
        let valid = method == .principalGrace ? 1 : 0
        for count in [-1, 12, .max] {
            try expect(
                method.repaysAtEnd || method == .statementCycle
                    ? .graceWithoutUse(.principal, method)
                    : .graceOutOfRange(.principal, count, allowed: 0...11)
            ) { ($0.method, $0.principalGrace) = (method, count) }
            try expect(
                method == .bullet || method == .statementCycle
                    ? .graceWithoutUse(.interest, method)
                    : .graceOutOfRange(.interest, count, allowed: 0...11)
            ) { ($0.method, $0.principalGrace, $0.interestGrace) = (method, valid, count) }
        }
    }

    @Test func `principal grace needs a grace`() throws {
        try expect(.graceMissing) { $0.method = .principalGrace }
    }

    @Test(arguments: [ScheduleMethod.interestOnly, .bullet, .daily, .statementCycle])
    func `interest alone and statements are rounded to no multiple`(method: ScheduleMethod) throws {
        try expect(.multipleWithoutUse(method)) {
            ($0.method, $0.instalmentMultiple) = (method, 100)
        }
    }

    @Test func `a multiple that leaves nothing to pay is refused`() throws {
        try expect(.multipleTooLarge(10_000_00, number: 1)) {
            ($0.rate, $0.instalmentMultiple) = (AnnualRate(units: 0), 10_000_00)
            $0.instalmentRounding = .down
        }
    }

    @Test func `days lack no due day`() throws {
        try expect(.monthEndWithoutMonths) {
            ($0.monthEnd, $0.every) = (.nextMonth, Period(count: 2, unit: .weeks))
        }
    }

    @Test func `a fee is something, of something, and leaves something`() throws {
        let one = try Share("1%")
        try expect(.feeNotPositive("f")) {
            $0.fees = [LoanFee(name: "f", value: .amount(0), moment: .each)]
        }
        try expect(.feeNotPositive("f")) {
            $0.fees = [
                LoanFee(name: "f", value: .share(try Share("0%"), of: .principal), moment: .each)
            ]
        }
        for base in [LoanFee.Base.instalment, .outstanding] {
            try expect(.feeWithoutBase("f", base)) {
                $0.fees = [LoanFee(name: "f", value: .share(one, of: base), moment: .upfront)]
            }
        }
        try expect(.feesAbovePrincipal(10_000_00)) {
            $0.fees = [LoanFee(name: "f", value: .amount(10_000_00), moment: .upfront)]
        }
    }
}
