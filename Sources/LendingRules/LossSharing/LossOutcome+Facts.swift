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

    /// What names of corrections begin with: those that follow payments taken back, and those that
    /// people want.
    static let revival = "revival-"
    static let correction = "correction-"

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

    /// The same under a name that no earlier decision of the date has.
    func numbered(after earlier: [LossDecision]) -> LossDecision {
        let names = Set(earlier.map(\.name))
        guard names.contains(name) else { return self }
        let free = (2...earlier.count + 2).first { !names.contains("\(name)-\($0)") } ?? 0
        return LossDecision(name: "\(name)-\(free)", kind: kind)
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

extension [LossDecision] {
    /// These and more after them, each with a name that no other has.
    func with(_ more: [LossDecision]) -> [LossDecision] {
        more.reduce(self) { $0 + [$1.numbered(after: $0)] }
    }
}

extension [LossDraw] {
    /// One for each layer and lender of a loan: what it was asked for and paid on the date in all,
    /// for new losses and for what has revived of earlier ones.
    var byLayer: [LossDraw] {
        var (draws, places) = ([LossDraw](), [[String]: Int]())
        for draw in self {
            let key = [draw.loan.text, draw.layer, draw.lender.name]
            if let place = places[key] {
                draws[place] = draws[place].with(draw)
            } else {
                places[key] = draws.count
                draws.append(draw)
            }
        }
        return draws
    }
}

extension LossDraw {
    fileprivate func with(_ more: LossDraw) -> LossDraw {
        var (asked, taken) = (asked, taken)
        asked += more.asked
        taken += more.taken
        return LossDraw(
            loan: loan, layer: layer, provider: provider, lender: lender, way: way, asked: asked,
            taken: taken, instalments: instalments + more.instalments, cover: more.cover ?? cover,
            shortfall: more.shortfall ?? shortfall)
    }
}
