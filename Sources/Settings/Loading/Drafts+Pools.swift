import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

extension Drafts {
    /// Who sells and buys pools, and whether their notes can be paid by.
    func checkPools(_ findings: Findings) {
        let names = parties.compactMap(\.name)
        for pool in pools {
            refuseRepetition(pool.select.sellers, "seller", findings)
            for product in pool.select.products {
                checkKnown(
                    product, "product", among: products.compactMap(\.name), "products", findings)
            }
            for party in pool.select.sellers + [pool.buyer, pool.caller].compactMap({ $0 }) {
                checkKnown(party, "party", among: names, "parties", findings)
            }
            for lender in pool.select.sellers + [pool.caller].compactMap({ $0 }) {
                check(lender, "it holds no shares of loans", findings) { $0.lends }
            }
            if let buyer = pool.buyer {
                check(buyer, "a party of kind spv buys a pool", findings) { $0 == .spv }
            }
            if let calendar = pool.notes?.calendar {
                checkKnown(
                    calendar, "calendar", among: calendars.compactMap(\.name), "calendars",
                    findings)
            }
            checkDates(pool, findings)
            checkNotes(pool, findings)
        }
        checkPoolAccounts(findings)
    }

    private func check(
        _ party: Located<String>, _ allowed: String, _ findings: Findings,
        _ isRight: (PartyDraft.Kind) -> Bool
    ) {
        guard let kind = parties.first(where: { $0.name?.value == party.value })?.kind?.value,
            !isRight(kind)
        else { return }
        findings.report(
            .contradiction, "\(party.value) is of kind \(kind.rawValue)", key: party.key,
            at: party.place, allowed: allowed)
    }

    private func checkDates(_ pool: PoolDraft, _ findings: Findings) {
        guard let cutOff = pool.cutOff, let settlesOn = pool.settlesOn,
            settlesOn.value <= cutOff.value
        else { return }
        findings.report(
            .contradiction, "the pool settles on \(settlesOn.value)", key: settlesOn.key,
            at: settlesOn.place,
            allowed: "shares are counted at the end of \(cutOff.value) and settle after it")
    }

    /// What is passed through until settlement belongs to the first period.
    private func checkFirstPeriod(_ plan: PoolPlan, _ notes: PoolNotesDraft, _ findings: Findings) {
        guard let end = plan.notes?.payments.payment(1).to, end < plan.settlesOn else { return }
        findings.report(
            .contradiction, "the first collection period ends on \(end)", key: notes.key,
            at: notes.place, allowed: "it ends on the settlement date or after it")
    }

    /// With any principal the terms are to be such that a payment date can be computed.
    private func checkNotes(_ pool: PoolDraft, _ findings: Findings) {
        guard let currency = platform?.currency?.value, let notes = pool.notes,
            let plan = pool.plan(currency, calendars.compactMap(\.calendar)),
            let terms = plan.deal(over: 1)
        else { return }
        checkFirstPeriod(plan, notes, findings)
        do throws(DealTermsError) {
            try terms.check()
        } catch {
            findings.report(
                .contradiction, error.words, key: notes.key, at: notes.place,
                allowed: "tranches have names of their own; counts are of tranches there are; the "
                    + "final date is after settlement")
        }
    }

    private func checkPoolAccounts(_ findings: Findings) {
        guard let chart else { return }
        func require(_ accounts: [Account], _ pool: PoolDraft?, _ what: String) {
            guard let name = pool?.name else { return }
            for account in accounts where !chart.numbers.contains(account.description) {
                findings.report(
                    .incompleteChart, "account \(account) is missing for pools", key: name.key,
                    at: name.place,
                    allowed: "\(what) are posted to it: add an entry to chart-of-accounts.yaml")
            }
        }
        require(Account.ofPools, pools.first, "sales")
        require(Account.ofNotes, pools.first { $0.notes != nil }, "notes")
    }
}

extension DealTermsError {
    fileprivate var words: String {
        switch self {
        case .unusableTranches: "the tranches are none, or two of one name"
        case .unusableCount(let name): "\(name) counts more tranches than there are"
        case .unusableAmount(let name): "an amount of \(name) cannot be"
        case .unusableDates: "cut-off, settlement and final date do not follow each other"
        }
    }
}
