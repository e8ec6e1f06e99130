import BusinessCalendar
import LendingRules
import Monetary

/// Turns records of a loans file into bookings, collecting every fault on the way.
struct ApprovalDesk {
    private let catalogue: Catalogue
    /// Content hashes of the file's loans that are booked already.
    private let known: [LoanID: String]
    private let date: BusinessDate
    private let cutOff: CutOff
    private let surroundings: Surroundings
    private(set) var bookings: [LoanBooking] = []
    /// In file order.
    private(set) var faults: [ImportFault] = []
    private(set) var alreadyThere = 0
    private var lines: [LoanID: Int] = [:]
    private var places: [LoanID: Place] = [:]

    /// Where a loan's principal stands.
    private struct Place {
        let file: String
        let line: Int
        let column: Int
    }

    init(
        catalogue: Catalogue, known: [LoanID: String], date: BusinessDate, cutOff: CutOff,
        surroundings: Surroundings
    ) {
        self.catalogue = catalogue
        self.known = known
        self.date = date
        self.cutOff = cutOff
        self.surroundings = surroundings
    }

    mutating func take(_ record: RecordReader) {
        var reader = record
        if isNew(&reader), let loan = read(&reader) { plan(loan, &reader) }
        faults += reader.faults.sorted { $0.column < $1.column }
    }

    /// What is booked with the same content is not looked at again: today's terms and dates are
    /// not those under which it was booked.
    private mutating func isNew(_ reader: inout RecordReader) -> Bool {
        let loan = LoanID(reader.text("loan_id"))
        if let earlier = lines.updateValue(reader.row.line, forKey: loan), !loan.text.isEmpty {
            reader.fault(
                "INTAKE-009", "loan_id", "loan \(loan) stands twice, first on line \(earlier)")
            lines[loan] = earlier
            return false
        }
        guard let hash = known[loan] else { return true }
        if hash == contentHash(reader) {
            alreadyThere += 1
        } else {
            reader.fault(
                "INTAKE-010", "loan_id", "loan \(loan) is booked already with other content")
        }
        return false
    }

    private func read(_ reader: inout RecordReader) -> LoanRecord? {
        let id = reader.identifier("loan_id")
        let borrower = reader.identifier("borrower_id")
        let product = product(&reader)
        let currency = reader.currency("currency")
        let principal = reader.amount("principal", currency)
        let rate = reader.rate("annual_rate_percent")
        let instalments = reader.count("instalments")
        let approvedAt = reader.instant("approved_at", by: date, cutOff)
        let firstDueOn = reader.optionalDate("first_due_on")
        guard let id, let borrower, let product, let currency, let principal, let rate,
            let instalments, let approvedAt, let firstDueOn,
            let agreement = agreement(&reader, product.terms, currency)
        else { return nil }
        return LoanRecord(
            loan: LoanID(id), borrower: borrower, product: product.terms.name,
            productVersion: product.version, agreement: agreement.terms.name,
            agreementVersion: agreement.version, currency: currency, principal: principal,
            rate: rate, instalments: instalments, firstDueOn: firstDueOn, approvedAt: approvedAt,
            bookedOn: date, region: reader.text("region"), grade: reader.text("grade"),
            channel: reader.text("channel"), purpose: reader.text("purpose"),
            contentHash: contentHash(reader))
    }

    private func product(_ reader: inout RecordReader) -> Versioned<Product>? {
        let name = reader.text("product")
        if let product = catalogue.product(name) { return product }
        let names = catalogue.products.map(\.terms.name).joined(separator: ", ")
        reader.fault("INTAKE-011", "product", "product '\(name)' is unknown; configured: \(names)")
        return nil
    }

