// A clerk's vouchers of cash on claims: past due, due today, in advance.

extension ClerkLoan {
    mutating func spendAll(_ today: Int) {
        for index in cash.waiting.indices where cash.waiting[index].cents > 0 {
            spend(index, today)
        }
    }

    mutating func spend(_ index: Int, _ today: Int) {
        if isUndone { return }
        var left = cash.waiting[index].cents
        for page in closed..<due.count where left > 0 { pay(page, &left) }
        cash.waiting[index].cents = left
        if cash.waiting[index].cents > 0 { payAhead(today) }
    }

    /// Penalty, fee, interest, principal.
    private mutating func pay(_ page: Int, _ left: inout Int) {
        let before = left
        let first = min(left, due[page].onPrincipal.open)
        due[page].onPrincipal.settled += first
        let second = min(left - first, due[page].onInterest.open)
        due[page].onInterest.settled += second
        let fines = takeFines(page, first, second)
        give(fines.onPrincipal, 2, &left)
        give(fines.onInterest, 2, &left)
        give(due[page].fee.take(left), 3, &left)
        give(due[page].interest.take(left), 1, &left)
        give(due[page].principal.take(left), 0, &left)
        cash.spent += before - left
    }

    private mutating func give(_ heap: CentHeap, _ component: Int, _ left: inout Int) {
        if heap.count == 0 { return }
        left -= heap.count
        for (party, cents) in heap.parts(parties).enumerated() {
            ledger[party].settled[component] += cents
            if component == 0 { ledger[party].paidPrincipal += cents }
        }
    }

    /// Cash beyond all that has fallen due: accrued interest and principal.
    private mutating func payAhead(_ today: Int) {
        guard paper.early != .waits, stoppedOn == nil, !plan.pages.isEmpty else { return }
        var principal = 0
        for index in cash.waiting.indices {
            var left = cash.waiting[index].cents
            let before = left
            let interest = accrued.take(left)
            paidAhead += interest.count
            give(interest, 1, &left)
            let heap = undue.take(left)
            principal += heap.count
            give(heap, 0, &left)
            cash.spent += before - left
            cash.waiting[index].cents = left
        }
        if principal > 0 { plan.shrink(by: principal, interest: paidAhead, on: today) }
    }
}
