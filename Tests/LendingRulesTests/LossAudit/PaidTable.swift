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
    /// What parties gave others under loss shares.
    private var given: [Int: PlainLoss] = [:]

    /// Payments, each where the decision is that it corrects, and sales, in order; between them all
    /// may have been struck off, more than once.
    init(
        _ paid: [(ruling: Ruling, number: Int)], _ sales: [ClaimSale], _ strikes: [Strike],
        _ layers: [LayerPaper]
    ) {
        let places = paid.map { $0.ruling.corrects ?? $0.number } + sales.map(\.number)
        let struck = strikes.last?.after ?? 0
        for number in 0...max(places.max() ?? 0, struck) {
            for (ruling, own) in paid where (ruling.corrects ?? own) == number {
                if ruling.kind == .invocation || own > struck { enter(ruling) }
            }
            for sale in sales where sale.number == number { pass(sale) }
            for strike in strikes where strike.after == number { use(strike, layers) }
        }
    }

    /// Money for what is lost is gone with it: layers in turn, each up to its part of what is left.
    private mutating func use(_ strike: Strike, _ layers: [LayerPaper]) {
        for (party, lost) in strike.lost {
            var open = lost
            for layer in layers where layer.provider >= 0 {
                let line = Line(party: party, layer: layer.name, isCash: true)
                guard let sum = lines[line] else { continue }
                let used = sum.atLeastNothing.within(open.part(layer.share).atLeastNothing)
                lines[line] = sum - used
                open = open - used
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
            given[ruling.from] = (given[ruling.from] ?? PlainLoss()) + sum
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
        var sum = PlainLoss() - (given[party] ?? PlainLoss())
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
