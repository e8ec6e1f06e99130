package import BusinessCalendar
package import LendingRules
package import Monetary

/// Loans drawn at random from everything the rules of servicing know.
package enum SampleLoan {
    /// Bounds of what is drawn.
    package struct Limits: Sendable {
        /// Decimal digits of the principal in minor units.
        package var digits = 9
        package var instalments = 1...12
        package var lenders = 1...3
        package var rateDigits = 8
        /// Days after 2026-01-01 on which loans are disbursed.
        package var disbursedAfterDays = 0...800

        package init() {}
    }

    package static let dollars = currency("USD")
    package static let platform = PartyID("platform")
    package static let parties = [
        platform, PartyID("harbor"), PartyID("meridian"), PartyID("summit"), PartyID("orchard"),
    ]

    /// A currency of the standard, for tests that name one.
    package static func currency(_ code: String) -> Currency {
        guard let currency = Currency(code: code) else {
            preconditionFailure("\(code) is a currency")
        }
        return currency
    }

    /// The date of ISO text, for tests that name one.
    package static func date(_ text: String) -> BusinessDate {
        guard let date = BusinessDate(text) else { preconditionFailure("\(text) is a date") }
        return date
    }

    /// A random contract; terms that no schedule answers to are drawn again.
    package static func contract(
        _ limits: Limits = Limits(), using random: inout SeededGenerator
    ) -> LoanContract {
        while true {
            guard let schedule = try? Schedule.build(terms(limits, using: &random)),
                let contract = try? contract(schedule, limits, using: &random)
            else { continue }
            return contract
        }
    }

    static func terms(_ limits: Limits, using random: inout SeededGenerator)
        -> ScheduleTerms
    {
        let start = date("2026-01-01").adding(
            days: random.pick(limits.disbursedAfterDays))
        let every = random.pick([
            Period.month, .month, .month, Period(count: 2, unit: .weeks),
            Period(count: 30, unit: .days), Period(count: 3, unit: .months),
        ])
        return ScheduleTerms(
            principal: random.magnitude(digits: limits.digits), currency: dollars,
            rate: AnnualRate(
                units: random.isOne(in: 20) ? 0 : random.magnitude(digits: limits.rateDigits)),
            method: random.pick([.equalInstalment, .equalPrincipal]),
            instalments: random.pick(limits.instalments), every: every, disbursedOn: start,
            firstDueOn: random.isOne(in: 4) ? start.adding(days: random.pick(5...60)) : nil,
            dayCount: random.pick([.thirty360, .actual365Fixed]),
            rounding: random.pick(Rounding.allCases),
            instalmentRounding: random.pick(Rounding.allCases))
    }

    static func contract(
        _ schedule: Schedule, _ limits: Limits, using random: inout SeededGenerator
    ) throws -> LoanContract {
        let lenders = Array(parties.shuffled(using: &random).prefix(random.pick(limits.lenders)))
        return try LoanContract(
            loan: LoanID("L\(random.pick(0...999_999))"),
            agreement: random.pick(["alpha", "beta"]),
            schedule: schedule, lenders: lenders,
            fundedAmounts: amounts(schedule.terms.principal, lenders.count, using: &random),
            platform: platform,
            serviceFees: lenders.filter { $0 != platform && random.isOne(in: 2) }.map {
                ServiceFee(
                    payer: $0, payee: platform, rate: try Share(Int64(random.pick(1...60)), of: 100)
                )
            },
            penalty: PenaltyTerms(
                multipleThousandths: random.pick([0, 1000, 1300, 1500, 2000]),
                graceDays: random.pick([0, 0, 1, 3, 5])),
            materiality: random.pick([0, 0, 0, 100]))
    }

    /// Random parts of a principal; equal ones often, since ties are where splits go wrong.
    private static func amounts(
        _ principal: Int64, _ count: Int, using random: inout SeededGenerator
    ) throws -> [Int64] {
        let weights =
            random.isOne(in: 3)
            ? [Int64](repeating: 1, count: count)
            : (0..<count).map { _ in random.pick(1...100) }
        return try ProportionalScale(weights: weights).parts(of: principal)
    }
}
