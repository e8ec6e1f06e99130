package import BusinessCalendar
package import Monetary

/// What rules judge.
package enum RuleSubject: Hashable, Sendable {
    case agreement(AgreementSubject)
    case loan(LoanSubject)
    case book(BookSubject)
    case claim(ClaimSubject)
    case cover(CoverSubject)

    /// What is held against rules.
    package enum Kind: String, Sendable, CaseIterable {
        case agreement, loan, book, claim, cover

        /// When subjects of a kind are judged.
        package var moment: RuleMoment {
            switch self {
            case .agreement: .config
            case .loan: .allocation
            case .book, .claim, .cover: .close
            }
        }
    }

    package var kind: Kind {
        switch self {
        case .agreement: .agreement
        case .loan: .loan
        case .book: .book
        case .claim: .claim
        case .cover: .cover
        }
    }

    /// The date whose rules count.
    package var date: BusinessDate {
        switch self {
        case .agreement(let subject): subject.effectiveFrom
        case .loan(let subject): subject.bookedOn
        case .book(let subject): subject.date
        case .claim(let subject): subject.date
        case .cover(let subject): subject.date
        }
    }
}

/// An agreement with what its parties and products say.
package struct AgreementSubject: Hashable, Sendable {
    /// A lender and its part, to the unit that the subject divides by.
    package struct Lender: Hashable, Sendable {
        package let facts: PartyFacts
        package let share: Share

        package init(_ facts: PartyFacts, share: Share) {
            self.facts = facts
            self.share = share
        }
    }

    /// The most that a product lends to one borrower.
    package struct Largest: Hashable, Sendable {
        package let product: String
        package let principal: Int64

        package init(product: String, principal: Int64) {
            self.product = product
            self.principal = principal
        }

        /// The loan or the line, whichever may be larger.
        package init(_ product: Product) {
            self.init(
                product: product.name,
                principal: max(product.principal.upperBound, product.line?.limit.upperBound ?? 0))
        }
    }

    package let effectiveFrom: BusinessDate
    package let currency: Currency
    package let lenders: [Lender]
    package let largest: [Largest]
    package let pricing: Pricing.Name
    package let disbursement: DisbursementWay.Name
    /// Nil where shares are lent from the start.
    package let transferDays: Int?
    package let onRefusal: RefusalRule
    package let acceptsParts: Bool

    package init(
        effectiveFrom: BusinessDate, currency: Currency, lenders: [Lender],
        largest: [Largest] = [], pricing: Pricing.Name = .borrowerRate,
        disbursement: DisbursementWay.Name = .reimburse, transferDays: Int? = nil,
        onRefusal: RefusalRule = .platform, acceptsParts: Bool = false
    ) {
        self.effectiveFrom = effectiveFrom
        self.currency = currency
        self.lenders = lenders
        self.largest = largest
        self.pricing = pricing
        self.disbursement = disbursement
        self.transferDays = transferDays
        self.onRefusal = onRefusal
        self.acceptsParts = acceptsParts
    }
}

/// A loan as it is about to be divided.
package struct LoanSubject: Hashable, Sendable {
    /// A lender and its part, to the unit that the subject divides by.
    package struct Lender: Hashable, Sendable {
        package let facts: PartyFacts
        /// Minor units of the principal.
        package let amount: Int64

        package init(_ facts: PartyFacts, amount: Int64) {
            self.facts = facts
            self.amount = amount
        }
    }

    package let bookedOn: BusinessDate
    package let currency: Currency
    /// Names of the packs that its agreement is under.
    package let packs: [String]
    package let product: String
    package let principal: Int64
    /// The borrower's whole line, nil for a loan without one.
    package let totalLine: Int64?
    package let lenders: [Lender]
    /// The borrower's region, nil when nobody said.
    package let region: String?
    /// Nominal yearly cost with every fee; nil when it cannot be told.
    package let allInCost: AnnualRate?
    /// Minor units that the borrower pays besides what the cost counts.
    package let feesOutside: Int64
    package let pricing: Pricing.Name
    package let disbursement: DisbursementWay.Name
    package let transferDays: Int?

    package init(
        bookedOn: BusinessDate, currency: Currency, packs: [String], product: String,
        principal: Int64, totalLine: Int64? = nil, lenders: [Lender], region: String? = nil,
        allInCost: AnnualRate? = nil, feesOutside: Int64 = 0,
        pricing: Pricing.Name = .borrowerRate, disbursement: DisbursementWay.Name = .reimburse,
        transferDays: Int? = nil
    ) {
        self.bookedOn = bookedOn
        self.currency = currency
        self.packs = packs
        self.product = product
        self.principal = principal
        self.totalLine = totalLine
        self.lenders = lenders
        self.region = region
        self.allInCost = allInCost
        self.feesOutside = feesOutside
        self.pricing = pricing
        self.disbursement = disbursement
        self.transferDays = transferDays
    }
}
