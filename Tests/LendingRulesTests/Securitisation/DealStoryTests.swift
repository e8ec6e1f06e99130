import LendingRules
import Monetary
import Testing

/// Pools paid by hand: each table has what was collected (`>`), what there was to pay from, what
/// was paid in order, and how the notes stand afterwards.
struct DealStoryTests {
    @Test func `principal goes to the senior tranche, and what is left over to the equity`() throws
    {
        var story = try DealStory()
        try story.check(
            """
            > interest 10000.00, principal 50000.00
            02-15 60000.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 1500.00, A principal 50000.00, residual 3400.00
              A 750000.00, B 150000.00, E 50000.00
            > interest 9500.00, principal 40000.00, prepaid 8000.00
            03-15 49500.00: servicing-fee 950.00, trustee 100.00, A interest 3750.00, \
            B interest 1500.00, A principal 40000.00, residual 3200.00
              A 710000.00, B 150000.00, E 50000.00
            > interest 9000.00, principal 880000.00
            04-15 889000.00: servicing-fee 910.00, trustee 100.00, A interest 3550.00, \
            B interest 1500.00, A principal 710000.00, B principal 150000.00, \
            E principal 20000.00, residual 2940.00
              A 0.00, B 0.00, E 30000.00
            """)
    }

    /// 50,000.00 by 800 : 150 are 42,105.26 and 7,894.74. The losses of the second month are 1.5 %
    /// of the pool at the cut-off, above 1 %, and stay so.
    @Test func `shared principal goes to the senior tranche alone once losses are too high`() throws
    {
        var story = try DealStory(
            principal: .proRata(tranches: 2),
            triggers: [
                PoolTrigger(name: "losses", test: .cumulativeLosses(above: try Share("1%")))
            ])
        try story.check(
            """
            > interest 10000.00, principal 50000.00, losses 0.00
            02-15 60000.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 1500.00, A principal 42105.26, B principal 7894.74, residual 3400.00
              A 757894.74, B 142105.26, E 50000.00
              losses 0.00 of 1000000.00 passed
            > interest 9500.00, principal 40000.00, losses 15000.00
            03-15 49500.00: servicing-fee 950.00, trustee 100.00, A interest 3789.47, \
            B interest 1421.05, A principal 40000.00, residual 3239.48
              A 717894.74, B 142105.26, E 35000.00 down 15000.00
              losses 15000.00 of 1000000.00 pulled 03-15
            > interest 9000.00, principal 30000.00
            04-15 39000.00: servicing-fee 895.00, trustee 100.00, A interest 3589.47, \
            B interest 1421.05, A principal 30000.00, residual 2994.48
              A 687894.74, B 142105.26, E 35000.00
              losses 15000.00 of 1000000.00 pulled 03-15
            """)
    }

    /// 57,000.00 of 950,000.00 are 6 %; exactly 5 % is not above it.
    @Test func `a trigger that cures lets principal be shared again`() throws {
        var story = try DealStory(
            principal: .proRata(tranches: 2),
            triggers: [
                PoolTrigger(
                    name: "late",
                    test: .pastDue(
                        from: DelinquencyBucket(daysPastDue: 61), above: try Share("5%")),
                    cures: true)
            ])
        try story.check(
            """
            > interest 10000.00, principal 50000.00, M2 90000.00, M3 50000.00, M7 7000.00
            02-15 60000.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 1500.00, A principal 50000.00, residual 3400.00
              A 750000.00, B 150000.00, E 50000.00
              late 57000.00 of 950000.00 pulled 02-15
            > interest 9500.00, principal 50000.00, M3 45000.00
            03-15 59500.00: servicing-fee 950.00, trustee 100.00, A interest 3750.00, \
            B interest 1500.00, A principal 41666.67, B principal 8333.33, residual 3200.00
              A 708333.33, B 141666.67, E 50000.00
              late 45000.00 of 900000.00 passed
            """)
    }

    /// (950,000 + 50,000) ÷ 800,000 is 125 %; 920,000 ÷ 750,000 is less.
    @Test func `what would be left over repays the senior tranche while cover is too thin`() throws
    {
        var story = try DealStory(triggers: [
            PoolTrigger(
                name: "cover",
                test: .overcollateralisation(tranches: 1, below: try Share("125%")),
                effect: .trapsExcess, cures: true)
        ])
        try story.check(
            """
            > interest 10000.00, principal 50000.00
            02-15 60000.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 1500.00, A principal 50000.00, residual 3400.00
              A 750000.00, B 150000.00, E 50000.00
              cover 1000000.00 of 800000.00 passed
            > interest 9500.00, losses 30000.00
            03-15 9500.00: servicing-fee 950.00, trustee 100.00, A interest 3750.00, \
            B interest 1500.00, A trapped 3200.00
              A 746800.00, B 150000.00, E 20000.00 down 30000.00
              cover 920000.00 of 750000.00 pulled 03-15
            """)
    }

    /// 9,000.00 less fee and trustee, 7,900.00, are less than 1.5 × 5,500.00.
    @Test func `too little interest for what is due on the notes is a trigger too`() throws {
        var story = try DealStory(
            principal: .proRata(tranches: 3),
            triggers: [
                PoolTrigger(
                    name: "cover", test: .interestCover(tranches: 2, below: try Share("150%")))
            ])
        try story.check(
            """
            > interest 9350.00, principal 20000.00
            02-15 29350.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 1500.00, A principal 16000.00, B principal 3000.00, \
            E principal 1000.00, residual 2750.00
              A 784000.00, B 147000.00, E 49000.00
              cover 8250.00 of 5500.00 passed
            > interest 9000.00, principal 20000.00
            03-15 29000.00: servicing-fee 980.00, trustee 100.00, A interest 3920.00, \
            B interest 1470.00, A principal 20000.00, residual 2530.00
              A 764000.00, B 147000.00, E 49000.00
              cover 7920.00 of 5390.00 pulled 03-15
            """)
    }
}
