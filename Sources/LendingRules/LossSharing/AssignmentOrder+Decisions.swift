import BusinessCalendar
import Monetary

extension AssignmentOrder {
    /// What it comes to at a position; nothing where there is nothing to go, or where what was
    /// counted at a cut-off has gone elsewhere since.
    func decisions(of contract: LoanContract, _ facts: [LoanFact], at position: LoanPosition)
        throws(ServicingError) -> [LossDecision]
    {
        guard let holder = contract.lenders.firstIndex(of: from), !position.isUndone else {
            return []
        }
        let held = position.lenders[holder]
        var (order, passed): (AssignmentOrder, Indemnity?) = (self, nil)
        if let counted {
            let start = try contract.cutOff(counted.cutOff, facts)
            guard let more = followed(facts, from: start, to: position, holder) else { return [] }
            order = try raised(by: more, of: start.lenders[holder].claims)
            passed = passedThrough(
                SharePeriod(
                    share: ShareID(loan: contract.loan, holder: from),
                    from: start.lenders[holder], to: held),
                cash: contract.cash(of: holder, at: position) { $0.valueDate > counted.cutOff }
                    .losses)
        }
        let moved = try ServicingError.amounts { () throws(AmountError) in
            try order.assignment(of: held.claims)
        }
        guard let moved else { return [] }
        let kinds = [.assigned(moved)] + (passed.map { [LoanFact.Kind.indemnified($0)] } ?? [])
        return zip([reason.rawValue, Indemnity.Reason.poolCollection.rawValue], kinds).map {
            LossDecision(name: "\($0).\(from).\(to)", kind: $1)
        }
    }

    /// What has come to a share since its cut-off because it was its all along: claims that follow
    /// decisions of before. Nil where something else has moved, or what moved has gone: then the
    /// share is not there any more to be sold.
    ///
    /// Components are compared as wholes, since another holder's claims that move may make overdue
    /// what was not. What has been written off since cannot go any more, nor what comes in on it.
    private func followed(
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

extension LoanContract {
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
