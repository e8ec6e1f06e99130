import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Loans that go to one bank of several, so that volumes follow a target mix.
struct RoutingTests {
    private static func route(_ shares: [String]) throws -> FundingRoute {
        FundingRoute(
            name: "main",
            targets: try zip(SampleAgreement.banks, shares).map {
                FundingRoute.Target(party: $0, share: try Share($1))
            })
    }

    private static func agreement(_ route: FundingRoute) throws -> Agreement {
        try SampleAgreement.tiered([
            FundingTier(
                name: "all", conditions: .any,
                slices: [
                    FundingSlice(taker: .party(SampleLoan.platform), part: .rest),
                    FundingSlice(taker: .route(route), part: .share(try Share("70%"))),
                ])
        ])
    }

    /// Name of the bank beside the platform that lends a loan.
    private static func bank(_ run: inout FundingRun, _ principal: Int64, _ agreement: Agreement)
        throws -> String
    {
        try run.fund(SampleAgreement.loan(principal), by: agreement).shares[1].party.name
    }

    @Test func `the bank that lags most takes the loan, the first of equal ones`() throws {
        let agreement = try Self.agreement(Self.route(["50%", "50%"]))
        var run = FundingRun(limits: LimitUse(limits: [], used: [:]))
        let taken = try [100_00, 100_00, 300_00, 100_00, 100_00, 100_00].map {
            try Self.bank(&run, $0, agreement)
        }
        #expect(taken == ["harbor", "summit", "harbor", "summit", "summit", "summit"])
        #expect(run.routed.values.sorted() == [280_00, 280_00])
    }

    @Test func `volumes of earlier batches go on, and those of another mix do not`() throws {
        let route = try Self.route(["50%", "50%"])
        let agreement = try Self.agreement(route)
        let slots = agreement.routeSlots
        var run = FundingRun(
            limits: LimitUse(limits: [], used: [:]), volumes: [slots[0]: 70_00, slots[1]: 0])
        #expect(
            try Self.bank(&run, 100_00, agreement) == "summit")
        var other = FundingRun(
            limits: LimitUse(limits: [], used: [:]), volumes: [slots[0]: 70_00, slots[1]: 0])
        let changed = try Self.agreement(Self.route(["60%", "40%"]))
        #expect(
            try Self.bank(&other, 100_00, changed) == "harbor")
    }

    @Test func `a bank without room is passed over, and catches up when it has some`() throws {
        let agreement = try Self.agreement(Self.route(["50%", "50%"]))
        let keys = ["harbor", "summit"].map {
            LimitKey(
                agreement: agreement.name, party: PartyID($0), span: .day,
                currency: SampleLoan.dollars)
        }
        var run = FundingRun(limits: LimitUse(limits: [Limit(keys[0], amount: 69_99)], used: [:]))
        #expect(
            try Self.bank(&run, 100_00, agreement) == "summit")
        #expect(
            try Self.bank(&run, 99_98, agreement) == "harbor")
        var none = FundingRun(
            limits: LimitUse(limits: keys.map { Limit($0, amount: 1) }, used: [:]))
        #expect(throws: FundingRefusal.self) {
            try none.fund(SampleAgreement.loan(100_00), by: agreement)
        }
        #expect(none.routed.isEmpty)
    }

    /// Where no limit binds every bank's volume is within the largest loan so far of its target,
    /// after every single loan.
    @Test func `volumes of 10,000 loans stay within the largest loan of their targets`() throws {
        try Property.check(20) { random in
            let banks = (1...random.pick(2...8)).map { PartyID("bank-\($0)") }
            let route = try RandomTiers.route("main", banks, &random)
            let weights = try Share.weights(route.targets.map(\.share))
            let agreement = try SampleAgreement.tiered(
                [
                    FundingTier(
                        name: "all", conditions: .any,
                        slices: [FundingSlice(taker: .route(route), part: .rest)])
                ], banks)
            var run = FundingRun(limits: LimitUse(limits: [], used: [:]))
            var (volume, largest): (Int128, Int128) = (0, 0)
            var own: [PartyID: Int128] = [:]
            for number in 0..<10_000 {
                let principal = random.magnitude(digits: random.pick(3...8))
                let plan = try run.fund(SampleAgreement.loan(principal, number), by: agreement)
                let share = plan.shares[0]
                own[share.party, default: 0] += Int128(share.amount)
                volume += Int128(share.amount)
                largest = max(largest, Int128(share.amount))
                for (place, bank) in banks.enumerated() {
                    let away =
                        (own[bank] ?? 0) * Int128(weights.denominator)
                        - Int128(weights.weights[place]) * volume
                    try hold(
                        away.magnitude <= largest * Int128(weights.denominator),
                        "\(bank) is \(away)/\(weights.denominator) from its target after loan "
                            + "\(number); the largest was \(largest)")
                }
            }
        }
    }
}
