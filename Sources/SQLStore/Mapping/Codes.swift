package import BusinessCalendar
package import LendingRules
package import Monetary
package import Operations
package import Reconciling

/// The codes of a loan's lifecycle.
package enum LoanCodes {
    /// States of loans; those not decided yet come first.
    package static let states = CodeTable<LoanState>([
        .approved: 0, .funding: 1, .ready: 2, .payingOut: 3, .payoutFailed: 4,
        .payoutInDoubt: 5, .disbursed: 6, .declined: 7, .cancelled: 8,
        .transferring: 9,
    ])

    /// Loans whose funding is not concluded; the condition of an index.
    static let isUndecided = "state <= 2"

    /// Loans paid out whose shares are being transferred; the condition of an index.
    static let isTransferring = "state = 9"
}

/// The codes of a funding request's lifecycle.
package enum RequestCodes {
    /// States of requests; those on which something is left to do come first.
    package static let states = CodeTable<RequestState>([
        .planned: 0, .sent: 1, .pending: 2, .inDoubt: 3, .reversing: 4, .reversalInDoubt: 5,
        .accepted: 6, .refused: 7, .confirmed: 8, .reversed: 9, .reversalRefused: 10, .returned: 11,
    ])

    /// What people say became of a request.
    static let resolutions = CodeTable<ResolutionOutcome>([.accepted: 0, .notFunded: 1])

    /// Requests on which something is left to do; the condition of an index.
    static let isOpen = "state <= 5"
}

/// The codes of what partners say on their own.
package enum CallbackCodes {
    /// A partner's words.
    package static let words = CodeTable<PartnerWord>([
        .pending: 0, .accepted: 1, .confirmed: 2, .refused: 3, .reversing: 4, .reversed: 5,
    ])
    /// What a word came to; those that fitted come first, and a duplicate is never kept.
    package static let outcomes = CodeTable<CallbackOutcome>([
        .applied: 0, .known: 1, .late: 2, .doubted: 3, .contradiction: 4, .duplicate: 5,
    ])

    /// Words that fitted.
    static let isFitting = "outcome <= 1"
    /// Words that contradict what was decided; the condition of an index.
    static let isContradiction = "outcome = 4"
}

/// The codes of a payout's lifecycle.
package enum PayoutCodes {
    /// States of payouts; those on which something is left to do come first.
    package static let states = CodeTable<PayoutState>([
        .planned: 0, .sent: 1, .inDoubt: 2, .confirmed: 3, .failed: 4, .disbursed: 5,
        .abandoned: 6,
    ])

    /// Payouts on which something is left to do; the condition of an index.
    static let isOpen = "state <= 4"
}

/// The codes of the conventions of schedules.
package enum ScheduleCodes {
    /// How principal comes back.
    package static let methods = CodeTable<ScheduleMethod>([
        .equalInstalment: 0, .equalPrincipal: 1, .flat: 2, .interestOnly: 3, .bullet: 4,
        .principalGrace: 5, .daily: 6, .statementCycle: 7,
    ])
    /// Day counts.
    package static let dayCounts = CodeTable<DayCount>([
        .thirty360: 0, .actual365Fixed: 1, .thirtyE360: 2, .thirty360US: 3, .actual360: 4,
        .actual364: 5, .actualActualISDA: 6, .actualActualYearEnd: 7,
    ])
    /// Roundings.
    package static let roundings = CodeTable<Rounding>([
        .halfEven: 0, .halfUp: 1, .up: 2, .down: 3,
    ])
}

/// The codes of lines of facts.
package enum FactLineCodes {
    /// What a line is about.
    package static let kinds = CodeTable<FactLine.Kind>([
        .waiver: 0, .chargeOff: 1, .partialChargeOff: 2, .recovery: 3,
        .transfer: 4, .compensation: 5, .buyBack: 6, .substitution: 7, .invocation: 8,
        .lossSharing: 9, .poolSale: 10, .poolCollection: 11, .collectionCost: 12, .sale: 13,
    ])
}

/// The codes of the reconciliation of a partner's date.
package enum ReconciliationCodes {
    /// States; those from 2 on are over.
    package static let states = CodeTable<ReconciliationState>([
        .awaiting: 0, .missing: 1, .reconciled: 2, .withBreaks: 3,
    ])
    /// Sides of a line.
    package static let sides = CodeTable<Side>([.ours: 0, .theirs: 1])
}

/// The codes of limits.
package enum LimitCodes {
    /// Over how long a limit counts.
    package static let spans = CodeTable<LimitSpan>([
        .day: 0, .month: 1, .outstanding: 2, .reserve: 3,
    ])
    /// What is told apart: all values together. One value has the code beyond ``oneValue``; what
    /// counts all of a lender's shares has 0.
    package static let dimensions = CodeTable<LimitDimension>([
        .borrower: 1, .region: 2, .grade: 3, .product: 4,
    ])
    /// The last code that is not of one value.
    static let oneValue: Int64 = 4

    /// The code of a scope.
    static func scope(_ scope: LimitScope) -> Int64 {
        switch scope {
        case .all: 0
        case .each(let dimension): dimensions.code(dimension)
        case .one(let dimension, _): oneValue + dimensions.code(dimension)
        }
    }

    /// The scope of a code in a column, with its value in another.
    static func scope(_ row: borrowing Row, _ column: Int, subject: Int) throws(StoreError)
        -> LimitScope
    {
        let code = try row.int64(column)
        if code == 0 { return .all }
        let isOne = code > oneValue
        let wanted = isOne ? code - oneValue : code
        let known = LimitDimension.allCases.first { dimensions.code($0) == wanted }
        guard let dimension = known else {
            throw .unexpectedValue(
                column: column, expected: "the code of a scope", found: "\(code)")
        }
        return isOne ? .one(dimension, try row.text(subject)) : .each(dimension)
    }
}

/// The codes of a break's lifecycle.
package enum BreakCodes {
    /// States of breaks.
    package static let states = CodeTable<KeptBreak.State>([
        .open: 0, .investigating: 1, .proposed: 2, .resolved: 3, .superseded: 4,
    ])
    /// Ways in which breaks are resolved; 0 stands for none.
    package static let resolutions = CodeTable<BreakResolution>([
        .rule: 1, .healed: 2, .approval: 3, .booked: 4,
    ])

    /// Breaks that are open; the condition of an index.
    static let isOpen = "state <= 2"
    /// Breaks that a later date closed; the condition of an index.
    static let isHealed = "healed_by > 0"
    /// Breaks about shares that stay with their banks; the condition of an index.
    static let isFunding = "kind = 'funding'"
    /// Breaks with an accepted difference in the books; the condition of an index.
    static let isAccepted = "(corrected <> 0 OR written_off <> 0)"
}
