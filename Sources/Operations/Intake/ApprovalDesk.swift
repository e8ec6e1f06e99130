import BusinessCalendar
import LendingRules
import Monetary

/// Turns records of a loans file into bookings, collecting every fault on the way.
struct ApprovalDesk {
    /// Content hashes of the file's loans and lines that are booked already.
    private let known: [LoanID: String]
    private let date: BusinessDate
    private let cutOff: CutOff
    private let surroundings: Surroundings
    private let planner: LoanPlanner
    private(set) var bookings: [LoanBooking] = []
    /// Lines of credit to be opened.
    private(set) var openings: [LineRecord] = []
    /// In file order.
    private(set) var faults: [ImportFault] = []
    private(set) var alreadyThere = 0
    private var lines: [LoanID: Int] = [:]
    private var places: [LoanID: Place] = [:]

    /// What a loan is to be lent by.
    private struct Terms {
        let product: Product
        let agreement: Agreement
    }

    /// Where a loan's principal and rate stand.
    private struct Place {
        let file: String
        let line: Int
        let column: Int
        let rate: Int
        let record: LoanRecord
    }

    init(
        catalogue: Catalogue, known: [LoanID: String], date: BusinessDate, cutOff: CutOff,
        surroundings: Surroundings
    ) {
        self.known = known
        self.date = date
        self.cutOff = cutOff
        self.surroundings = surroundings
        planner = LoanPlanner(
            catalogue: catalogue, date: date,
            fields: LoanPlanner.Fields(
                product: "product", agreement: "agreement", principal: "principal",
                rate: "annual_rate_percent", instalments: "instalments",
                firstDueOn: "first_due_on", choice: "name one in column agreement"))
    }

    mutating func take(_ record: RecordReader) {
        var reader = record
        if isNew(&reader), let (loan, terms) = read(&reader) { plan(loan, terms, &reader) }
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

    private func read(_ reader: inout RecordReader) -> (LoanRecord, Terms)? {
        let id = reader.identifier("loan_id")
        let borrower = reader.identifier("borrower_id")
        let product = planner.product(reader.text("product"), &reader)
        let currency = reader.currency("currency")
        let principal = reader.amount("principal", currency)
        let rate = reader.rate("annual_rate_percent")
        let instalments = reader.count("instalments")
        let approvedAt = reader.instant("approved_at", by: date, cutOff)
        let firstDueOn = reader.optionalDate("first_due_on")
        guard let id, let borrower, let product, let currency, let principal, let rate,
            let instalments, let approvedAt, let firstDueOn,
            let agreement = planner.agreement(
                named: reader.text("agreement"), product.terms, currency, &reader)
        else { return nil }
        let record = LoanRecord(
            loan: LoanID(id), borrower: borrower, product: product.terms.name,
            productVersion: product.version, agreement: agreement.terms.name,
            agreementVersion: agreement.version, currency: currency, principal: principal,
            rate: rate, instalments: instalments, firstDueOn: firstDueOn, approvedAt: approvedAt,
            bookedOn: date, region: reader.text("region"), grade: reader.text("grade"),
            channel: reader.text("channel"), purpose: reader.text("purpose"),
            contentHash: contentHash(reader))
        return (record, Terms(product: product.terms, agreement: agreement.terms))
    }

    /// The content without its order of columns, so that a rearranged file is the same file.
    private func contentHash(_ reader: RecordReader) -> String {
        let names = LoanImport.requiredColumns + LoanImport.optionalColumns
        return surroundings.fingerprint(names.map { "\($0)=\(reader.text($0))\n" }.joined())
    }

    private mutating func plan(_ loan: LoanRecord, _ terms: Terms, _ reader: inout RecordReader) {
        if let line = terms.product.line {
            open(loan, line, terms, &reader)
            return
        }
        let (product, agreement) = (terms.product, terms.agreement)
        guard let booking = planner.booking(of: loan, product, agreement, &reader) else { return }
        bookings.append(booking)
        places[loan.loan] = Place(
            file: reader.file, line: reader.row.line, column: reader.column(of: "principal"),
            rate: reader.column(of: "annual_rate_percent"), record: loan)
    }

    /// A line is a limit: nothing is lent before something is drawn or bought.
    private mutating func open(
        _ loan: LoanRecord, _ line: LineTerms, _ terms: Terms, _ reader: inout RecordReader
    ) {
        let product = terms.product
        planner.checkRange(
            loan.principal, line.limit, "limit", loan.currency, product, &reader)
        planner.checkInstalments(loan.instalments, product, &reader)
        planner.checkRate(loan.rate, product, terms.agreement, &reader)
        if loan.firstDueOn != nil {
            reader.fault(
                "INTAKE-023", "first_due_on",
                "\(loan.loan) is a line of \(product.name); what is drawn or bought under it has "
                    + "due dates, the line has none")
        }
        openings.append(LineRecord(loan))
    }

    /// Faults of the loans for which there is no room, or which nobody lends, given those before
    /// them.
    func faults(_ refused: [LoanRefusal]) -> [ImportFault] {
        refused.flatMap { loan in
            guard let place = places[loan.loan] else { return [] as [ImportFault] }
            return loan.why.faults(of: place.record).map { code, isOfRate, what in
                ImportFault(
                    code: code, file: place.file, line: place.line,
                    column: isOfRate ? place.rate : place.column, record: loan.loan.text,
                    what: what)
            }
        }.sorted { ($0.line, $0.what) < ($1.line, $1.what) }
    }
}

extension LineRecord {
    /// A loan that an import approves, as a line.
    fileprivate init(_ loan: LoanRecord) {
        self.init(
            line: loan.loan, borrower: loan.borrower, product: loan.product,
            agreement: loan.agreement, currency: loan.currency, limit: loan.principal,
            rate: loan.rate, instalments: loan.instalments, approvedAt: loan.approvedAt,
            bookedOn: loan.bookedOn, region: loan.region, grade: loan.grade,
            channel: loan.channel, purpose: loan.purpose, contentHash: loan.contentHash)
    }
}
