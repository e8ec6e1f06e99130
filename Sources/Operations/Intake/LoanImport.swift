import BusinessCalendar
import LendingRules
import Monetary

/// Books the approved loans of an import file: all of them, or none where one has a fault.
///
/// Books in batches of at most 5,000 in loan-id order, each in one transaction with its requests,
/// outbox rows and commitment entries. The same file again books nothing.
package struct LoanImport: Sendable {
    private let store: any LoanIntakeStore
    private let catalogue: Catalogue
    private let surroundings: Surroundings
    private let cutOff: CutOff

    /// Columns every loans file has (PROTOCOL § Imports).
    package static let requiredColumns = [
        "loan_id", "borrower_id", "product", "principal", "currency", "annual_rate_percent",
        "instalments", "approved_at",
    ]
    package static let optionalColumns = [
        "agreement", "first_due_on", "region", "grade", "channel", "purpose",
    ]
    static let batch = 5_000

    package init(
        store: any LoanIntakeStore, catalogue: Catalogue, surroundings: Surroundings,
        cutOff: CutOff
    ) {
        self.store = store
        self.catalogue = catalogue
        self.surroundings = surroundings
        self.cutOff = cutOff
    }

    /// Checks the whole table, then books it.
    ///
    /// - Parameter rejects: Where records with faults go when the good ones are kept.
    /// - Throws: ``ImportRefused`` with every fault, before anything is booked; what `rejects`
    ///   throws, before anything is booked either. When another import takes the room of a limit
    ///   meanwhile, batches before the one that finds none stay booked, and the refusal says so.
    package func run(_ table: ImportTable, dryRun: Bool = false, rejects: (any Rejects)? = nil)
        async throws -> ImportSummary
    {
        let columns = try table.columnIndex(
            required: LoanImport.requiredColumns, optional: LoanImport.optionalColumns)
        let date = try await store.openDate()
        let readers = table.rows.map {
            RecordReader(file: table.file, columns: columns, row: $0, idColumn: "loan_id")
        }
        let limits = try await store.limits(of: catalogue, on: date)
        let start = try await store.fundingRun(of: catalogue, limits, on: date)
        let known = try await knownLoans(readers)
        let checked = try CheckedRecords(table, readers, keepGood: rejects != nil) { good in
            var desk = ApprovalDesk(
                catalogue: catalogue, known: known, date: date, cutOff: cutOff,
                surroundings: surroundings)
            for (index, reader) in good.enumerated() {
                desk.take(reader)
                surroundings.noteRow(index + 1, of: good.count)
            }
            var run = start
            let funded = run.book(desk.bookings)
            let faults = desk.faults + desk.faults(funded.refused)
            return (Checked(desk: desk, warnings: funded.warnings), faults.inFileOrder)
        }
        let (desk, warnings) = (checked.desk.desk, checked.desk.warnings)
        let fresh = desk.bookings.sorted { $0.record.loan < $1.record.loan }
        let openings = desk.openings.sorted { $0.line < $1.line }
        let count = fresh.count + openings.count
        var outcome = BookedBatch(booked: count, warnings: warnings)
        if !dryRun {
            try rejects?.take(checked.rejected, of: table)
            let opened = try await open(openings)
            outcome = try await book(fresh, under: limits, opened, keepGood: rejects != nil)
            try leave(outcome, checked, table, rejects)
        }
        let gone = count - outcome.booked - outcome.refused.count
        return ImportSummary(
            file: table.file, imported: outcome.booked,
            alreadyThere: desk.alreadyThere + gone,
            rejected: checked.rejected.count + outcome.refused.count, warnings: outcome.warnings)
    }

    /// A file that was looked at.
    private struct Checked {
        let desk: ApprovalDesk
        /// What rules warn of, in loan order.
        let warnings: [LoanWarning]
    }

    /// What another import has taken the room of, between the check and the booking.
    private func leave(
        _ outcome: BookedBatch, _ checked: CheckedRecords<Checked>, _ table: ImportTable,
        _ rejects: (any Rejects)?
    ) throws {
        if outcome.refused.isEmpty { return }
        let faults = checked.desk.desk.faults(outcome.refused)
        guard let rejects else { throw ImportRefused(faults: faults, booked: outcome.booked) }
        let byLine = Dictionary(grouping: faults, by: \.line)
        let late = table.rows.filter { byLine[$0.line] != nil }.map {
            RejectedRow(
                line: $0.line, fields: $0.fields.map(\.text), faults: byLine[$0.line] ?? [])
        }
        try rejects.take(
            (checked.rejected + late).sorted { $0.line < $1.line }, of: table)
    }

    private func knownLoans(_ readers: [RecordReader]) async throws -> [LoanID: String] {
        var known: [LoanID: String] = [:]
        for batch in readers.map({ LoanID($0.text("loan_id")) }).chunks(of: LoanImport.batch) {
            known.merge(try await store.known(batch)) { first, _ in first }
        }
        return known
    }

    /// Opens lines, which take nothing of any lender's limit; gives how many were new.
    private func open(_ lines: [LineRecord]) async throws -> Int {
        var opened = 0
        for slice in lines.chunks(of: LoanImport.batch) {
            surroundings.crashPoint(.intakeBeforeBooking)
            opened += try await store.book(LoanBatch(bookings: [], lines: slice)).booked
            surroundings.crashPoint(.intakeAfterBooking)
        }
        return opened
    }

    /// Without good ones to keep it ends with the first batch for which there is no room.
    private func book(
        _ bookings: [LoanBooking], under limits: [Limit], _ opened: Int, keepGood: Bool
    ) async throws -> BookedBatch {
        var (done, booked) = (0, opened)
        var refused: [LoanRefusal] = []
        var warnings: [LoanWarning] = []
        for slice in bookings.chunks(of: LoanImport.batch) {
            surroundings.crashPoint(.intakeBeforeBooking)
            let outcome = try await store.book(
                LoanBatch(
                    bookings: slice, snapshots: catalogue.snapshots(of: slice.map(\.record)),
                    limits: limits, keepsGood: keepGood, rules: catalogue.rules))
            booked += outcome.booked
            refused += outcome.refused
            warnings += outcome.warnings
            surroundings.crashPoint(.intakeAfterBooking)
            if !refused.isEmpty && !keepGood { break }
            done += slice.count
            surroundings.progress(WorkDone("loans booked", done, of: bookings.count))
        }
        return BookedBatch(booked: booked, refused: refused, warnings: warnings)
    }
}

extension [ImportFault] {
    fileprivate var inFileOrder: [ImportFault] {
        guard contains(where: { ImportFault.ofFunding.contains($0.code) }) else { return self }
        return sorted { ($0.line, $0.column, $0.code) < ($1.line, $1.column, $1.code) }
    }
}

extension Catalogue {
    /// The terms that these records carry, each version once.
    func snapshots(of records: [LoanRecord]) -> [TermsSnapshot] {
        let carried = Set(records.flatMap { [$0.agreementVersion, $0.productVersion] })
        let all =
            agreements.map { TermsSnapshot(version: $0.version, text: $0.terms.canonicalTerms) }
            + products.map { TermsSnapshot(version: $0.version, text: $0.terms.canonicalTerms) }
        return all.filter { carried.contains($0.version) }.sorted { $0.version < $1.version }
    }
}
