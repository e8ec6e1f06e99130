/// Which other loans of a borrower pull a loan into their class.
package enum CrossDefault: String, Hashable, Sendable, CaseIterable {
    /// None: each loan is classed by itself.
    case none
    /// Those of the same lender.
    case lender
    /// Those of every lender that classes claims here.
    case everyLender = "every-lender"
}

/// Why a claim is in its class.
package enum AssetClassCause: String, Hashable, Sendable, CaseIterable {
    /// By what became of the loan itself.
    case own
    /// By a worse loan of the borrower.
    case crossDefault = "cross-default"
}

/// The class in which a lender holds a claim, and why.
package struct HeldClass: Hashable, Sendable {
    package let assetClass: AssetClass
    package let cause: AssetClassCause

    package init(_ assetClass: AssetClass, _ cause: AssetClassCause = .own) {
        self.assetClass = assetClass
        self.cause = cause
    }
}

/// The worst classes of one borrower's loans, each by itself, at the end of a date.
package struct BorrowerClasses: Hashable, Sendable {
    private var worst: AssetClass = .normal
    private var worstOf: [PartyID: AssetClass] = [:]

    package init() {}

    /// Adds the class of one loan at one lender; the order makes no difference.
    package mutating func add(_ own: AssetClass, at lender: PartyID) {
        worst = max(worst, own)
        worstOf[lender] = max(worstOf[lender] ?? .normal, own)
    }

    /// The class in which a lender holds a claim of the borrower that is in a class by itself.
    ///
    /// A claim that is nothing any more is not pulled along.
    package func held(
        _ own: AssetClass, at lender: PartyID, isOpen: Bool, under rule: CrossDefault
    ) -> HeldClass {
        let others: AssetClass
        switch rule {
        case .none: others = .normal
        case .lender: others = worstOf[lender] ?? .normal
        case .everyLender: others = worst
        }
        guard isOpen, others > own else { return HeldClass(own) }
        return HeldClass(others, .crossDefault)
    }
}
