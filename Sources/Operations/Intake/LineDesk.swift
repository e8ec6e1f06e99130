import BusinessCalendar
import LendingRules
import Monetary

/// A sound record of a facts file about a line of credit.
struct LineFactDraft {
    let id: String
    let line: LoanID
    let kind: String
    let valueDate: BusinessDate
    let at: Int64
    let contentHash: String
    /// Minor units; 0 where the kind has none.
    let amount: Int64
    /// To read the kind's own fields, and to place what is wrong with it.
    var reader: RecordReader

    /// The order of facts.
    static func precedes(_ left: LineFactDraft, _ right: LineFactDraft) -> Bool {
        (left.valueDate, left.at, left.id) < (right.valueDate, right.at, right.id)
    }
}

/// Takes the records of a facts file that are about lines of credit: what is drawn and bought
/// becomes bookings of notes, the rest facts of the notes that are there.
struct LineDesk {
    var benches: [LoanID: LineBench]
    let date: BusinessDate
    let cutOff: CutOff
    let planner: LoanPlanner
    /// Names of loans and lines that notes of this file would have.
    var taken: Set<LoanID>
    private(set) var records: [LineFactDraft] = []
    /// Facts of notes, to be judged.
    var drafts: [FactDraft] = []
    var keys: [NewKey] = []
    var bookings: [LoanBooking] = []
    var faults: [ImportFault] = []
    /// Records of what is booked, by note.
    var drawn: [LoanID: RecordReader] = [:]
    /// Lines whose notes have changed, or whose room was counted.
    private(set) var concerned: Set<LoanID> = []
    /// As the store knows them.
    private let known: [LoanID: LineBench]

    init(
        _ lines: [LoanID: LineBench], taken: Set<LoanID>, catalogue: Catalogue,
        date: BusinessDate, cutOff: CutOff
    ) {
        benches = lines
        known = lines
        self.taken = taken
        self.date = date
        self.cutOff = cutOff
        planner = LoanPlanner(
            catalogue: catalogue, date: date,
            fields: LoanPlanner.Fields(
                product: "loan", agreement: "loan", principal: "amount", rate: "loan",
                instalments: "instalments", firstDueOn: "firstDueOn",
                choice: "and the line names none of them"))
    }

    /// How many facts the notes of the lines concerned have in the store.
    var seen: [LoanID: Int] {
        concerned.reduce(into: [:]) { seen, line in
            seen.merge(known[line]?.seen ?? [:]) { first, _ in first }
        }
    }

    /// How many notes the lines have in the store on which was drawn.
    var notes: [LoanID: Int] {
        Set(bookings.compactMap(\.record.line)).reduce(into: [:]) {
            $0[$1] = known[$1]?.notes.count ?? 0
        }
    }

    /// Whether a record names a line, or says what only a line can be told.
    func isAbout(_ reader: RecordReader) -> Bool {
        benches[LoanID(reader.text("loan"))] != nil
            || FactForm.ofLines.contains(reader.text("kind"))
    }

    mutating func take(_ reader: inout RecordReader, _ contentHash: String) {
        let record = reader
        let form = FactForm.named(in: &reader)
        let line = line(form, &reader)
        let at = instant(&reader)
        let valueDate = valueDate(&reader)
        guard let form, let line, let at, let valueDate, reader.faults.isEmpty else { return }
        let amount = form.required.contains("amount") ? amount(line.record, &reader) : 0
        guard let amount else { return }
        concerned.insert(line.record.line)
        records.append(
            LineFactDraft(
                id: reader.text("id"), line: line.record.line, kind: form.kind,
                valueDate: valueDate, at: at, contentHash: contentHash, amount: amount,
                reader: record))
    }

    private func line(_ form: FactForm?, _ reader: inout RecordReader) -> LineBench? {
        let name = reader.text("loan")
        guard let form else { return nil }
        let isForLines = FactForm.ofLines.contains(form.kind)
        if let line = benches[LoanID(name)] {
            if isForLines || ["reversal", "chargeback"].contains(form.kind) { return line }
            let notes = line.notes.prefix(3).map(\.loan.text).joined(separator: ", ")
            reader.fault(
                "FACT-010", "loan",
                "\(name) is a line of credit; a \(form.kind) is about one of its notes"
                    + (notes.isEmpty ? "" : ", such as \(notes)"))
        } else if taken.contains(LoanID(name)) {
            reader.fault(
                "FACT-010", "loan",
                "\(name) is a loan; a \(form.kind) is about a line of credit")
        } else {
            reader.fault("INTAKE-016", "loan", "line '\(name.prefix(70))' is not opened")
        }
        return nil
    }

    private func instant(_ reader: inout RecordReader) -> Int64? {
        guard let at = reader.instant("at") else { return nil }
        let day = cutOff.businessDate(of: at)
        if day > date {
            reader.fault(
                "FACT-006", "at",
                "\(reader.text("at")) belongs to \(day), after the open business date \(date)")
        }
        return at
    }

    private func valueDate(_ reader: inout RecordReader) -> BusinessDate? {
        guard let claimed = reader.date("valueDate") else { return nil }
        if claimed > date {
            reader.fault(
                "INTAKE-018", "valueDate",
                "value date \(claimed) is after the open business date \(date)")
        }
        return claimed
    }

    private func amount(_ line: LineRecord, _ reader: inout RecordReader) -> Int64? {
        let currency = reader.currency("currency")
        if let currency, currency != line.currency {
            reader.fault(
                "INTAKE-003", "currency",
                "currency \(currency) is not the line's \(line.currency)")
            return nil
        }
        return reader.amount("amount", currency)
    }
}
