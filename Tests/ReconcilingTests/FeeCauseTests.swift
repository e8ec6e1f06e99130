import Reconciling
import Testing

/// Breaks of fees and of penalty on interest: claims like the others.
@Suite struct FeeCauseTests {
    /// A payment of a fee and of both penalties.
    private static func payment(penalty: Int64 = 39, fee: Int64 = 500) -> Record {
        Record(
            key: ["P"], amounts: [0, 0, 0, 0, penalty, fee, 0], currency: Samples.dollar,
            valueDate: Samples.date, fields: ["L-1", "", ""], line: 1)
    }

    private static func balance(
        penalty: Int64 = 0, onInterest: Int64 = 0, fee: Int64 = 0
    ) -> Record {
        Record(
            key: ["L-1"], amounts: [921_151, 0, 0, 0, penalty, onInterest, fee],
            currency: Samples.dollar, fields: ["0", "normal", "accrual"], line: 1)
    }

    static let cases = [
        CauseCase(
            "a fee that the partner did not book",
            ["repayments ours-only not-booked-by-partner", "balances amount follows-from"]
        ) {
            $0.ourPayments = [payment()]
            $0.theirPayments = []
            $0.ourBalances = [balance()]
            $0.theirBalances = [balance(penalty: 30, onInterest: 9, fee: 500)]
        },
        CauseCase(
            "a fee that the partner booked as another amount",
            ["repayments amount booked-differently", "balances amount follows-from"]
        ) {
            $0.ourPayments = [payment()]
            $0.theirPayments = [payment(fee: 400)]
            $0.ourBalances = [balance()]
            $0.theirBalances = [balance(fee: 100)]
        },
        CauseCase(
            "penalty on interest kept as penalty on principal",
            ["balances amount other-bucket"]
        ) {
            $0.ourPayments = [payment()]
            $0.theirPayments = [payment()]
            $0.ourBalances = [balance(penalty: 30, onInterest: 9)]
            $0.theirBalances = [balance(penalty: 39)]
        },
        CauseCase("a fee nobody paid", ["balances amount unknown"]) {
            $0.ourPayments = []
            $0.theirPayments = []
            $0.ourBalances = [balance(fee: 5_000)]
            $0.theirBalances = [balance()]
        },
    ]

    @Test(arguments: cases)
    func `a break is explained by the day's files`(_ example: CauseCase) throws {
        #expect(try example.day.reconciled().summary == example.summary)
    }

    @Test func `penalty on interest that the balance shows too explains its accrual`() throws {
        var day = DetailDay()
        day.send("balances", Self.balance(onInterest: 4))
        day.keep("balances", Self.balance())
        day.send("accruals", DetailDay.record(["L-1"], [300, 20, 4]))
        let summary = try day.result().explained.filter { !$0.found.kind.isWithinOneSide }.summary
        #expect(
            summary == [
                "balances amount misprinted-balance", "accruals amount follows-from",
            ])
    }
}
