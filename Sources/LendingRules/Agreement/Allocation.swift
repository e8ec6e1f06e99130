/// What a payment can pay, in the words of an allocation order.
package enum ClaimComponent: String, Sendable, CaseIterable {
    /// On principal first, then on interest.
    case penalty
    case fee
    case interest
    case principal
}

/// In which order a payment pays claims: past due, then due, then in advance (RULES § 3).
package struct AllocationTerms: Hashable, Sendable {
    /// How components and instalments of one group follow each other.
    package enum Order: String, Sendable, CaseIterable {
        /// All components of the oldest instalment first.
        case byInstalment = "by-instalment"
        /// The first component of all instalments first.
        case byComponent = "by-component"
    }

    package let order: Order
    /// Each names every component once.
    package let pastDue: [ClaimComponent]
    package let due: [ClaimComponent]
    package let inAdvance: [ClaimComponent]
    /// The order of past due claims of a loan that is more days past due than this.
    package let seriouslyPastDue: SeriousOrder?

    /// Another order for loans long past due.
    package struct SeriousOrder: Hashable, Sendable {
        package let afterDays: Int
        package let components: [ClaimComponent]

        package init(afterDays: Int, components: [ClaimComponent]) {
            self.afterDays = afterDays
            self.components = components
        }
    }

    package init(
        order: Order, pastDue: [ClaimComponent], due: [ClaimComponent],
        inAdvance: [ClaimComponent], seriouslyPastDue: SeriousOrder? = nil
    ) {
        self.order = order
        self.pastDue = pastDue
        self.due = due
        self.inAdvance = inAdvance
        self.seriouslyPastDue = seriouslyPastDue
    }

    /// Penalty, fee, interest, principal, the oldest instalment first.
    package static let usual = AllocationTerms(
        order: .byInstalment, pastDue: ClaimComponent.allCases, due: ClaimComponent.allCases,
        inAdvance: ClaimComponent.allCases)
}
