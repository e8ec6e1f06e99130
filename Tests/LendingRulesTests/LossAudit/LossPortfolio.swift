import TestSupport

/// Loans lent over two years under agreements that share losses in every way, and what becomes of
/// them: all in plain numbers, drawn from a seed.
struct LossPortfolio {
    static let parties = [
        "platform", "harbor", "meridian", "summit", "orchard", "keystone", "lantern",
    ]
    /// Who buys claims from lenders.
    static let buyer = 4
    static let days = 730

    let agreements: [AgreementPaper]
    /// In the order in which they are lent.
    private(set) var loans: [LoanPaper] = []
    /// By place of the loan, in the order in which they are booked.
    private(set) var vouchers: [[Voucher]] = []

    /// - Parameter sign: Makes what instalments of one total come to a part of the paper.
    init(
        loans count: Int, sign: (LoanPaper) throws -> LoanPaper,
        using random: inout SeededGenerator
    ) rethrows {
        agreements = LossPortfolio.agreements(lending: count / 8 * 1_000_000)
        // In the order in which they are lent, which is not that of their names.
        let names = (0..<count).shuffled(using: &random)
        let days = (0..<count).map { _ in
            random.isOne(in: 2)
                ? random.pick(0...680) : PlainDay.later(14, months: random.pick(0...21))
        }.sorted()
        for (number, day) in zip(names, days) {
            let paper = try sign(paper(number, lentOn: day, using: &random))
            loans.append(paper)
            var life = LossLife(paper, agreements[paper.agreement])
            life.draw(using: &random)
            vouchers.append(life.booked)
        }
    }

    private func paper(_ number: Int, lentOn day: Int, using random: inout SeededGenerator)
        -> LoanPaper
    {
        let agreement = number % agreements.count
        let terms = agreements[agreement]
        var parties = terms.lenders.map(\.party)
        for layer in terms.layers where layer.provider >= 0 && !parties.contains(layer.provider) {
            parties.append(layer.provider)
        }
        if !parties.contains(LossPortfolio.buyer) { parties.append(LossPortfolio.buyer) }
        let principal = random.pick(100_000...1_900_000)
        var (lent, left) = ([Int](repeating: 0, count: parties.count), principal)
        for (place, lender) in terms.lenders.enumerated().dropLast() {
            lent[place] = principal * lender.percent / 100
            left -= lent[place]
        }
        lent[terms.lenders.count - 1] = left
        return LoanPaper(
            number: number, agreement: agreement, parties: parties, lent: lent,
            method: random.pick([.equalPrincipal, .equalPrincipal, .level(0), .interestOnly]),
            instalments: random.pick(3...15), disbursedOn: day,
            rate: random.pick([6_000_000, 12_345_678, 18_000_000, 24_000_000]),
            isByMonths: random.isOne(in: 2), rounding: random.pick(Plain.Rounding.allCases),
            fee: random.pick([0, 0, 199]),
            early: random.pick([.waits, .lowers, .shortens]),
            penalty: random.pick([1_500, 1_300, 0]),
            penaltyOnInterest: random.pick([0, 1_500]), graceDays: random.pick([0, 3, 5]))
    }
}
