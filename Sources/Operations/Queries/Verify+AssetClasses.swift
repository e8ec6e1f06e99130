import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

extension Verify {
    /// The class of every claim, and what is kept for it, follow from the days past due of every
    /// loan and the rules that were kept: recomputed over all loans of all dates, without knowing
    /// which of them a close looked at.
    func checkClasses(
        _ sheets: [BusinessDate: RecomputedDay], _ rules: [KeptAssetRules],
        of closed: [BusinessDate]
    ) async throws -> Divergence? {
        var auditor = ClassAuditor()
        let byDate = Dictionary(grouping: rules, by: \.date)
        for date in closed {
            for version in byDate[date] ?? [] {
                guard auditor.take(version) else {
                    return Divergence(
                        .classes, on: date, at: version.lender.name, "its rules cannot be read")
                }
            }
            let day = try auditor.close(date, sheets[date]?.aged ?? [])
            if let found = try await compare(day, on: date) { return found }
        }
        return nil
    }

    private func compare(_ day: AssetClassDay, on date: BusinessDate) async throws -> Divergence? {
        let changes = try await source.assetClassChanges(on: date)
        if let claim = Set(day.changes).symmetricDifference(changes).map(\.claim).min() {
            return Divergence(
                .classes, on: date, at: "\(claim.loan) \(claim.lender)",
                "the facts give \(words(day.changes, claim)), the store has "
                    + words(changes, claim))
        }
        let targets = try await source.provisionTargets(on: date)
        if let claim = Set(day.provisions).symmetricDifference(targets).map(\.claim).min() {
            return Divergence(
                .classes, on: date, at: "\(claim.loan) \(claim.lender)",
                "the facts give \(words(day.provisions, claim)), the store has "
                    + words(targets, claim))
        }
        let stored = try await books.entries(from: date, through: date, book: nil)
            .filter { $0.kind == .provision }
        let rows = Set(day.ledger).symmetricDifference(stored)
        return rows.min().map {
            Divergence(
                .classes, on: date, at: "\($0.posting.book.name) \($0.posting.account)",
                "the entries of provisions are not those of the claims")
        }
    }

    private func words(_ changes: [AssetClassChange], _ claim: ClaimKey) -> String {
        changes.first { $0.claim == claim }.map {
            "\($0.before.rawValue) to \($0.after.assetClass.rawValue) (\($0.after.cause.rawValue))"
        } ?? "no change of class"
    }

    private func words(_ targets: [ProvisionTarget], _ claim: ClaimKey) -> String {
        targets.first { $0.claim == claim }.map { "a provision of \($0.amount)" }
            ?? "the provision of before"
    }
}

/// Every claim with its class and provision, date by date.
private struct ClassAuditor {
    private var rules: [PartyID: AssetRules] = [:]
    private var loans: [LoanID: AgedLoan] = [:]
    private var kept: [ClaimKey: KeptClaim] = [:]

    /// Whether the rules could be read.
    mutating func take(_ version: KeptAssetRules) -> Bool {
        rules[version.lender] = AssetRules(canonicalText: version.text)
        return version.text.isEmpty || rules[version.lender] != nil
    }

    /// The next date, with the loans that are other than the day before.
    mutating func close(_ date: BusinessDate, _ aged: [AgedLoan]) throws(AmountError)
        -> AssetClassDay
    {
        for loan in aged { loans[loan.loan] = loan }
        var standings: [ClaimKey: AssetStanding] = [:]
        var byBorrower: [String: [(lender: PartyID, own: AssetClass)]] = [:]
        for loan in loans.values {
            for claim in loan.claims {
                let key = ClaimKey(loan.loan, claim.lender)
                let standing = rules[claim.lender]?.standing(
                    after: kept[key]?.standing ?? .normal, loan.status(of: claim), on: date)
                standings[key] = standing ?? .normal
                byBorrower[loan.borrower, default: []].append(
                    (claim.lender, standing?.assetClass ?? .normal))
            }
        }
        var day = DayRows(date: date)
        for loan in loans.values {
            for claim in loan.claims {
                let key = ClaimKey(loan.loan, claim.lender)
                let own = standings[key] ?? .normal
                let held = pulled(
                    own.assetClass, claim, by: byBorrower[loan.borrower] ?? [])
                try day.add(loan, key, own, held, try target(loan, claim, held), &kept)
            }
        }
        return day.result
    }

    private func pulled(
        _ own: AssetClass, _ claim: AgedClaim, by others: [(lender: PartyID, own: AssetClass)]
    ) -> HeldClass {
        guard let rules = rules[claim.lender] else { return HeldClass(.normal) }
        let pulling = others.filter { other in
            switch rules.crossDefault {
            case .none: false
            case .lender: other.lender == claim.lender
            case .everyLender: true
            }
        }
        let worst = pulling.map(\.own).max() ?? .normal
        return claim.isOpen && worst > own ? HeldClass(worst, .crossDefault) : HeldClass(own)
    }

    private func target(_ loan: AgedLoan, _ claim: AgedClaim, _ held: HeldClass)
        throws(AmountError) -> Int64
    {
        try rules[claim.lender]?.provisions.target(
            of: claim.claims, in: held.assetClass,
            isNonAccrual: loan.status.accrual == .nonAccrual) ?? 0
    }
}

/// What a date should have written.
private struct DayRows {
    let date: BusinessDate
    private var changes: [AssetClassChange] = []
    private var provisions: [ProvisionTarget] = []
    private var sheet: LedgerSheet

    init(date: BusinessDate) {
        self.date = date
        sheet = LedgerSheet(date: date)
    }

    mutating func add(
        _ loan: AgedLoan, _ key: ClaimKey, _ own: AssetStanding, _ held: HeldClass,
        _ target: Int64, _ kept: inout [ClaimKey: KeptClaim]
    ) throws(AmountError) {
        let before = kept[key] ?? .none
        if held.assetClass != before.held || own != before.standing {
            changes.append(
                AssetClassChange(
                    claim: key, date: date, before: before.held, after: held, standing: own,
                    status: loan.status))
        }
        if target != before.provision {
            provisions.append(
                ProvisionTarget(claim: key, date: date, currency: loan.currency, amount: target))
            for posting in AssetClassSheet.postings(
                of: target - before.provision, at: key.lender, loan.currency)
            {
                try sheet.add(posting, shard: loan.shard, agreement: loan.agreement)
            }
        }
        kept[key] = KeptClaim(held: held.assetClass, standing: own, provision: target)
    }

    var result: AssetClassDay {
        AssetClassDay(
            date: date, rules: [], changes: changes, provisions: provisions, ledger: sheet.rows)
    }
}
