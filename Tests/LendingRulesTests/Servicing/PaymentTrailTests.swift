import LendingRules
import TestSupport
import Testing

/// What each payment paid, claim by claim, and where on its scale.
struct PaymentTrailTests {
    private func steps(_ story: Story, _ date: String) throws -> [[String]] {
        let position = try story.position(date)
        return position.payments.map { payment in
            payment.steps.map { step in
                let parts = step.parts.map(Story.text).joined(separator: "/")
                let start = step.scaleStart.map(Story.text) ?? "?"
                return "\(step.instalment) \(step.claim.rawValue) "
                    + "\(Story.text(step.amount)) \(parts) from \(start)"
            }
        }
    }

    @Test func `a late payment pays penalty, interest and principal of its instalment`() throws {
        let story = try Story("P1 02-05 411.00; P2 02-06 20.00")
        #expect(
            try steps(story, "02-06") == [
                [
                    "1 penalty 0.79 0.24/0.55 from 0.00",
                    "1 overdue-interest 12.00 3.60/8.40 from 0.00",
                    "1 overdue-principal 398.21 119.46/278.75 from 0.00",
                ], ["1 overdue-principal 1.79 0.54/1.25 from 398.21"],
            ])
    }

    @Test func `the next instalment begins where the one before ends on its scale`() throws {
        let story = try Story("P1 02-01 412.00; P2 03-01 408.00")
        #expect(
            try steps(story, "03-01") == [
                [
                    "1 interest 12.00 3.60/8.40 from 0.00",
                    "1 principal 400.00 120.00/280.00 from 0.00",
                ],
                [
                    "2 interest 8.00 2.40/5.60 from 12.00",
                    "2 principal 400.00 120.00/280.00 from 400.00",
                ],
            ])
    }

    @Test func `steps sum to what each payment brought each lender`() throws {
        try Property.check(3_000) { random in
            let contract = SampleLoan.contract(using: &random)
            let facts = SampleFacts.facts(of: contract, using: &random)
            let date = SampleFacts.horizon(of: contract, facts: facts)
            let position = try contract.position(facts: facts, at: date)
            for payment in position.payments {
                let steps = payment.steps
                for (lender, part) in payment.parts.enumerated() {
                    let sum = steps.reduce(0) { $0 + $1.parts[lender] }
                    try hold(sum == part.components.total, "a step is missing or one too many")
                }
                try hold(steps.allSatisfy { $0.scaleStart != nil }, "a step is off its scale")
            }
        }
    }
}
