package import BusinessCalendar

/// Principal and interest, minor units.
package struct LossAmounts: Hashable, Sendable {
    package var principal: Int64
    package var interest: Int64

    package init(principal: Int64 = 0, interest: Int64 = 0) {
        self.principal = principal
        self.interest = interest
    }

    package static let zero = LossAmounts()

    package static func - (left: LossAmounts, right: LossAmounts) -> LossAmounts {
        LossAmounts(
            principal: left.principal - right.principal, interest: left.interest - right.interest)
    }

    package static func -= (left: inout LossAmounts, right: LossAmounts) { left = left - right }

    package static func += (left: inout LossAmounts, right: LossAmounts) {
        left.principal += right.principal
        left.interest += right.interest
    }

    /// Both together.
    package var total: Int64 { principal + interest }

    /// No part of it below zero.
    var owed: LossAmounts {
        LossAmounts(principal: max(0, principal), interest: max(0, interest))
    }

    /// Each part at most that of another.
    func capped(by other: LossAmounts) -> LossAmounts {
        LossAmounts(
            principal: min(principal, other.principal), interest: min(interest, other.interest))
    }
}

/// One loan at the end of a date on which its losses may be shared, after all facts of the day.
package struct LossCase: Hashable, Sendable {
    package let loan: LoanID
    /// The agreement that the loan has, by name; covers are the agreement's.
    package let agreement: String
    package let terms: LossTerms
    package let disbursedOn: BusinessDate
    package let daysPastDue: Int
    /// At the end of the day before; 0 for a loan that was lent on the date.
    package let previousDaysPastDue: Int
    /// Layers that somebody asks to pay on the date, by their names.
    package let instructed: Set<String>
    /// Whether somebody writes the loan off whole on the date.
    package let isWrittenOff: Bool
    /// When its days past due write it off.
    package var timing: ChargeOffTiming
    /// All lenders of the loan in agreement order, also those with nothing left.
    package let stakes: [LossStake]

    package init(
        loan: LoanID, agreement: String, terms: LossTerms, disbursedOn: BusinessDate,
        daysPastDue: Int, previousDaysPastDue: Int, instructed: Set<String> = [],
        isWrittenOff: Bool = false, timing: ChargeOffTiming = .onReaching, stakes: [LossStake]
    ) {
        self.loan = loan
        self.agreement = agreement
        self.terms = terms
        self.disbursedOn = disbursedOn
        self.daysPastDue = daysPastDue
        self.previousDaysPastDue = previousDaysPastDue
        self.instructed = instructed
        self.isWrittenOff = isWrittenOff
        self.timing = timing
        self.stakes = stakes
    }

    /// Whether the loan is written off whole on the date: by days past due, or by somebody.
    package var isChargedOff: Bool {
        if isWrittenOff { return true }
        return switch timing {
        case .onReaching: terms.chargeOffAt.map { reaches($0) } == true
        case .postponed: false
        case .caughtUp: true
        }
    }

    /// Whether the loan is so many days past due now and was not the day before.
    func reaches(_ days: Int) -> Bool { previousDaysPastDue < days && days <= daysPastDue }
}

/// When the days past due of a loan write it off, and so pull the layers that wait for that.
package enum ChargeOffTiming: Hashable, Sendable {
    /// On the date on which it becomes so late.
    case onReaching
    /// Not today, since claims move today for another reason.
    case postponed
    /// Today, since claims moved the day before.
    case caughtUp
}

/// What one lender of a loan may lose, and what it has been paid for it.
package struct LossStake: Hashable, Sendable {
    package let party: PartyID
    /// Its own unpaid part at the end of the date: principal, and interest that has accrued. What
    /// it took over from others by compensating them is no loss of a lender.
    package let claim: LossAmounts
    /// Of it what is still there to move: what is written off on the date is not.
    package let movable: LossAmounts
    /// What has been paid for the claim that it still has: invocations, and what it received less
    /// what it gave under the lenders' own loss shares.
    package let paid: LossAmounts
    /// By layer: what it has paid this lender for the loan so far, also for claims that moved.
    package let paidBy: [String: LossAmounts]
    /// Its part of what is past due, oldest instalment first; for layers that go by instalments.
    package let instalments: [InstalmentStake]

    package init(
        party: PartyID, claim: LossAmounts, movable: LossAmounts? = nil,
        paid: LossAmounts = .zero, paidBy: [String: LossAmounts] = [:],
        instalments: [InstalmentStake] = []
    ) {
        self.party = party
        self.claim = claim
        self.movable = movable ?? claim
        self.paid = paid
        self.paidBy = paidBy
        self.instalments = instalments
    }
}

/// One lender's part of an instalment that is past due.
package struct InstalmentStake: Hashable, Sendable {
    package let number: Int
    package let daysPastDue: Int
    /// At the end of the day before; 0 when it was not past due.
    package let previousDaysPastDue: Int
    package let claim: LossAmounts
    /// By layer: what it has paid the lender for of it.
    package let paidBy: [String: LossAmounts]

    package init(
        number: Int, daysPastDue: Int, previousDaysPastDue: Int, claim: LossAmounts,
        paidBy: [String: LossAmounts] = [:]
    ) {
        self.paidBy = paidBy
        self.number = number
        self.daysPastDue = daysPastDue
        self.previousDaysPastDue = previousDaysPastDue
        self.claim = claim
    }

    func reaches(_ days: Int) -> Bool { previousDaysPastDue < days && days <= daysPastDue }
}
