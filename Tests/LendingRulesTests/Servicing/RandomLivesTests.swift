import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Laws that hold for every loan whatever happens to it, on 20,000 random lives.
struct RandomLivesTests {
    @Test(arguments: 0..<40)
    func `ledger, lenders and borrower agree at every step of a random life`(block: Int) throws {
        for number in block * 500..<(block + 1) * 500 {
            var life = RandomLife(SeededCase(number: number))
            do {
                try life.live()
            } catch {
                let repeating = life.seeded.repeatCommand("RandomLivesTests")
                Issue.record("\(error) of \(life.contract.loan), \(repeating)")
                return
            }
        }
    }
}
