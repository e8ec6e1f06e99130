// A payment is torn up with which earlier rulings had counted. None of them is changed; after each,
// in their order, comes what it would have been more, had the clerk known that night what is known
// tonight (RULES § 1, 2, 5).

extension ClerkFile {
    /// Whether something that was ruled may have been too little.
    func isRevived(_ today: Int, _ news: [Voucher]) -> Bool {
        news.contains(where: \.isReversal) && !loan.isUndone
    }

    /// Goes through the rulings since the first payment that has been torn up.
    mutating func followRevived(
        _ today: Int, _ agreement: AgreementPaper, _ covers: inout ClerkCovers
    ) {
        var torn: Set<Int> = []
        for case .reversal(let payment) in vouchers.map(\.kind) { torn.insert(payment) }
        guard let first = vouchers.filter({ torn.contains($0.number) }).map(\.value).min() else {
            return
        }
        let then = vouchers.filter { $0.booked < today }
        for voucher in then.inOrder where voucher.value >= first {
            guard case .ruling(let ruling) = voucher.kind, ruling.corrects == nil else { continue }
            switch ruling.kind {
            case .buyBack, .substitution, .sale: sendAfter(voucher, ruling, then, today)
            case .invocation, .compensation:
                guard let layer = agreement.layers.first(where: { $0.name == ruling.layer }) else {
                    continue
                }
                let night = RuledNight(
                    voucher: voucher, ruling: ruling, layer: layer, layers: agreement.layers,
                    paper: paper, sales: sales)
                payMore(night, then, &covers, today)
            case .lossSharing, .chargeOff: break
            }
        }
    }

    /// Principal goes after claims that were sold, as large a part of it as went of what was known.
    private mutating func sendAfter(
        _ voucher: Voucher, _ sale: Ruling, _ then: [Voucher], _ today: Int
    ) {
        guard let from = paper.parties.firstIndex(of: sale.from) else { return }
        func principal(_ vouchers: [Voucher]) -> Int {
            vouchers.loan(paper, before: voucher).principal(from)
                + vouchers.belated(voucher).reduce(0) { $0 + $1.principal(of: sale.from) }
        }
        let had = principal(vouchers.filter { $0.booked <= voucher.value })
        let revived = principal(vouchers) - had
        guard had > 0, revived > 0 else { return }
        let number = voucher.number - Voucher.firstRuling
        let whole = Int(Int128(revived) * Int128(sale.claims.principal) / Int128(had))
        var (gone, paid) = (0, 0)
        for ruling in vouchers.rulings where ruling.corrects == number {
            gone += ruling.claims.principal
            paid += ruling.price
        }
        let page = newestRevived(then, today)
        var there = loan.principal(from)
        if let page {
            there = loan.due[..<min(page, loan.due.count)].reduce(0) {
                $0 + $1.part(of: from, loan.parties).principal
            }
        }
        let cents = min(whole - gone, there)
        if cents <= 0 { return }
        // All that has gone costs the part of it that was asked for.
        let asked = ratio(sale, voucher.value)
        let price = Plain.round(
            Int128(sale.claims.total + gone + cents) * Int128(asked.over), Int128(asked.under),
            .halfUp)
        decide(
            Ruling(
                kind: sale.kind, from: sale.from, to: sale.to,
                claims: PlainClaims(principal: cents), price: price - sale.price - paid,
                layer: sale.layer, through: page, corrects: number), today)
    }

    /// The part of claims that a sale of a date costs: what its order says, or, where orders say
    /// other things, what it came to.
    private func ratio(_ sale: Ruling, _ day: Int) -> Plain.Part {
        var parts: [Plain.Part] = []
        for voucher in vouchers where voucher.value == day {
            guard case .order(let order) = voucher.kind, order.reason == sale.kind,
                order.from == sale.from, order.to == sale.to
            else { continue }
            parts.append(order.price ?? Plain.Part(over: 1, under: 1))
        }
        if let first = parts.first, parts.allSatisfy({ $0 == first }) { return first }
        return Plain.Part(over: sale.price, under: sale.claims.total)
    }

    /// Number of the newest page on which more principal is open than anybody knew yesterday, where
    /// pages have holders of their own.
    private func newestRevived(_ then: [Voucher], _ today: Int) -> Int? {
        let after = vouchers.loan(paper, until: today)
        if !after.hasSplitInstalments { return nil }
        let before = then.loan(paper, until: today)
        let pages = 0..<min(after.due.count, before.due.count)
        return pages.last {
            after.due[$0].principal.count > before.due[$0].principal.count
        }.map { $0 + 1 }
    }

    /// A layer pays by how much more it would have been asked for, of the page that paid before.
    private mutating func payMore(
        _ night: RuledNight, _ then: [Voucher], _ covers: inout ClerkCovers, _ today: Int
    ) {
        let known = then.filter { $0.booked <= night.voucher.value }
        let pages = night.pages(known)
        var more = (night.owed(vouchers, pages) - night.owed(then, pages)).within(.most)
        if night.ruling.kind == .compensation { more = more.within(left(night)) }
        guard more.total > 0 else { return }
        var taken = more.total
        if let name = covers.name(night.layer, paper, night.lender, night.voucher.value) {
            taken = covers.draw(taken, night.layer, name)
        }
        if taken == 0 { return }
        let principal = min(taken, more.principal)
        var ruling = night.ruling
        ruling.claims = PlainClaims(principal: principal, interest: taken - principal)
        ruling.price = ruling.kind == .compensation ? taken : 0
        ruling.corrects = night.voucher.number - Voucher.firstRuling
        decide(ruling, today)
    }

    /// What a lender still has of the claims that would move.
    private func left(_ night: RuledNight) -> PlainLoss {
        guard let place = paper.parties.firstIndex(of: night.lender) else { return PlainLoss() }
        let cents = loan.buckets()[place]
        guard let reach = night.ruling.through else {
            return PlainLoss(principal: cents[0] + cents[1], interest: cents[2] + cents[3])
        }
        return loan.due[..<min(reach, loan.due.count)].reduce(PlainLoss()) {
            $0 + $1.part(of: place, loan.parties)
        }
    }
}

extension PlainLoss {
    /// Above whatever there may be.
    fileprivate static let most = PlainLoss(principal: .max, interest: .max)
}

extension [Voucher] {
    /// In the order in which they count.
    fileprivate var inOrder: [Voucher] {
        sorted { ($0.value, $0.number) < ($1.value, $1.number) }
    }

    var rulings: [Ruling] {
        compactMap { if case .ruling(let ruling) = $0.kind { ruling } else { nil } }
    }
}

extension ClerkLoan {
    func principal(_ place: Int) -> Int {
        let cents = buckets()[place]
        return cents[0] + cents[1]
    }
}

extension Ruling {
    /// Principal that a party has got by it; below zero what it has given.
    fileprivate func principal(of party: Int) -> Int {
        guard movesClaims else { return 0 }
        return (to == party ? claims.principal : 0) - (from == party ? claims.principal : 0)
    }
}
