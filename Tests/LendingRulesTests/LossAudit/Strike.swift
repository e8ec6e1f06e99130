/// The night on which a loan was struck off, seen from a later one.
struct Strike {
    /// How many decisions there had been by then.
    let after: Int
    /// What each party lost by then, cents of principal and of interest: as one thought, and as it
    /// is by what one knows since.
    let thought: [Int: PlainLoss]
    let fact: [Int: PlainLoss]

    /// What of money paid until then has gone with what was lost.
    func part(of paid: PlainLoss, _ party: Int) -> PlainLoss {
        guard let thought = thought[party], let lost = fact[party] else { return paid }
        func part(_ paid: Int, _ lost: Int, _ thought: Int) -> Int {
            thought > 0 ? Plain.Part(over: lost, under: thought).down(of: paid) : paid
        }
        return PlainLoss(
            principal: part(paid.principal, lost.principal, thought.principal),
            interest: part(paid.interest, lost.interest, thought.interest))
    }
}

extension [Voucher] {
    /// The last night before a date on which everything was struck off.
    func strike(_ paper: LoanPaper, before today: Int) -> Strike? {
        let strikes = filter { $0.strikesAll && $0.value < today }
        guard let last = strikes.max(by: { ($0.value, $0.number) < ($1.value, $1.number) }) else {
            return nil
        }
        let morrow = last.value + 1
        let known = filter { $0.booked <= last.booked }
        return Strike(
            after: count { $0.isRuling && $0.value <= last.value },
            thought: known.loan(paper, until: morrow).struckOff,
            fact: loan(paper, until: morrow).struckOff)
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

    /// What parties have lost so far, by their places among all.
    fileprivate var struckOff: [Int: PlainLoss] {
        let losses = ledger.map {
            PlainLoss(principal: $0.chargedOff[0], interest: $0.chargedOff[1])
        }
        return Dictionary(uniqueKeysWithValues: zip(paper.parties, losses))
    }
}
