import BusinessCalendar
import Foundation
import LendingRules
import Monetary
import TestSupport
import Testing

/// How fast payments are distributed, against the same sums in Foundation's decimals.
#if !DEBUG
    @Suite(.serialized)
    struct DistributionRateTests {
        /// The least by which whole numbers must be faster; measured is many times that.
        private static let least = 5.0

        /// A loan of three lenders with every component, and seven payments, each some days late
        /// and some cents short: the last one is what a close distributes.
        private struct Case {
            let contract: LoanContract
            let facts: [LoanFact]
            let date: BusinessDate

            init(_ number: Int) throws {
                let schedule = try Schedule.build(
                    sampleTerms {
                        $0.principal = 10_000_00 + Int64(number) * 1_37
                        $0.rate = AnnualRate(units: 12_000_000 + Int64(number % 700) * 10_000)
                        $0.fees = [LoanFee(name: "care", value: .amount(5_01), moment: .each)]
                    })
                let scale = try ProportionalScale(weights: [30, 45, 25])
                let lenders = Array(SampleLoan.parties.prefix(3))
                contract = try LoanContract(
                    loan: LoanID("L\(number)"), agreement: "three", schedule: schedule,
                    lenders: lenders, fundedAmounts: scale.parts(of: schedule.terms.principal),
                    platform: SampleLoan.platform,
                    serviceFees: lenders.dropFirst().map {
                        ServiceFee(payer: $0, payee: lenders[0], rate: try Share("10%"))
                    },
                    penalty: PenaltyTerms(multipleThousandths: 1500, graceDays: 3), materiality: 0)
                facts = schedule.instalments.prefix(7).enumerated().map { index, instalment in
                    let date = instalment.dueOn.adding(days: 3 + (number + index) % 4)
                    let amount = instalment.total - Int64((number + index) % 5) * 3_33
                    return LoanFact(
                        id: "P\(index)", kind: .repayment(amount: amount), valueDate: date,
                        bookingDate: date, instant: Int64(index))
                }
                date = facts[6].valueDate
            }

            /// Who got what of the payments, from the position of the last one's date.
            func payments() throws -> [PaymentPosition] {
                try contract.position(facts: facts, at: date).payments
            }
        }

        @Test func `a payment is distributed at a fraction of what it costs in decimals`() throws {
            let cases = try (0..<400).map(Case.init)
            var last = [Int64](repeating: 0, count: 5)
            for loan in cases {
                let parts = try loan.payments().map { $0.parts.map(\.row) }
                try #require(parts == DecimalDistribution(loan.contract, loan.facts).parts)
                for row in parts[6] { last = zip(last, row).map { $0 + $1 } }
            }
            #expect(last.allSatisfy { $0 > 0 }, "the last payment has every component: \(last)")
            let clock = ContinuousClock()
            var sum: Int64 = 0
            let ours = try clock.measure {
                for _ in 0..<20 {
                    for loan in cases { sum &+= try loan.payments()[6].parts[1].row[0] }
                }
            }
            let theirs = clock.measure {
                for loan in cases {
                    sum &+= DecimalDistribution(loan.contract, loan.facts).parts[6][1][0]
                }
            }
            let (fast, slow) = (8_000 / (ours / .seconds(1)), 400 / (theirs / .seconds(1)))
            let ratio = Int(fast / slow)
            print("distributions a second: \(Int(fast)), in decimals \(Int(slow)), ratio \(ratio)")
            #expect(sum != 0)
            #expect(fast / slow > Self.least)
        }
    }

    extension PaymentPart {
        /// Principal, interest, penalty, fee and service fee.
        fileprivate var row: [Int64] {
            [
                components.allPrincipal, components.allInterest, components.penalty,
                components.fee, serviceFee,
            ]
        }
    }
#endif
