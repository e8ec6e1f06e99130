package import BusinessCalendar
package import Monetary

/// A loan that is asked for, as far as who lends it depends on it.
package struct Applicant: Hashable, Sendable {
    package let loan: LoanID
    package let borrower: String
    package let product: String
    package let currency: Currency
    /// Minor units.
    package let principal: Int64
    package let instalments: Int
    package let rate: AnnualRate
    /// Empty where nobody has said, as the next two.
    package let region: String
    package let grade: String
    package let channel: String
    package let bookedOn: BusinessDate
    /// The line under which it is lent, minor units; nil for a loan of its own.
    package let totalLine: Int64?
    /// Nominal yearly cost with every fee; nil where no rule asks for it.
    package let allInCost: AnnualRate?
    /// Minor units that the borrower pays besides what the cost counts.
    package let feesOutside: Int64

    package init(
        loan: LoanID, borrower: String, product: String, currency: Currency, principal: Int64,
        instalments: Int, rate: AnnualRate, region: String = "", grade: String = "",
        channel: String = "", bookedOn: BusinessDate, totalLine: Int64? = nil,
        allInCost: AnnualRate? = nil, feesOutside: Int64 = 0
    ) {
        self.loan = loan
        self.borrower = borrower
        self.product = product
        self.currency = currency
        self.principal = principal
        self.instalments = instalments
        self.rate = rate
        self.region = region
        self.grade = grade
        self.channel = channel
        self.bookedOn = bookedOn
        self.totalLine = totalLine
        self.allInCost = allInCost
        self.feesOutside = feesOutside
    }
}

/// What a tier asks of a loan.
package enum FundingField: String, Sendable, CaseIterable {
    case amount
    case instalments
    case grade
    case region
    case product
    case channel
}

extension FundingConditions {
    /// The fields that are asked about, in their order.
    package var fields: [FundingField] {
        var fields: [FundingField] = []
        if principal != nil { fields.append(.amount) }
        if instalments != nil { fields.append(.instalments) }
        if grades != nil { fields.append(.grade) }
        if regions != nil { fields.append(.region) }
        if products != nil { fields.append(.product) }
        if channels != nil { fields.append(.channel) }
        return fields
    }

    /// Whether one field of a loan is as it is asked for.
    package func holds(_ field: FundingField, for loan: Applicant) -> Bool {
        switch field {
        case .amount: principal?.contains(loan.principal) ?? true
        case .instalments: instalments?.contains(loan.instalments) ?? true
        case .grade: grades?.contains(loan.grade) ?? true
        case .region: regions?.contains(loan.region) ?? true
        case .product: products?.contains(loan.product) ?? true
        case .channel: channels?.contains(loan.channel) ?? true
        }
    }

    /// Whether a loan is as it is asked for in every field.
    package func hold(for loan: Applicant) -> Bool {
        fields.allSatisfy { holds($0, for: loan) }
    }
}
