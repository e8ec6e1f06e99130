import TestSupport
import Testing

/// The kernel equals the scalar position, which is the definition, on more than 10⁶ loan days.
struct KernelTests {
    /// A kind of book, and how many of them are closed for 150 days each.
    struct Family: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let digits: Int
        let rateDigits: Int
        let books: Int
        /// Whether loans have facts beyond payments.
        var hasRoutes = false
        /// Quiet loan days a book must have on average, so that 480 books make a million.
        var quietDays = 2_100
    }

    static let families = [
        Family(testDescription: "ordinary amounts", digits: 9, rateDigits: 8, books: 320),
        Family(
            testDescription: "a few cents, where splits tie", digits: 3, rateDigits: 10, books: 80),
        Family(testDescription: "near the end of 64 bits", digits: 18, rateDigits: 8, books: 80),
        Family(
            testDescription: "facts of every kind", digits: 9, rateDigits: 8, books: 320,
            hasRoutes: true, quietDays: 1_000),
        Family(
            testDescription: "facts of every kind on a few cents", digits: 3, rateDigits: 10,
            books: 80, hasRoutes: true, quietDays: 1_000),
    ]

    @Test(arguments: families)
    func `a book accrues by columns what its positions accrue`(family: Family) throws {
        var (books, loanDays) = (0, 0)
        try Property.check(family.books) { random in
            var book = SampleBook(
                digits: family.digits, rateDigits: family.rateDigits,
                hasRoutes: family.hasRoutes, using: &random)
            for _ in 0..<150 {
                let day = try book.close()
                loanDays += day.loans
                try hold(day.totals == day.expected, "\(day)")
            }
            books += 1
        }
        #expect(books < 10 || loanDays >= books * family.quietDays)
    }
}
