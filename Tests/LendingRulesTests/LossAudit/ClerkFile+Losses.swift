// What a loan's losses are tonight.

extension ClerkFile {
    /// The loan at tonight's table.
    func entry(_ today: Int, _ news: [Voucher], _ agreement: AgreementPaper) -> LossEntry {
        var called = Set<String>()
        for case .layer(let name) in vouchers.filter({ $0.value == today }).map(\.kind) {
            called.insert(name)
        }
        let paid = PaidTable(
            loan.settlements.map { ($0.ruling, $0.number) }, sales,
            open.hasAnything ? vouchers.strikes(paper, before: today) : [], agreement.layers)
        let isWrittenOff = news.contains(where: \.isWriteOff)
        // Orders of the day have moved claims: a loan that nobody writes off stands as it is now.
        let whole = isWrittenOff ? open : loan
        var entry = LossEntry(
            paper: paper, daysPastDue: whole.daysPastDue(today),
            yesterday: isNew ? 0 : yesterday.daysPastDue(today - 1), isWrittenOff: isWrittenOff,
            waits: hasTraded(today, agreement), hasWaited: hasWaited(today, agreement),
            called: called, seats: seats(today, whole, paid, agreement))
        if !isWrittenOff, entry.isChargedOff(agreement), let struck = struckTonight(today),
            !agreement.layers.contains(where: { $0.takesClaims && entry.isDue($0, agreement) })
        {
            for seat in entry.seats.indices {
                let party = entry.seats[seat].party
                guard let place = paper.parties.firstIndex(of: party) else { continue }
                entry.seats[seat].rest = (struck[place] - paid.cash(party)).notBelowZero
            }
        }
        return entry
    }

    /// Whether claims have gone otherwise than by a layer that waits for it to be written off.
    private func hasTraded(_ day: Int, _ agreement: AgreementPaper) -> Bool {
        vouchers.contains { voucher in
            guard case .ruling(let ruling) = voucher.kind else { return false }
            return voucher.value == day && ruling.isTrade(agreement)
        }
    }

    /// Whether it was late enough first on a day from which on claims were traded until last night.
    private func hasWaited(_ today: Int, _ agreement: AgreementPaper) -> Bool {
        guard isLate(today, agreement), let days = agreement.chargeOffAt else { return false }
        var first = today
        while hasTraded(first - 1, agreement) { first -= 1 }
        if first == today { return false }
        if first <= paper.disbursedOn { return true }
        let known = vouchers.filter { $0.booked < first }
        return known.loan(paper, until: first).daysPastDue(first - 1) < days
    }

    /// What everybody loses who did not pay for it, when all is written off before the night.
    private func struckTonight(_ today: Int) -> [PlainLoss]? {
        guard let noon else { return nil }
        var gone = noon
        gone.writeOff(nil, today)
        return paper.parties.indices.map { place in
            let had = noon.acquiredLeft(place)
            func struck(_ part: Int) -> Int {
                gone.ledger[place].chargedOff[part] - noon.ledger[place].chargedOff[part]
                    - had[part]
            }
            return PlainLoss(principal: max(0, struck(0)), interest: max(0, struck(1)))
        }
    }

    private func seats(
        _ today: Int, _ whole: ClerkLoan, _ paid: PaidTable, _ agreement: AgreementPaper
    ) -> [LossSeat] {
        let (now, then) = (loan.buckets(), whole.ledger)
        let byInstalment = agreement.layers.contains { $0.way == .claimsByInstalment }
        return paper.parties.indices.compactMap { place in
            guard whole.hasHeld[place], whole.isOwner[place] else { return nil }
            let bought = loan.acquiredLeft(place)
            let movable = PlainLoss(
                principal: max(0, now[place][0] + now[place][1] - bought[0]),
                interest: max(0, now[place][2] + now[place][3] - bought[1]))
            let struck = zip(loan.ledger[place].chargedOff, then[place].chargedOff).map { $0 - $1 }
            let had = whole.acquiredLeft(place)
            let claim = PlainLoss(
                principal: max(0, now[place][0] + now[place][1] + struck[0] - had[0]),
                interest: max(0, now[place][2] + now[place][3] + struck[1] - had[1]))
            let party = paper.parties[place]
            return LossSeat(
                party: party, rest: (claim - paid.cash(party)).notBelowZero,
                movable: movable, paidBy: paid.byLayer(party),
                pages: byInstalment ? pages(today, place) : [])
        }
    }

    private func pages(_ today: Int, _ place: Int)
        -> [LossPage]
    {
        let isOver = loan.stoppedOn.map { $0 < today } == true
        return loan.due.indices.compactMap { index in
            let page = loan.due[index]
            if page.unpaid == 0 { return nil }
            let wasOpen = index < yesterday.due.count && yesterday.due[index].unpaid > 0
            let mine = page.paidFor.filter { $0.key.lender == paper.parties[place] }
            return LossPage(
                number: index + 1, days: today - page.dueOn,
                yesterday: wasOpen ? today - 1 - page.dueOn : 0,
                part: page.part(of: place, loan.parties),
                paidBy: isOver
                    ? [:] : Dictionary(uniqueKeysWithValues: mine.map { ($0.key.layer, $0.value) }))
        }
    }
}

extension Ruling {
    /// Claims that go, but not by a layer that waits for them to be written off.
    func isTrade(_ agreement: AgreementPaper) -> Bool {
        if !movesClaims { return false }
        if kind != .compensation || corrects != nil { return true }
        return agreement.layers.contains { $0.name == layer && $0.trigger != .chargeOff }
    }
}

extension LayerPaper {
    fileprivate var takesClaims: Bool { provider >= 0 && way != .cash }
}

extension PlainLoss {
    /// More than the claim where more was given than got.
    fileprivate var notBelowZero: PlainLoss {
        PlainLoss(principal: max(0, principal), interest: max(0, interest))
    }
}
