// What a loan's losses are tonight.

extension ClerkFile {
    /// The loan at tonight's table.
    func entry(_ today: Int, _ news: [Voucher], _ agreement: AgreementPaper) -> LossEntry {
        var called = Set<String>()
        for case .layer(let name) in vouchers.filter({ $0.value == today }).map(\.kind) {
            called.insert(name)
        }
        let paid = PaidTable(
            settlementsThatCount(today).map { ($0.ruling, $0.number) }, sales)
        let isWrittenOff = news.contains(where: \.isWriteOff)
        // Orders of the day have moved claims: a loan that nobody writes off stands as it is now.
        let whole = isWrittenOff ? open : loan
        return LossEntry(
            paper: paper, daysPastDue: whole.daysPastDue(today),
            yesterday: isNew ? 0 : yesterday.daysPastDue(today - 1), isWrittenOff: isWrittenOff,
            called: called, seats: seats(today, whole, paid, agreement))
    }

    /// Claims written off since are gone, and with them what was paid for them.
    private func settlementsThatCount(_ today: Int) -> [Settlement] {
        guard let gone = open.stoppedOn, gone < today else { return loan.settlements }
        return loan.settlements.filter { $0.day > gone }
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

extension PlainLoss {
    /// More than the claim where more was given than got.
    fileprivate var notBelowZero: PlainLoss {
        PlainLoss(principal: max(0, principal), interest: max(0, interest))
    }
}
