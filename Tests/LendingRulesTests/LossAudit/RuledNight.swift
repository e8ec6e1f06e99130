/// The night of a ruling by which a layer has paid, looked at again with what is known since.
struct RuledNight {
    let voucher: Voucher
    let ruling: Ruling
    let layer: LayerPaper
    /// All layers of the agreement.
    let layers: [LayerPaper]
    let paper: LoanPaper
    /// Claims sold until tonight, whatever has come of what was known when they were.
    let sales: [ClaimSale]

    var lender: Int { ruling.kind == .compensation ? ruling.from : ruling.to }

    /// What the layer would have had to pay the lender that night, by these vouchers.
    func owed(_ vouchers: [Voucher], _ pages: Set<Int>) -> PlainLoss {
        guard let place = paper.parties.firstIndex(of: lender) else { return PlainLoss() }
        // What somebody wrote off that night was lost that night.
        let open = vouchers.filter { !($0.isWriteOff && $0.value == voucher.value) }
        let loan = open.loan(paper, before: voucher)
        let (cents, bought) = (loan.buckets()[place], loan.acquiredLeft(place))
        var claim = PlainLoss(
            principal: max(0, cents[0] + cents[1] - bought[0]),
            interest: max(0, cents[2] + cents[3] - bought[1]))
        let belated = open.belated(voucher)
        for ruling in belated { claim = claim + stake(ruling) }
        claim = claim.clean
        let isOver = loan.stoppedOn.map { $0 < voucher.value } == true
        let before = voucher.number - Voucher.firstRuling
        let paid = PaidTable(
            loan.settlements.map { ($0.ruling, $0.number) }
                + belated.filter { $0.isPayment }.map { ($0, .max) },
            sales.filter { $0.number < before },
            isOver && loan.hasAnything ? open.strikes(paper, before: voucher.value) : [], layers)
        var rest = (claim - paid.cash(lender)).clean
        if layer.way != .cash { rest = rest.within(claim) }
        if layer.way == .claimsByInstalment {
            rest = rest.within(
                loan.due.indices.filter { pages.contains($0 + 1) }.reduce(PlainLoss()) {
                    $0 + loan.due[$1].part(of: place, loan.parties)
                })
        }
        if !layer.coversInterest { rest.interest = 0 }
        if layer.share == nil { return rest }
        let had =
            layer.way == .claimsByInstalment
            ? paidFor(pages, of: loan, belated, isOver: isOver)
            : paid.byLayer(lender)[layer.name] ?? PlainLoss()
        return ((rest + had).part(layer.share) - had).within(rest)
    }

    /// What the layer has paid for of these instalments.
    private func paidFor(
        _ pages: Set<Int>, of loan: ClerkLoan, _ belated: [Ruling], isOver: Bool
    ) -> PlainLoss {
        let name = BoughtFrom(layer: layer.name, lender: lender)
        var paid = PlainLoss()
        for page in loan.due.indices where pages.contains(page + 1) && !isOver {
            paid = paid + (loan.due[page].paidFor[name] ?? PlainLoss())
        }
        for one in belated where one.through.map(pages.contains) == true {
            paid = paid + byLayer(one)
        }
        return paid
    }

    /// Numbers of the instalments of which it was ruled.
    func pages(_ known: [Voucher]) -> Set<Int> {
        guard layer.way == .claimsByInstalment else { return [] }
        let day = voucher.value
        let loan = known.loan(paper, before: voucher)
        let eve = known.filter { $0.booked < day }.loan(paper, until: day)
        return Set(
            loan.due.indices.filter { index in
                let page = loan.due[index]
                let wasOpen = index < eve.due.count && eve.due[index].unpaid > 0
                return page.unpaid > 0
                    && layer.asks(wasOpen ? day - 1 - page.dueOn : 0, day - page.dueOn)
            }.map { $0 + 1 })
    }

    /// By how much the lender may lose more: not by what it has paid for itself.
    private func stake(_ one: Ruling) -> PlainLoss {
        let claims = PlainLoss(principal: one.claims.principal, interest: one.claims.interest)
        guard one.movesClaims else { return PlainLoss() }
        if one.from == lender { return PlainLoss() - claims }
        return one.to == lender && one.kind != .compensation ? claims : PlainLoss()
    }

    /// What the layer has paid it.
    private func byLayer(_ one: Ruling) -> PlainLoss {
        let party = one.kind == .compensation ? one.from : one.to
        guard one.layer == layer.name, party == lender else { return PlainLoss() }
        return PlainLoss(principal: one.claims.principal, interest: one.claims.interest)
    }
}

extension Ruling {
    /// Whether somebody is paid by it for a loss.
    fileprivate var isPayment: Bool {
        switch kind {
        case .invocation, .lossSharing, .compensation: true
        case .chargeOff, .buyBack, .substitution, .sale: false
        }
    }
}

extension PlainLoss {
    /// Nothing below zero.
    fileprivate var clean: PlainLoss {
        PlainLoss(principal: max(0, principal), interest: max(0, interest))
    }
}

extension DuePage {
    func part(of place: Int, _ parties: Int) -> PlainLoss {
        PlainLoss(
            principal: principal.parts(parties)[place], interest: interest.parts(parties)[place])
    }
}

extension LayerPaper {
    /// Whether an instalment is one that it pays for: so many days past due the day before and
    /// today.
    func asks(_ yesterday: Int, _ today: Int) -> Bool {
        if case .daysPastDue(let days) = trigger { return yesterday < days && days <= today }
        return today > 0
    }
}

extension [Voucher] {
    /// The loan at the end of a ruling's date, before it.
    func loan(_ paper: LoanPaper, before ruling: Voucher) -> ClerkLoan {
        var loan = loan(paper, until: ruling.value)
        loan.live(ruling.value, counting(on: ruling.value).filter { $0.number < ruling.number })
        return loan
    }

    /// The loan on the morning of a date.
    func loan(_ paper: LoanPaper, until day: Int) -> ClerkLoan {
        var loan = ClerkLoan(paper)
        for day in paper.disbursedOn..<Swift.max(paper.disbursedOn, day) {
            loan.live(day, counting(on: day))
        }
        return loan
    }

    /// What has come after earlier rulings, and later than this one.
    func belated(_ ruling: Voucher) -> [Ruling] {
        filter { $0.number > ruling.number }.rulings.filter { one in
            one.corrects.map { Voucher.firstRuling + $0 < ruling.number } == true
        }
    }
}
