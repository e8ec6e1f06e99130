import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

/// The classes and provisions of a date's loans, whatever the order in which they come.
struct AssetClassSheet {
    /// A claim with what is kept of it and what its loan makes of it by itself.
    private struct Line {
        let loan: AgedLoan
        let claim: AgedClaim
        let kept: KeptClaim
        let standing: AssetStanding
    }

    private let date: BusinessDate
    private let rules: [PartyID: AssetRules]
    private var lines: [Line] = []
    private var borrowers: [String: BorrowerClasses] = [:]
    /// Borrowers whose other loans may be in another class for what was taken.
    private(set) var borrowersToRead: Set<String> = []

    init(date: BusinessDate, rules: [PartyID: AssetRules]) {
        self.date = date
        self.rules = rules
    }

    /// Takes a loan, once, with what is kept of its claims.
    mutating func take(_ loan: AgedLoan, _ kept: [ClaimKey: KeptClaim]) {
        for claim in loan.claims {
            let earlier = kept[ClaimKey(loan.loan, claim.lender)] ?? .none
            let standing =
                rules[claim.lender]?.standing(
                    after: earlier.standing, loan.status(of: claim), on: date) ?? .normal
            lines.append(Line(loan: loan, claim: claim, kept: earlier, standing: standing))
            borrowers[loan.borrower, default: BorrowerClasses()]
                .add(standing.assetClass, at: claim.lender)
            if loan.hasNewClaims || standing.assetClass != earlier.standing.assetClass
                || standing.assetClass != earlier.held
            {
                borrowersToRead.insert(loan.borrower)
            }
        }
    }

    /// What the date writes.
    ///
    /// - Throws: ``AmountError/overflow``.
    func result(_ changedRules: [KeptAssetRules]) throws(AmountError) -> AssetClassDay {
        var changes: [AssetClassChange] = []
        var provisions: [ProvisionTarget] = []
        var sheet = LedgerSheet(date: date)
        for line in lines {
            let held = self.held(line)
            let key = ClaimKey(line.loan.loan, line.claim.lender)
            if held.assetClass != line.kept.held || line.standing != line.kept.standing {
                changes.append(
                    AssetClassChange(
                        claim: key, date: date, before: line.kept.held, after: held,
                        standing: line.standing, status: line.loan.status))
            }
            let target = try self.target(line, in: held.assetClass)
            guard target != line.kept.provision else { continue }
            provisions.append(
                ProvisionTarget(
                    claim: key, date: date, currency: line.loan.currency, amount: target))
            for posting in AssetClassSheet.postings(
                of: target - line.kept.provision, at: line.claim.lender, line.loan.currency)
            {
                try sheet.add(posting, shard: line.loan.shard, agreement: line.loan.agreement)
            }
        }
        return AssetClassDay(
            date: date, rules: changedRules, changes: changes.sorted { $0.claim < $1.claim },
            provisions: provisions.sorted { $0.claim < $1.claim }, ledger: sheet.rows)
    }

    private func held(_ line: Line) -> HeldClass {
        guard let rules = rules[line.claim.lender], let classes = borrowers[line.loan.borrower]
        else { return HeldClass(.normal) }
        return classes.held(
            line.standing.assetClass, at: line.claim.lender, isOpen: line.claim.isOpen,
            under: rules.crossDefault)
    }

    private func target(_ line: Line, in assetClass: AssetClass) throws(AmountError) -> Int64 {
        guard let rules = rules[line.claim.lender] else { return 0 }
        return try rules.provisions.target(
            of: line.claim.claims, in: assetClass,
            isNonAccrual: line.loan.status.accrual == .nonAccrual)
    }

    /// What is put by, or below zero taken back, in the lender's own book.
    static func postings(of amount: Int64, at lender: PartyID, _ currency: Currency)
        -> [KindedPosting]
    {
        [(Account.provisionExpense, amount), (.allowance, -amount)].map { account, amount in
            KindedPosting(
                .provision,
                Posting(book: lender.book, account: account, currency: currency, amount: amount))
        }
    }
}
