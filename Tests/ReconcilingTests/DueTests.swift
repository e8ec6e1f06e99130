import Reconciling
import Testing

/// What a line makes the platform owe the partner.
struct DueTests {
    @Test func `a repayment is owed to the partner less its service fee`() throws {
        let line = Samples.payment("P", principal: 7000, interest: 300, serviceFee: 24)
        #expect(try FileLayout.repayments.due(of: line) == 7276)
        let back = Samples.payment("P", principal: -7000, interest: -300, serviceFee: -24)
        #expect(try FileLayout.repayments.due(of: back) == -7276)
    }

    @Test func `a disbursement is owed by the partner`() throws {
        let line = Samples.disbursement("R", principal: 70_000)
        #expect(try FileLayout.disbursements.due(of: line) == -70_000)
    }

    @Test func `a balance settles nothing`() throws {
        #expect(try FileLayout.balances.due(of: Samples.balance()) == nil)
    }

    @Test(arguments: [Int64.max, .min, 1 << 62])
    func `amounts beyond half of 64 bits are refused`(amount: Int64) {
        let line = Samples.payment("P", principal: amount, interest: 0, serviceFee: 0)
        #expect(
            throws: ReconcilingError.differenceOverflows(
                file: "repayments", key: ["P"], column: "due")
        ) { try FileLayout.repayments.due(of: line) }
    }
}
