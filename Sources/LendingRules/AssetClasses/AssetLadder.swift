/// From how many days past due on a claim is in each class: a lender's own, over the one count of
/// days that all lenders of a loan share.
package struct AssetLadder: Hashable, Sendable {
    /// One class and the days from which it holds.
    package struct Step: Hashable, Sendable {
        package let assetClass: AssetClass
        package let daysPastDue: Int

        package init(_ assetClass: AssetClass, from daysPastDue: Int) {
            self.assetClass = assetClass
            self.daysPastDue = daysPastDue
        }
    }

    /// From the best class to the worst, normal left out; days rise with them.
    package let steps: [Step]
    /// The best class of a claim that earns nothing in the books; nil where days alone say.
    package let nonAccrualFloor: AssetClass?
    /// The best class of a loan that was written off whole; nil where days alone say.
    package let chargedOffFloor: AssetClass?

    /// A ladder, or nil when its steps are none, or classes or days do not rise from step to step.
    package init?(
        _ steps: [Step], nonAccrualFloor: AssetClass? = nil, chargedOffFloor: AssetClass? = nil
    ) {
        let rises = zip(steps, steps.dropFirst()).allSatisfy {
            $0.assetClass < $1.assetClass && $0.daysPastDue < $1.daysPastDue
        }
        guard let first = steps.first, first.assetClass > .normal, first.daysPastDue >= 1, rises
        else { return nil }
        self.steps = steps
        self.nonAccrualFloor = nonAccrualFloor
        self.chargedOffFloor = chargedOffFloor
    }

    /// The class of a claim by itself, whatever it was in before: the last step that is reached.
    package func assetClass(of claim: ClaimStatus) -> AssetClass {
        var found = steps.last { $0.daysPastDue <= claim.daysPastDue }?.assetClass ?? .normal
        if claim.isNonAccrual, let floor = nonAccrualFloor { found = max(found, floor) }
        if claim.isChargedOff, let floor = chargedOffFloor { found = max(found, floor) }
        return found
    }
}

/// What the class of one lender's claim on one loan goes by, at the end of a date.
package struct ClaimStatus: Hashable, Sendable {
    /// The loan's, whoever lends.
    package let daysPastDue: Int
    /// Whether the loan's income is kept out of the books.
    package let isNonAccrual: Bool
    /// Whether the loan was written off whole.
    package let isChargedOff: Bool
    /// Whether the loan owes the lender anything in its books.
    package let isOpen: Bool

    package init(
        daysPastDue: Int, isNonAccrual: Bool = false, isChargedOff: Bool = false,
        isOpen: Bool = true
    ) {
        self.daysPastDue = daysPastDue
        self.isNonAccrual = isNonAccrual
        self.isChargedOff = isChargedOff
        self.isOpen = isOpen
    }
}
