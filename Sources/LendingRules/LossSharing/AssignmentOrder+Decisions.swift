import BusinessCalendar
import Monetary

extension AssignmentOrder {
    /// What it comes to at a position; nothing where there is nothing to go, or where what was
    /// counted at a cut-off has gone elsewhere since, unless a clean-up call counted it: who calls
    /// pays for what was there, and has what came of it.
    func decisions(of contract: LoanContract, _ facts: [LoanFact], at position: LoanPosition)
        throws(ServicingError) -> [LossDecision]
    {
        guard let holder = contract.lenders.firstIndex(of: from), !position.isUndone else {
            return []
        }
        var (order, passed): (AssignmentOrder, Indemnity?) = (self, nil)
        if let counted {
            let start = try contract.cutOff(counted.cutOff, facts)
            let more = followed(facts, from: start, to: position, holder)
            guard more != nil || isCall(facts) else { return [] }
            order = try raised(by: more ?? ClaimAmounts(), of: start.lenders[holder].claims)
            passed = passedThrough(
                contract.period(of: holder, from: start, to: position),
                cash: contract.proceeds(
                    of: holder, from: start, to: position, withPrices: more == nil))
        }
        let moved = try ServicingError.amounts { () throws(AmountError) in
            try order.assignment(of: position.lenders[holder].claims)
        }
        guard let moved else { return [] }
        let kinds = [.assigned(moved)] + (passed.map { [LoanFact.Kind.indemnified($0)] } ?? [])
        return zip([reason.rawValue, Indemnity.Reason.poolCollection.rawValue], kinds).map {
            LossDecision(name: "\($0).\(from).\(to)", kind: $1)
        }
    }

    /// Whether it takes back what its pool has bought.
    private func isCall(_ facts: [LoanFact]) -> Bool {
        facts.contains { fact in
            guard case .assigned(let sale) = fact.kind else { return false }
            return sale.reason == .poolSale && sale.ground == ground && sale.to == from
        }
    }

    /// Whether a call has taken the prices of claims that went otherwise, as some facts had it.
    func tookPrices(_ contract: LoanContract, _ facts: [LoanFact], on date: BusinessDate)
        throws(ServicingError) -> Bool
    {
        guard let counted, let holder = contract.lenders.firstIndex(of: from) else { return false }
        let start = try contract.cutOff(counted.cutOff, facts)
        let end = try contract.position(facts: facts, at: date)
        return followed(facts, from: start, to: end, holder) == nil
    }

    /// What has come to a share since its cut-off because it was its all along: claims that follow
    /// decisions of before; nil where something else has moved, or what moved has gone: then the
    /// share is not there any more to be sold.
    ///
    /// Components are compared as wholes, since another holder's claims that move may make overdue
    /// what was not. What has been written off since cannot go any more, nor what comes in on it.
    fileprivate func followed(
        _ facts: [LoanFact], from start: LoanPosition, to now: LoanPosition, _ holder: Int
    ) -> ClaimAmounts? {
        if now.isStopped && !start.isStopped { return nil }
        let change = now.lenders[holder].transferred.claim - start.lenders[holder].transferred.claim
        let more = facts.following(decisionsUpTo: start.date).reduce(ClaimAmounts()) {
            $0 + ($1.to == from ? $1.claims : ClaimAmounts())
                - ($1.from == from ? $1.claims : ClaimAmounts())
        }
        return change == more && more.belowZero == ClaimAmounts() ? more : nil
    }

    /// At the price that it would have had, had so much more of its claims been known: in
    /// proportion, rounded half up.
    private func raised(by more: ClaimAmounts, of claims: Components) throws(ServicingError)
        -> AssignmentOrder
    {
        let whole = claims.claim.clampedTotal
        guard let counted, more != ClaimAmounts(), whole > 0 else { return self }
        let added = Int128(more.clampedTotal) * Int128(counted.price)
        guard
            let price = Int64(
                exactly: Int128(counted.price) + (2 * added + Int128(whole)) / (2 * Int128(whole)))
        else { throw .amount(.overflow) }
        return AssignmentOrder(
            reason: reason, from: from, to: to, share: share, priceRatio: priceRatio,
            ground: ground, counted: CountedPrice(price: price, cutOff: counted.cutOff))
    }
}

extension [LoanFact] {
    /// What has moved since the close of a date to put decisions of before right.
    fileprivate func following(decisionsUpTo date: BusinessDate) -> [Assignment] {
        let old = Set(lazy.filter { $0.bookingDate <= date }.map(\.id))
        return compactMap { fact in
            guard fact.bookingDate > date, case .assigned(let one) = fact.kind,
                old.contains(one.corrects)
            else { return nil }
            return one
        }
    }
}

extension HolderCash {
    /// What others have paid for claims of a holder between two positions.
    func prices(of holder: Int, from start: LoanPosition, to end: LoanPosition) -> Int64 {
        let moved = end.lenders[holder].transferred - start.lenders[holder].transferred
        return moves - moved.total
    }
}

extension LoanContract {
    /// A holder's period between two positions.
    func period(of holder: Int, from start: LoanPosition, to end: LoanPosition)
        -> SharePeriod
    {
        SharePeriod(
            share: ShareID(loan: loan, holder: lenders[holder]),
            from: start.lenders[holder], to: end.lenders[holder])
    }

    /// What has come to a holder between two positions besides what borrowers pay: of covers and of
    /// who bears waivers, and the prices of claims that went where those count.
    fileprivate func proceeds(
        of holder: Int, from start: LoanPosition, to end: LoanPosition, withPrices: Bool
    ) -> LossAmounts {
        let came = cash(of: holder, at: end) { $0.valueDate > start.date }
        var proceeds = came.losses
        if withPrices { proceeds.principal += came.prices(of: holder, from: start, to: end) }
        return proceeds
    }

    /// The loan as it was known at the close of a cut-off.
    func cutOff(_ date: BusinessDate, _ facts: [LoanFact]) throws(ServicingError) -> LoanPosition {
        try position(facts: facts.filter { $0.bookingDate <= date }, at: date)
    }
}

extension LossDraw {
    /// An order of which nothing came: its claims are not there any more.
    init(_ order: AssignmentOrder, of contract: LoanContract, at position: LoanPosition) {
        let claims =
            contract.lenders.firstIndex(of: order.from).map { position.lenders[$0].claims.claim }
        self.init(
            loan: contract.loan, layer: order.reason.rawValue, provider: order.to,
            lender: order.from, way: .compensation(.loan),
            asked: LossAmounts(claims ?? ClaimAmounts()), taken: .zero, instalments: [],
            cover: nil, shortfall: .gone)
    }
}
