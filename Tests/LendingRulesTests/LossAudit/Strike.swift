/// A night on which a loan was struck off, seen from a later one.
struct Strike {
    /// How many decisions there had been by then.
    let after: Int
    /// What each party lost since the strike before, of what it had not bought as a guarantor.
    let lost: [Int: PlainLoss]
}

extension [Voucher] {
    /// The nights before a date on which everything was struck off, by all that is known.
    func strikes(_ paper: LoanPaper, before today: Int) -> [Strike] {
        let struck = filter { $0.strikesAll && $0.value < today }
            .sorted { ($0.value, $0.number) < ($1.value, $1.number) }
        var past: [Int: PlainLoss] = [:]
        return struck.map { voucher in
            let morrow = voucher.value + 1
            let loan = loan(paper, until: morrow)
            let spared = filter { $0.number != voucher.number }.loan(paper, until: morrow)
            var lost: [Int: PlainLoss] = [:]
            for (place, party) in paper.parties.enumerated() {
                let all = loan.ledger[place].chargedOff
                let (had, has) = (spared.acquiredLeft(place), loan.acquiredLeft(place))
                let before = past[party] ?? PlainLoss()
                lost[party] = PlainLoss(
                    principal: Swift.max(0, all[0] - (had[0] - has[0]) - before.principal),
                    interest: Swift.max(0, all[1] - (had[1] - has[1]) - before.interest))
                past[party] = PlainLoss(principal: all[0], interest: all[1])
            }
            return Strike(
                after: count { $0.isRuling && $0.value <= voucher.value }, lost: lost)
        }
    }
}

extension Voucher {
    fileprivate var isRuling: Bool {
        if case .ruling = kind { true } else { false }
    }

    fileprivate var strikesAll: Bool {
        if case .ruling(let ruling) = kind { ruling.kind == .chargeOff } else { isWriteOff }
    }
}

extension ClerkLoan {
    /// Whether anybody has principal or interest to lose.
    var hasAnything: Bool { buckets().contains { $0[..<4].contains { $0 > 0 } } }
}
