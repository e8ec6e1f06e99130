package import BusinessCalendar

// What a run decides, as facts of the loans.

extension LossOutcome {
    /// The decisions about each loan in their order, written-off loans aside.
    package var decisions: [LoanID: [LossDecision]] {
        var decisions: [LoanID: [LossDecision]] = [:]
        for draw in draws where draw.taken.total > 0 {
            decisions[draw.loan, default: []].append(LossDecision(draw))
        }
        for transfer in transfers {
            decisions[transfer.loan, default: []].append(LossDecision(transfer))
        }
        return decisions
    }
}

/// What is decided about a loan, with the name that it has among the decisions of its date.
package struct LossDecision: Hashable, Sendable {
    package let name: String
    package let kind: LoanFact.Kind

    package init(name: String, kind: LoanFact.Kind) {
        self.name = name
        self.kind = kind
    }

    fileprivate init(_ draw: LossDraw) {
        name = "\(draw.layer).\(draw.lender)"
        switch draw.way {
        case .invocation:
            kind = .indemnified(
                Indemnity(
                    reason: .invocation, payer: draw.provider, payee: draw.lender,
                    amounts: draw.taken, ground: draw.layer))
        case .compensation(let scope):
            let claims = ClaimAmounts(
                principal: draw.taken.principal, interest: draw.taken.interest)
            kind = .assigned(
                Assignment(
                    reason: .compensation, from: draw.lender, to: draw.provider, claims: claims,
                    price: draw.taken.total, ground: draw.layer,
                    throughInstalment: scope == .loan ? nil : draw.instalments.last?.number))
        }
    }

    fileprivate init(_ transfer: LossTransfer) {
        name = "\(transfer.layer).\(transfer.from).\(transfer.to)"
        kind = .indemnified(
            Indemnity(
                reason: .lossSharing, payer: transfer.from, payee: transfer.to,
                amounts: LossAmounts(principal: transfer.amount), ground: transfer.layer))
    }

    /// Whether a fact is one that the close of its date has decided: no other lies so late.
    package static func isOfClose(_ fact: LoanFact) -> Bool {
        switch fact.kind {
        case .assigned, .indemnified, .chargeOff: fact.instant > end(of: fact.valueDate)
        default: false
        }
    }

    private static func end(of date: BusinessDate) -> Int64 {
        Int64(date.dayNumber + 2) * 86_400_000_000
    }

    /// The fact of it: after everything else that counts from the date, in every time zone, and
    /// after the decisions before it.
    package func fact(of loan: LoanID, endOf date: BusinessDate, number: Int) -> LoanFact {
        LoanFact(
            id: "\(loan).\(name).\(date)", kind: kind, valueDate: date, bookingDate: date,
            instant: LossDecision.end(of: date) + Int64(number))
    }
}
