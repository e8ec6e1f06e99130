import LendingRules
import Monetary
import Testing

/// Losses, recoveries, shortfalls and the reserve of pools paid by hand.
struct DealLossTests {
    /// The interest of a date is that of the balance before its losses.
    @Test func `losses go through the equity into the mezzanine, then into the senior`() throws {
        var story = try DealStory()
        try story.check(
            """
            > interest 10000.00, principal 30000.00, losses 70000.00
            02-15 40000.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 1500.00, A principal 30000.00, residual 3400.00
              A 770000.00, B 130000.00 down 20000.00, E 0.00 down 50000.00
            > interest 6150.00, losses 140000.00
            03-15 6150.00: servicing-fee 900.00, trustee 100.00, A interest 3850.00, \
            B interest 1300.00
              A 760000.00 down 10000.00, B 0.00 down 130000.00, E 0.00
            > interest 100.00, losses 760000.00
            04-15 100.00: servicing-fee 100.00 of 760.00, trustee 0.00 of 100.00, \
            A interest 0.00 of 3800.00
              A 0.00 down 760000.00, B 0.00, E 0.00
            """)
    }

    @Test func `a loss that no note has a balance for is told`() throws {
        var story = try DealStory(recoveriesWriteUp: false)
        try story.check(
            """
            > interest 6600.00, principal 100000.00, recoveries 50000.00
            02-15 156600.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 1500.00, A principal 150000.00
              A 650000.00, B 150000.00, E 50000.00
            > interest 5750.00, losses 900000.00
            03-15 5750.00: servicing-fee 900.00, trustee 100.00, A interest 3250.00, \
            B interest 1500.00
              A 0.00 down 650000.00, B 0.00 down 150000.00, E 0.00 down 50000.00
              unabsorbed 50000.00
            """)
    }

    @Test func `recoveries are principal, and give nothing back where nobody agreed on it`() throws
    {
        var story = try DealStory()
        try story.check(
            """
            > interest 10000.00, losses 70000.00
            02-15 10000.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 1500.00, residual 3400.00
              A 800000.00, B 130000.00 down 20000.00, E 0.00 down 50000.00
            > interest 6330.00, recoveries 25000.00
            03-15 31330.00: servicing-fee 930.00, trustee 100.00, A interest 4000.00, \
            B interest 1300.00, A principal 25000.00
              A 775000.00, B 130000.00, E 0.00
            """)
    }

    /// B has 20,000.00 back, and 5,000.00 are the equity's; the cash repays A.
    @Test func `recoveries give tranches back what losses took, the most senior first`() throws {
        var story = try DealStory(recoveriesWriteUp: true)
        try story.check(
            """
            > interest 10000.00, losses 70000.00
            02-15 10000.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 1500.00, residual 3400.00
              A 800000.00, B 130000.00 down 20000.00, E 0.00 down 50000.00
            > interest 6330.00, recoveries 25000.00
            03-15 31330.00: servicing-fee 930.00, trustee 100.00, A interest 4000.00, \
            B interest 1300.00, A principal 25000.00
              A 775000.00, B 150000.00 up 20000.00, E 5000.00 up 5000.00
            > interest 6405.00, recoveries 50000.00
            04-15 56405.00: servicing-fee 930.00, trustee 100.00, A interest 3875.00, \
            B interest 1500.00, A principal 50000.00
              A 725000.00, B 150000.00, E 50000.00 up 45000.00
            """)
    }

    @Test(arguments: [(false, "2600.00", "300.00"), (true, "2611.00", "289.00")])
    func `interest that was not paid is carried, with interest on it where agreed`(
        bearing: Bool, due: String, residual: String
    ) throws {
        var story = try DealStory(bearing: bearing)
        try story.check(
            """
            > interest 5500.00
            02-15 5500.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 400.00 of 1500.00
              A 800000.00, B 150000.00, E 50000.00
            > interest 8000.00
            03-15 8000.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest \(due), residual \(residual)
              A 800000.00, B 150000.00, E 50000.00
            """)
    }

    @Test func `principal that paid interest is owed later, and before anything is left over`()
        throws
    {
        var story = try DealStory()
        try story.check(
            """
            > interest 1000.00, principal 10000.00
            02-15 11000.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 1500.00, A principal 4400.00 of 10000.00
              A 795600.00, B 150000.00, E 50000.00
            > interest 12000.00
            03-15 12000.00: servicing-fee 990.00, trustee 100.00, A interest 3978.00, \
            B interest 1500.00, A principal 5432.00 of 5600.00
              A 790168.00, B 150000.00, E 50000.00
            > interest 7000.00
            04-15 7000.00: servicing-fee 990.00, trustee 100.00, A interest 3950.84, \
            B interest 1500.00, A principal 168.00, residual 291.16
              A 790000.00, B 150000.00, E 50000.00
            """)
    }

    /// Of the 300.00 taken back beyond what came, 200.00 are principal that was paid on before.
    @Test func `what is taken back beyond what came is made up for before anything is paid`()
        throws
    {
        var story = try DealStory()
        try story.check(
            """
            > interest 10000.00, principal 50000.00
            02-15 60000.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 1500.00, A principal 50000.00, residual 3400.00
              A 750000.00, B 150000.00, E 50000.00
            > interest -100.00, principal -200.00
            03-15 0.00: servicing-fee 0.00 of 950.00, trustee 0.00 of 100.00, \
            A interest 0.00 of 3750.00, B interest 0.00 of 1500.00
              A 750000.00, B 150000.00, E 50000.00
            > interest 14000.00, principal 50200.00
            04-15 63900.00: servicing-fee 1900.20, trustee 200.00, A interest 7500.00, \
            B interest 3000.00, A principal 50000.00, residual 1299.80
              A 700000.00, B 150000.00, E 50000.00
            """)
    }
}
