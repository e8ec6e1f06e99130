import Monetary

/// Parts of a loan while it is found who lends them.
struct FundingDraft {
    private var amounts: [PartyID: Int64] = [:]
    var routed: [RouteSlot: Int64] = [:]
    /// Those that lend a part by name, whatever else there is.
    var named: Set<PartyID> = []
    /// What they lend so, until it is given to them.
    var reserved: [PartyID: Int64] = [:]

    mutating func give(_ amount: Int64, to party: PartyID) {
        amounts[party, default: 0] += amount
    }

    func amount(of party: PartyID) -> Int64 { amounts[party] ?? 0 }

    /// What a party lends, or will.
    func promised(by party: PartyID) -> Int64 { amount(of: party) + (reserved[party] ?? 0) }

    /// Whether a party has a part by its name or of what went before.
    func lends(_ party: PartyID) -> Bool { named.contains(party) || amount(of: party) > 0 }

    /// In agreement order; who lends nothing is left out.
    func plan(_ agreement: Agreement) -> SharePlan {
        SharePlan(
            shares: agreement.lenders.map(\.party).filter { amount(of: $0) > 0 }.map {
                PlannedShare(party: $0, amount: amount(of: $0))
            })
    }
}

/// Who lends a loan, and how it came to them.
package struct FundedLoan: Hashable, Sendable {
    package let plan: SharePlan
    /// What routes gave, in the order of their slots.
    package let routed: [RoutedPart]
    /// Rules that warn, in the order of packs.
    package let findings: [RuleFinding]

    package init(plan: SharePlan, routed: [RoutedPart] = [], findings: [RuleFinding] = []) {
        self.plan = plan
        self.routed = routed
        self.findings = findings
    }
}

/// A part of a loan that a route gave to one of its banks.
package struct RoutedPart: Hashable, Sendable {
    package let slot: RouteSlot
    /// Minor units.
    package let amount: Int64

    package init(slot: RouteSlot, amount: Int64) {
        self.slot = slot
        self.amount = amount
    }
}
