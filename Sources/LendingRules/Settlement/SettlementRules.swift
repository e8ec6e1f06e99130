/// How one partner is settled; the day itself is a matter of its agreement.
package struct SettlementRules: Hashable, Sendable {
    /// Minor units below which a net is not worth a transfer and carries over.
    package let minimum: Int64
    package let netting: NettingRule
    package let collect: CollectRule
    package let ifMissing: MissingFilesRule
    package let approval: ApprovalRule

    package init(
        minimum: Int64 = 0, netting: NettingRule = .all, collect: CollectRule = .request,
        ifMissing: MissingFilesRule = .hold, approval: ApprovalRule = .automatic
    ) {
        self.minimum = minimum
        self.netting = netting
        self.collect = collect
        self.ifMissing = ifMissing
        self.approval = approval
    }
}

/// What becomes one instruction.
package enum NettingRule: String, Sendable, CaseIterable {
    /// Everything of a currency.
    case all
    /// Each type of obligation for itself.
    case perType = "per-type"
}

/// How the platform comes by what a partner owes it.
package enum CollectRule: String, Sendable, CaseIterable {
    /// The partner is asked to pay.
    case request
    /// The platform draws it from the partner's account.
    case directDebit = "direct-debit"
    /// It is taken out of the partner's reserve.
    case deductFromReserve = "deduct-from-reserve"
}

/// What is done about a date whose files did not come by their deadline.
package enum MissingFilesRule: String, Sendable, CaseIterable {
    /// It waits, and so does everything after it.
    case hold
    /// It is settled by our own figures.
    case settleOurs = "settle-ours"
}

/// Who releases a draft.
package enum ApprovalRule: String, Sendable, CaseIterable {
    /// The rule itself.
    case automatic
    /// A person other than who drafted it.
    case twoPerson = "two-person"
}
