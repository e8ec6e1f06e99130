/// Claims that one party has sold another, as the clerk knew them that night.
struct ClaimSale {
    /// Among the loan's decisions, from 1.
    let number: Int
    let from: Int
    let to: Int
    /// Cents of principal that the seller had; of interest where it had none.
    let there: Int
    let gone: Int
}

/// Who has been paid for a loan's claims: whoever has bought them has been paid what the seller
/// was. Parties by their places among all.
struct PaidTable {
    private struct Line: Hashable {
        let party: Int
        let layer: String
        let isCash: Bool
    }

    private var lines: [Line: PlainLoss] = [:]
    /// What parties gave others under loss shares, by giver and taker.
    private var given: [Int: [Int: PlainLoss]] = [:]

    /// Payments, each where the decision is that it corrects, and sales, in order; between them all
    /// may have been struck off once.
    init(
        _ paid: [(ruling: Ruling, number: Int)], _ sales: [ClaimSale], _ strike: Strike? = nil
    ) {
        let places = paid.map { $0.ruling.corrects ?? $0.number } + sales.map(\.number)
        let last = max(places.max() ?? 0, strike?.after ?? 0)
        for number in 0...last {
            for (ruling, own) in paid where (ruling.corrects ?? own) == number { enter(ruling) }
            for sale in sales where sale.number == number { pass(sale) }
            if let strike, strike.after == number {
                let old = PaidTable(
                    paid.filter { $0.number <= number }, sales.filter { $0.number <= number })
                leave(old, strike)
            }
        }
    }

    /// What was paid is spent on what is gone: of what was paid until then as much as has gone of
    /// what one thought.
    private mutating func leave(_ old: PaidTable, _ strike: Strike) {
        for (line, sum) in old.lines {
            let spent = line.isCash ? strike.part(of: sum, line.party) : sum
            let rest = (lines[line] ?? PlainLoss()) - spent
            lines[line] = line.isCash ? rest.atLeastNothing : rest
        }
        for (giver, takers) in old.given {
            for (taker, sum) in takers {
                let rest = (given[giver]?[taker] ?? PlainLoss()) - strike.part(of: sum, taker)
                given[giver, default: [:]][taker] = rest.atLeastNothing
            }
        }
    }

    private mutating func enter(_ ruling: Ruling) {
        let sum = PlainLoss(principal: ruling.claims.principal, interest: ruling.claims.interest)
        let isCash = ruling.kind != .compensation
        let line = Line(
            party: isCash ? ruling.to : ruling.from, layer: ruling.layer, isCash: isCash)
        lines[line] = (lines[line] ?? PlainLoss()) + sum
        if ruling.kind == .lossSharing {
            let before = given[ruling.from]?[ruling.to] ?? PlainLoss()
            given[ruling.from, default: [:]][ruling.to] = before + sum
        }
    }

    private mutating func pass(_ sale: ClaimSale) {
        guard sale.there > 0 else { return }
        let part = Plain.Part(over: sale.gone, under: sale.there)
        for (line, sum) in lines where line.party == sale.from {
            let passed = PlainLoss(
                principal: part.down(of: sum.principal), interest: part.down(of: sum.interest))
            let next = Line(party: sale.to, layer: line.layer, isCash: line.isCash)
            lines[line] = sum - passed
            lines[next] = (lines[next] ?? PlainLoss()) + passed
        }
    }

    /// Cash for the claims that a party has, less what it gave.
    func cash(_ party: Int) -> PlainLoss {
        var sum = (given[party] ?? [:]).values.reduce(PlainLoss()) { $0 - $1 }
        for (line, paid) in lines where line.party == party && line.isCash { sum = sum + paid }
        return sum
    }

    /// What each layer has paid for them and for those of which they were a part.
    func byLayer(_ party: Int) -> [String: PlainLoss] {
        var sums: [String: PlainLoss] = [:]
        for (line, paid) in lines where line.party == party {
            sums[line.layer] = (sums[line.layer] ?? PlainLoss()) + paid
        }
        return sums
    }
}

extension PlainLoss {
    fileprivate var atLeastNothing: PlainLoss {
        PlainLoss(principal: max(0, principal), interest: max(0, interest))
    }
}
