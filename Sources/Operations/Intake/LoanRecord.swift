package import BusinessCalendar
package import LendingRules
package import Monetary

/// An approved loan as booked: what the import said and the versions in force that day.
package struct LoanRecord: Hashable, Sendable {
    package let loan: LoanID
    package let borrower: String
    package let product: String
    package let productVersion: TermsVersion
    package let agreement: String
    package let agreementVersion: TermsVersion
    package let currency: Currency
    /// Minor units.
    package let principal: Int64
    package let rate: AnnualRate
    package let instalments: Int
    /// Given by the import, or nil for one period after disbursement.
    package let firstDueOn: BusinessDate?
    /// UTC microseconds since 1970.
    package let approvedAt: Int64
    package let bookedOn: BusinessDate
    package let region: String
    package let grade: String
    package let channel: String
    package let purpose: String
    /// Hash of the imported content: the same loan again does nothing, another is refused.
    package let contentHash: String
    /// By which its positions are computed.
    package let calculation: CalculationVersion
    /// The line of credit under which it is a note; nil for a loan of its own.
    package let line: LoanID?

    package init(
        loan: LoanID, borrower: String, product: String, productVersion: TermsVersion,
        agreement: String, agreementVersion: TermsVersion, currency: Currency, principal: Int64,
        rate: AnnualRate, instalments: Int, firstDueOn: BusinessDate?, approvedAt: Int64,
        bookedOn: BusinessDate, region: String, grade: String, channel: String, purpose: String,
        contentHash: String, line: LoanID? = nil, calculation: CalculationVersion = .current
    ) {
        self.calculation = calculation
        self.line = line
        self.loan = loan
        self.borrower = borrower
        self.product = product
        self.productVersion = productVersion
        self.agreement = agreement
        self.agreementVersion = agreementVersion
        self.currency = currency
        self.principal = principal
        self.rate = rate
        self.instalments = instalments
        self.firstDueOn = firstDueOn
        self.approvedAt = approvedAt
        self.bookedOn = bookedOn
        self.region = region
        self.grade = grade
        self.channel = channel
        self.purpose = purpose
        self.contentHash = contentHash
    }
}

extension LoanRecord {
    /// What limits may ask for.
    package var traits: LoanTraits {
        LoanTraits(borrower: borrower, region: region, grade: grade, product: product)
    }

    /// The schedule's terms for a disbursement on a date.
    package func scheduleTerms(_ product: Product, disbursedOn date: BusinessDate)
        -> ScheduleTerms
    {
        ScheduleTerms(
            principal: principal, currency: currency, rate: rate, instalments: instalments,
            disbursedOn: date, firstDueOn: firstDueOn, method: product.method,
            dayCount: product.dayCount, rounding: product.rounding,
            instalmentRounding: product.instalmentRounding, conventions: product.conventions)
    }
}
