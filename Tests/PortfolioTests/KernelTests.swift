import TestSupport
import Testing

/// The kernel equals the scalar position, which is the definition, on more than 10⁶ loan days.
struct KernelTests {
    /// A kind of book, and how many quiet loan days its cases must have compared.
    struct Family: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let digits: Int
        let rateDigits: Int
        let cases: Range<Int>
        let loanDays: Int
    }

    static let families = [
        Family(
            testDescription: "ordinary amounts", digits: 9, rateDigits: 8, cases: 0..<160,
            loanDays: 350_000),
        Family(
            testDescription: "ordinary amounts again", digits: 9, rateDigits: 8, cases: 160..<320,
            loanDays: 350_000),
        Family(
            testDescription: "a few cents, where splits tie", digits: 3, rateDigits: 10,
            cases: 1000..<1080, loanDays: 150_000),
        Family(
            testDescription: "near the end of 64 bits", digits: 18, rateDigits: 8,
            cases: 2000..<2080, loanDays: 150_000),
    ]

    @Test(arguments: families)
    func `a book accrues by columns what its positions accrue`(family: Family) throws {
        var loanDays = 0
        for number in family.cases {
            var book = SampleBook(
                SeededCase(number: number), digits: family.digits, rateDigits: family.rateDigits)
            for _ in 0..<150 {
                let day = try book.close()
                loanDays += day.loans
                guard day.totals == day.expected else {
                    Issue.record("\(day.date): \(day), \(book.seeded.repeatCommand("KernelTests"))")
                    return
                }
            }
        }
        #expect(loanDays >= family.loanDays)
    }
}
