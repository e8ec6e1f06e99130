import BusinessCalendar

/// A loan's claims that were written off whole on a date.
///
/// The decision keeps its amounts when a payment from before it is taken back; whose claims they
/// take does not: where others have bought since, somebody has lost less by it and another more.
struct LossesGone {
    let date: BusinessDate
    /// When it was decided.
    let bookedOn: BusinessDate
    /// What each lender has lost by then, as it was known when it was decided and as it is now.
    private let lost: [PartyID: (then: LossAmounts, now: LossAmounts)]

    init(
        _ date: BusinessDate, bookedOn: BusinessDate,
        lost: [PartyID: (then: LossAmounts, now: LossAmounts)]
    ) {
        (self.date, self.bookedOn, self.lost) = (date, bookedOn, lost)
    }

    /// What was paid a lender for what has gone: all of it where as much has gone as was known.
    /// Rounded down.
    func part(of paid: LossAmounts, _ lender: PartyID) -> LossAmounts {
        guard let (then, now) = lost[lender] else { return paid }
        func part(_ paid: Int64, _ now: Int64, _ then: Int64) -> Int64 {
            then > 0 ? Int64(Int128(paid) * Int128(now) / Int128(then)) : paid
        }
        return LossAmounts(
            principal: part(paid.principal, now.principal, then.principal),
            interest: part(paid.interest, now.interest, then.interest))
    }
}

extension LoanContract {
    /// What was written off before a position's date; nil where nothing was, or nothing is left
    /// that could be lost again.
    ///
    /// - Parameters:
    ///   - facts: Those of the position.
    ///   - all: With payments that were taken back since.
    func lossesGone(_ facts: [LoanFact], of all: [LoanFact], before position: LoanPosition)
        throws(ServicingError) -> LossesGone?
    {
        let left = position.lenders.map(\.claims)
        guard left.contains(where: { $0.allPrincipal + $0.allInterest > 0 }) else { return nil }
        let last = facts.filter { $0.isFullChargeOff && $0.valueDate < position.date }.max()
        guard let last else { return nil }
        let date = last.valueDate
        let known = all.filter { $0.bookingDate <= last.bookingDate }
        let then = try self.position(facts: known.asIfReversedNeverCame, at: date)
        let now = try self.position(facts: facts.asIfReversedNeverCame, at: date)
        var lost: [PartyID: (then: LossAmounts, now: LossAmounts)] = [:]
        for (index, lender) in lenders.enumerated() {
            lost[lender] = (
                LossAmounts(writtenOff: then.lenders[index]),
                LossAmounts(writtenOff: now.lenders[index])
            )
        }
        return LossesGone(date, bookedOn: last.bookingDate, lost: lost)
    }
}

extension LossAmounts {
    fileprivate init(writtenOff lender: LenderPosition) {
        self.init(
            principal: lender.chargedOff.allPrincipal, interest: lender.chargedOff.allInterest)
    }
}

extension LoanFact {
    fileprivate var isFullChargeOff: Bool {
        if case .chargeOff(_, isFull: true) = kind { true } else { false }
    }
}
