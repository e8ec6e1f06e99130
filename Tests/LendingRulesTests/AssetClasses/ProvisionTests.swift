import LendingRules
import Monetary
import Testing

/// What is kept for a claim.
struct ProvisionTests {
    /// Principal, overdue principal, overdue interest; class; kept of principal, and with interest.
    static let targets = """
        1000.00 0.00   0.00  normal          10.00   10.00
        1000.05 0.00   0.00  substandard     250.01  250.01
        1000.01 0.00   0.00  substandard     250.00  250.00
        800.00  200.00 10.00 special-mention 20.00   20.20
        0.00    0.49   0.00  normal          0.00    0.00
        0.00    0.50   0.00  normal          0.01    0.01
        500.00  333.33 7.77  doubtful        416.67  420.55
        500.00  333.33 7.77  loss            833.33  841.10
        0.00    0.00   0.00  loss            0.00    0.00
        """

    @Test(arguments: targets.split(separator: "\n").map(String.init))
    func `a rate of what is outstanding is rounded once, half up`(line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        func cents(_ index: Int) throws -> Int64 {
            try AmountText.parse(words[index], decimals: 2)
        }
        let claims = Components(
            principal: try cents(0), overduePrincipal: try cents(1), interest: 99,
            overdueInterest: try cents(2), penalty: 55, fee: 77)
        let assetClass = try #require(AssetClass(rawValue: words[3]))
        for (base, index) in [(ProvisionRates.Base.principal, 4), (.principalAndInterest, 5)] {
            let rates = try ProvisionRates.sample(base)
            #expect(
                try rates.target(of: claims, in: assetClass, isNonAccrual: false) == cents(index))
            #expect(
                try rates.target(of: claims, in: assetClass, isNonAccrual: true) == cents(4),
                "income out of the books needs no provision")
        }
    }

    @Test func `a class without a rate has nothing`() throws {
        let rates = ProvisionRates([.loss: try Share("100%"), .normal: .none])
        let claims = Components(principal: 1000)
        #expect(rates.rates.count == 1)
        #expect(try rates.target(of: claims, in: .doubtful, isNonAccrual: false) == 0)
        #expect(try rates.target(of: claims, in: .loss, isNonAccrual: false) == 1000)
    }

    @Test func `amounts at the end of the range are computed or refused`() throws {
        let rates = try ProvisionRates.sample(.principalAndInterest)
        let most = Components(principal: .max)
        #expect(try rates.target(of: most, in: .loss, isNonAccrual: false) == .max)
        let more = Components(principal: .max, overdueInterest: 1)
        #expect(throws: AmountError.overflow) {
            try rates.target(of: more, in: .loss, isNonAccrual: false)
        }
    }
}
