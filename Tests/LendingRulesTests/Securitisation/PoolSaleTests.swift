import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Shares of a pool that are sold: what moves, at what price, and what was collected meanwhile.
struct PoolSaleTests {
    private static let vehicle = PartyID("vehicle")

    private static func terms(_ price: PoolPrice) -> PoolSaleTerms {
        PoolSaleTerms(
            pool: "autumn", buyer: vehicle, cutOff: Story.date("01-31"),
            settlesOn: Story.date("02-10"), price: price)
    }

    /// Rows such as `L1 harbor 840.00/8.40 280.00/8.40 560.00/2.00`: principal and interest at the
    /// cut-off, collected since and left at settlement; a last word may say `undone`.
    private static func sale(_ price: PoolPrice, _ rows: String) throws -> PoolSale {
        func components(_ text: String) throws -> Components {
            let parts = try text.split(separator: "/").map { try AmountText.parse($0, decimals: 2) }
            return Components(principal: parts[0], interest: parts[1])
        }
        return try terms(price).sell(
            rows.split(separator: "\n").map { row in
                let words = row.split(separator: " ").map(String.init)
                return SharePeriod(
                    share: ShareID(loan: LoanID(words[0]), holder: PartyID(words[1])),
                    opening: try components(words[2]), collected: try components(words[3]),
                    closing: try components(words[4]), isUndone: words.last == "undone")
            })
    }

    private static func text(_ amount: Int64) -> String { Story.text(amount) }

    /// What moves at what price, then for each seller what is paid and what it gains by it.
    private static func text(_ sale: PoolSale) -> String {
        let moves = sale.assignments.map {
            "\($0.loan) \($0.from) \(text($0.amounts.total)) for \(text($0.price))"
        }
        let passed = sale.passThroughs.map {
            "\($0.loan) \($0.from) passes \(text($0.total))"
        }
        let sellers = sale.sellers.map {
            "\($0.seller) has \(text($0.net)), gains \(text($0.result))"
        }
        return (moves + passed + sellers).joined(separator: "; ")
    }

    /// The 2.00 that accrued since the cut-off are the buyer's without a price.
    @Test(
        arguments: [
            (PoolPrice.par, "840.00", "551.60", "-10.40"),
            (.parPlusAccrued, "848.40", "560.00", "-2.00"),
        ])
    func `what is collected since the cut-off is passed through to the buyer`(
        price: PoolPrice, paid: String, net: String, gain: String
    ) throws {
        let sale = try Self.sale(price, "L1 harbor 840.00/8.40 280.00/8.40 560.00/2.00")
        #expect(
            Self.text(sale) == "L1 harbor 562.00 for \(paid); L1 harbor passes 288.40; "
                + "harbor has \(net), gains \(gain)")
        #expect(sale.assignments[0].to == Self.vehicle)
    }

    /// 985.00985, 1,313.3399 for both of harbor's, 98.54925 for summit's.
    @Test func `a price that is a part of the principal is rounded once for each seller`() throws {
        let sale = try Self.sale(
            .ratio(try Share("98.5%")),
            """
            L2 harbor 333.33/0.00 0.00/0.00 333.33/0.00
            L1 summit 100.05/0.00 0.00/0.00 100.05/0.00
            L1 harbor 1000.01/0.00 0.00/0.00 1000.01/0.00
            """)
        #expect(
            Self.text(sale) == "L1 harbor 1000.01 for 985.01; L1 summit 100.05 for 98.55; "
                + "L2 harbor 333.33 for 328.33; harbor has 1313.34, gains -20.00; "
                + "summit has 98.55, gains -1.50")
    }

    @Test func `a share repaid meanwhile has its price, and the cash goes to the buyer`() throws {
        let sale = try Self.sale(.par, "L1 harbor 100.00/1.00 100.00/1.20 0.00/0.00")
        #expect(
            Self.text(sale) == "L1 harbor 0.00 for 100.00; L1 harbor passes 101.20; "
                + "harbor has -1.20, gains -1.20")
    }

    @Test func `a payment from before the cut-off that is undone is the buyer's to give back`()
        throws
    {
        let sale = try Self.sale(.par, "L1 harbor 100.00/0.00 -50.00/0.00 150.00/0.00")
        #expect(
            Self.text(sale) == "L1 harbor 150.00 for 100.00; L1 harbor passes -50.00; "
                + "harbor has 150.00, gains 0.00")
    }

    @Test func `a loan that was undone meanwhile is not sold`() throws {
        let sale = try Self.sale(
            .par,
            """
            L1 harbor 100.00/0.00 0.00/0.00 0.00/0.00 undone
            L2 harbor 10.00/0.00 0.00/0.00 10.00/0.00
            """)
        #expect(Self.text(sale) == "L2 harbor 10.00 for 10.00; harbor has 10.00, gains 0.00")
        #expect(sale.withdrawn.map(\.description) == ["L1 of harbor"])
    }

    @Test func `shares that are there twice or whose principal does not follow are refused`() throws
    {
        let row = "L1 harbor 100.00/0.00 40.00/0.00 60.00/0.00"
        let share = ShareID(loan: LoanID("L1"), holder: PartyID("harbor"))
        #expect(throws: PoolSaleError.twice(share)) { _ = try Self.sale(.par, row + "\n" + row) }
        #expect(throws: PoolSaleError.principalDoesNotFollow(share)) {
            _ = try Self.sale(.par, "L1 harbor 100.00/0.00 40.00/0.00 60.01/0.00")
        }
        #expect(throws: PoolSaleError.amount(.overflow)) {
            _ = try Self.sale(
                .ratio(try Share("200%")),
                "L1 harbor 92233720368547758.07/0.00 0.00/0.00 92233720368547758.07/0.00")
        }
    }

    @Test func `the buyer holds a share from the day after the settlement date on`() {
        let share = ShareID(loan: LoanID("L1"), holder: PartyID("harbor"))
        let terms = Self.terms(.par)
        #expect(terms.holder(of: share, on: Story.date("02-10")) == share.holder)
        #expect(terms.holder(of: share, on: Story.date("02-11")) == Self.vehicle)
    }

    @Test func `parts of a price make up the price of all, none below zero, in 20,000 sales`()
        throws
    {
        try Property.check(20_000) { random in
            let price = random.pick([
                PoolPrice.par, .parPlusAccrued,
                .ratio(try Share(random.pick(0...150), of: random.pick(1...150))),
            ])
            let shares = (0..<random.pick(1...12)).map { number in
                let opening = Components(
                    principal: random.pick(0...9_999), overduePrincipal: random.pick(0...99),
                    interest: random.pick(0...999), penalty: random.pick(0...9))
                return SharePeriod(
                    share: ShareID(
                        loan: LoanID("L\(number)"), holder: PartyID(random.pick(["a", "b"]))),
                    opening: opening, closing: opening)
            }
            let sale = try Self.terms(price).sell(shares)
            try hold(sale.assignments.allSatisfy { $0.price >= 0 }, "a price below zero")
            for total in sale.sellers {
                let mine = shares.filter { $0.share.holder == total.seller }.map(\.opening)
                let whole = try price.price(
                    principal: mine.reduce(0) { $0 + $1.allPrincipal },
                    claims: mine.reduce(0) { $0 + $1.total })
                let parts = sale.assignments.filter { $0.from == total.seller }
                try hold(total.price == whole, "the price of all")
                try hold(parts.reduce(0) { $0 + $1.price } == whole, "the sum of the parts")
                try hold(parts.count == total.shares, "a share without a part")
            }
        }
    }
}
