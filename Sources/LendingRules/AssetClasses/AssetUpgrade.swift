package import BusinessCalendar

/// How a claim comes into a better class again.
package struct AssetUpgrade: Hashable, Sendable {
    /// What a better class needs.
    package enum Condition: String, Hashable, Sendable, CaseIterable {
        /// All arrears are paid: until then a claim stays in its class, however few days are left.
        case arrearsPaid = "arrears-paid"
        /// Nothing but fewer days past due.
        case fewerDays = "fewer-days"
    }

    package let condition: Condition
    /// Months without arrears before a claim of a class from ``observedFrom`` on is better again.
    package let observationMonths: Int
    /// The best class whose claims are observed.
    package let observedFrom: AssetClass

    package init(
        condition: Condition = .arrearsPaid, observationMonths: Int = 0,
        observedFrom: AssetClass = .substandard
    ) {
        precondition(observationMonths >= 0)
        self.condition = condition
        self.observationMonths = observationMonths
        self.observedFrom = observedFrom
    }

    /// All arrears paid, at once.
    package static let standard = AssetUpgrade()
}

/// The class of a lender's claim by itself at the end of a date, as the next date needs it.
package struct AssetStanding: Hashable, Sendable {
    package let assetClass: AssetClass
    /// While the claim is free of arrears and kept in its class all the same: the first date on
    /// which it is better, if it stays free of them.
    package let observedUntil: BusinessDate?

    package init(_ assetClass: AssetClass, observedUntil: BusinessDate? = nil) {
        self.assetClass = assetClass
        self.observedUntil = observedUntil
    }

    /// Of a claim that never was in another class.
    package static let normal = AssetStanding(.normal)
}

extension AssetRules {
    /// The standing of a claim at the end of a date, from that at the end of the day before.
    ///
    /// What is nothing any more is normal; what was written off never gets better.
    package func standing(
        after earlier: AssetStanding, _ claim: ClaimStatus, on date: BusinessDate
    ) -> AssetStanding {
        let byDays = ladder.assetClass(of: claim)
        if claim.isChargedOff { return AssetStanding(max(byDays, earlier.assetClass)) }
        guard claim.isOpen else { return .normal }
        if byDays >= earlier.assetClass { return AssetStanding(byDays) }
        if claim.daysPastDue > 0 {
            return upgrade.condition == .fewerDays
                ? AssetStanding(byDays) : AssetStanding(earlier.assetClass)
        }
        guard upgrade.observationMonths > 0, earlier.assetClass >= upgrade.observedFrom else {
            return AssetStanding(byDays)
        }
        let until =
            earlier.observedUntil
            ?? date.adding(months: upgrade.observationMonths, dayOfMonth: date.dayOfMonth)
        return date < until
            ? AssetStanding(earlier.assetClass, observedUntil: until) : AssetStanding(byDays)
    }
}
