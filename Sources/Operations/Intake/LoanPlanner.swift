import BusinessCalendar
import LendingRules
import Monetary

/// Chooses the terms of a loan that is asked for on the open date and lays out its booking; what is
/// wrong with it becomes a fault of its record.
struct LoanPlanner {
    let catalogue: Catalogue
    let date: BusinessDate
    let fields: Fields

    /// Where a record says what, to place its faults.
    struct Fields {
        let product: String
        let agreement: String
        let principal: String
        let rate: String
        let instalments: String
        let firstDueOn: String
        /// What to say before the names of agreements of which none is chosen.
        let choice: String
    }

    func product(_ name: String, _ reader: inout RecordReader) -> Versioned<Product>? {
        if let product = catalogue.product(name, on: date) { return product }
        let later = catalogue.products.map(\.terms).filter { $0.name == name }
        if let first = later.compactMap(\.effectiveFrom).min() {
            reader.fault(
                "INTAKE-011", fields.product,
                "product '\(name)' is in force from \(first) on, and \(date) is open")
            return nil
        }
        let names = Set(catalogue.products.map(\.terms.name)).sorted().joined(separator: ", ")
        reader.fault(
            "INTAKE-011", fields.product, "product '\(name)' is unknown; configured: \(names)")
        return nil
    }

    /// The one agreement that takes a product, or the one of a name that does; empty for any.
    func agreement(
        named name: String, _ product: Product, _ currency: Currency,
        _ reader: inout RecordReader
    ) -> Versioned<Agreement>? {
        let column = name.isEmpty ? fields.product : fields.agreement
        let candidates = catalogue.agreements(on: date, named: name.isEmpty ? nil : name)
            .filter { $0.terms.products.contains(product.name) && $0.terms.currency == currency }
        if candidates.count == 1 { return candidates[0] }
        if candidates.isEmpty {
            let subject =
                name.isEmpty
                ? "no agreement" : "agreement '\(name)' is unknown or not one that"
            reader.fault(
                "INTAKE-012", column,
                "\(subject) takes \(product.name) in \(currency) on \(date)")
        } else {
            let names = candidates.map(\.terms.name).joined(separator: ", ")
            reader.fault(
                "INTAKE-013", column,
                "several agreements take \(product.name), \(fields.choice): \(names)")
        }
        return nil
    }

    /// The booking of a record; nil when its terms give no schedule, or rules forbid it as its
    /// agreement divides it.
    ///
    /// - Parameter line: The limit of the line under which it is drawn, minor units.
    func booking(
        of loan: LoanRecord, _ product: Product, _ agreement: Agreement, line: Int64? = nil,
        _ reader: inout RecordReader
    ) -> LoanBooking? {
        checkRange(loan.principal, product.principal, "principal", loan.currency, product, &reader)
        checkInstalments(loan.instalments, product, &reader)
        checkRate(loan.rate, product, agreement, &reader)
        do {
            let terms = loan.scheduleTerms(product, disbursedOn: date)
            let schedule = try Schedule.build(terms)
            let rules = catalogue.rules
            if !agreement.tiers.isEmpty {
                let asking = Applicant(loan, schedule, under: agreement, line: line, rules)
                return LoanBooking(
                    loan, OpenPlan(loan: asking, agreement: agreement, terms: terms))
            }
            let plan = try agreement.split(principal: loan.principal)
            if agreement.rulePacks.isEmpty {
                return LoanBooking(loan, FundedLoan(plan: plan), terms: terms, agreement)
            }
            let asking = Applicant(loan, schedule, under: agreement, line: line, rules)
            let findings = rules.findings(for: asking, lentBy: plan, under: agreement)
            if findings.blocks {
                let refusal = FundingRefusal.ruleBroken(findings.filter { $0.outcome == .block })
                for fault in refusal.faults(of: loan) {
                    reader.fault(fault.code, fields.principal, fault.what)
                }
                return nil
            }
            return LoanBooking(
                loan, FundedLoan(plan: plan, findings: findings), terms: terms, agreement)
        } catch {
            let fault = error as? ScheduleError
            let reason = fault?.sentence(in: loan.currency) ?? "\(error)"
            reader.fault(
                "INTAKE-015",
                fault?.isAboutDates == true ? fields.firstDueOn : fields.principal,
                "no schedule can be computed: \(reason)")
            return nil
        }
    }

    func checkRange(
        _ amount: Int64, _ range: ClosedRange<Int64>, _ what: String, _ currency: Currency,
        _ product: Product, _ reader: inout RecordReader
    ) {
        if range.contains(amount) { return }
        func text(_ amount: Int64) -> String {
            AmountText.format(amount, decimals: currency.exponent)
        }
        reader.fault(
            "INTAKE-014", fields.principal,
            "\(what) \(text(amount)) is outside \(text(range.lowerBound))"
                + " to \(text(range.upperBound)) of \(product.name)")
    }

    func checkInstalments(_ count: Int, _ product: Product, _ reader: inout RecordReader) {
        let range = product.instalments
        if range.contains(count) { return }
        reader.fault(
            "INTAKE-014", fields.instalments,
            "\(count) instalments are outside \(range.lowerBound) to "
                + "\(range.upperBound) of \(product.name)")
    }

    /// The product's limits hold, and what the borrower pays is what the lenders are owed, or more.
    func checkRate(
        _ rate: AnnualRate, _ product: Product, _ agreement: Agreement,
        _ reader: inout RecordReader
    ) {
        if let limits = product.rate, !limits.contains(rate) {
            reader.fault(
                "INTAKE-014", fields.rate,
                "rate \(rate.percentText()) is outside \(limits.lowerBound.percentText()) to "
                    + "\(limits.upperBound.percentText()) of \(product.name)")
        }
        switch agreement.refusal(ofRate: rate) {
        case .rateNotBlended(let mean):
            reader.fault(
                "INTAKE-022", fields.rate,
                "rate \(rate.percentText()) is not the blended rate \(mean.percentText()) of "
                    + agreement.name)
        case .rateBelowOwed(let mean):
            reader.fault(
                "INTAKE-022", fields.rate,
                "rate \(rate.percentText()) is below the \(mean.percentText()) that the "
                    + "lenders of \(agreement.name) are owed")
        default: break
        }
    }
}

extension ScheduleError {
    fileprivate var isAboutDates: Bool {
        switch self {
        case .firstDueNotAfterDisbursement, .dueBeyondCalendar: true
        default: false
        }
    }
}