    private func agreement(
        _ reader: inout RecordReader, _ product: Product, _ currency: Currency
    ) -> Versioned<Agreement>? {
        let name = reader.text("agreement")
        let column = name.isEmpty ? "product" : "agreement"
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
                "several agreements take \(product.name): name one of \(names) in column agreement")
        }
        return nil
    }

    /// The content without its order of columns, so that a rearranged file is the same file.
    private func contentHash(_ reader: RecordReader) -> String {
        let names = LoanImport.requiredColumns + LoanImport.optionalColumns
        return surroundings.fingerprint(names.map { "\($0)=\(reader.text($0))\n" }.joined())
    }

    private mutating func plan(_ loan: LoanRecord, _ reader: inout RecordReader) {
        guard let product = catalogue.product(loan.product)?.terms,
            let agreement = catalogue.agreements(on: date, named: loan.agreement).first?.terms
        else { return }
        checkBounds(loan, product, &reader)
        checkRate(loan, product, agreement, &reader)
        do {
            let terms = loan.scheduleTerms(product, disbursedOn: date)
            _ = try Schedule.build(terms)
            let plan = try agreement.split(principal: loan.principal)
            bookings.append(LoanBooking(loan, plan, terms: terms, agreement))
            places[loan.loan] = Place(
                file: reader.file, line: reader.row.line, column: reader.column(of: "principal"))
        } catch {
            let fault = error as? ScheduleError
            let reason = fault?.sentence(in: loan.currency) ?? "\(error)"
            reader.fault(
                "INTAKE-015", fault?.isAboutDates == true ? "first_due_on" : "principal",
                "no schedule can be computed: \(reason)")
        }
    }

    /// Faults of the loans for which there is no room, given the loans before them.
    func faults(_ refused: [LoanShortage]) -> [ImportFault] {
        refused.flatMap { loan in
            loan.shortages.compactMap { shortage in
                places[loan.loan].map {
                    ImportFault(
                        code: ImportFault.noRoom, file: $0.file, line: $0.line, column: $0.column,
                        record: loan.loan.text, what: shortage.sentence)
                }
            }
        }.sorted { ($0.line, $0.what) < ($1.line, $1.what) }
    }

    private func checkBounds(
        _ loan: LoanRecord, _ product: Product, _ reader: inout RecordReader
    ) {
        func text(_ amount: Int64) -> String {
            AmountText.format(amount, decimals: loan.currency.exponent)
        }
        if !product.principal.contains(loan.principal) {
            reader.fault(
                "INTAKE-014", "principal",
                "principal \(text(loan.principal)) is outside \(text(product.principal.lowerBound))"
                    + " to \(text(product.principal.upperBound)) of \(product.name)")
        }
        if !product.instalments.contains(loan.instalments) {
            reader.fault(
                "INTAKE-014", "instalments",
                "\(loan.instalments) instalments are outside \(product.instalments.lowerBound) to "
                    + "\(product.instalments.upperBound) of \(product.name)")
        }
    }
}

extension ApprovalDesk {
    /// The product's limits hold, and what the borrower pays is what the lenders are owed, or more.
    private func checkRate(
        _ loan: LoanRecord, _ product: Product, _ agreement: Agreement,
        _ reader: inout RecordReader
    ) {
        let column = "annual_rate_percent"
        if let limits = product.rate, !limits.contains(loan.rate) {
            reader.fault(
                "INTAKE-014", column,
                "rate \(loan.rate.percentText()) is outside \(limits.lowerBound.percentText()) to "
                    + "\(limits.upperBound.percentText()) of \(product.name)")
        }
        guard let mean = try? agreement.meanRate() else { return }
        switch agreement.pricing {
        case .blended where loan.rate != mean:
            reader.fault(
                "INTAKE-022", column,
                "rate \(loan.rate.percentText()) is not the blended rate \(mean.percentText()) of "
                    + agreement.name)
        case .ownRates where loan.rate < mean:
            reader.fault(
                "INTAKE-022", column,
                "rate \(loan.rate.percentText()) is below the \(mean.percentText()) that the "
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

extension LoanBooking {
    /// The booking of a loan: one planned request and one commitment for each partner's share that
    /// is funded before the payout.
    fileprivate init(
        _ record: LoanRecord, _ plan: SharePlan, terms: ScheduleTerms, _ agreement: Agreement
    ) {
        // Where shares are transferred after the payout they are asked for then.
        let partners =
            agreement.fundingMode == .beforePayout
            ? plan.shares.filter { $0.party != agreement.platform } : []
        self.init(
            record: record, plan: plan,
            requests: partners.map {
                FundingRequest(
                    for: $0, of: record, number: 1, terms: terms, on: record.bookedOn,
                    acceptsPart: agreement.acceptsParts)
            },
            commitments: partners.flatMap {
                Commitment.postings(
                    party: $0.party, currency: record.currency, amount: $0.amount)
            }, drawsReserve: agreement.disbursement == .reserve)
    }
}
