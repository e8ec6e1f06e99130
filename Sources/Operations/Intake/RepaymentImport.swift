package import BusinessCalendar
import LendingRules
import Monetary

/// Records the repayments and reversals of an import file: all of them, or none.
///
/// A payment id is recorded once for ever; the same file again records nothing.
package struct RepaymentImport: Sendable {
    private let store: any RepaymentIntakeStore
    private let snapshots: any TermsSnapshots
    private let surroundings: Surroundings
    private let cutOff: CutOff

    /// Columns every repayments file has (PROTOCOL § Imports).
    package static let requiredColumns = [
        "payment_id", "loan_id", "amount", "currency", "paid_at",
    ]
    package static let optionalColumns = ["value_date", "channel", "reverses"]

    package init(
        store: any RepaymentIntakeStore, snapshots: any TermsSnapshots,
        surroundings: Surroundings, cutOff: CutOff
    ) {
        self.store = store
        self.snapshots = snapshots
        self.surroundings = surroundings
        self.cutOff = cutOff
    }

    /// Checks the whole table, then records it on the open date.
    ///
    /// - Throws: ``ImportRefused`` with every fault, before anything is recorded.
    package func run(_ table: ImportTable, dryRun: Bool = false) async throws -> ImportSummary {
        let columns = try table.columnIndex(
            required: RepaymentImport.requiredColumns, optional: RepaymentImport.optionalColumns)
        let date = try await store.openDate()
        let readers = table.rows.map {
            RecordReader(file: table.file, columns: columns, row: $0, idColumn: "payment_id")
        }
        let loanIDs = Set(readers.map { LoanID($0.text("loan_id")) }).sorted()
        let terms = TermsLibrary(try await snapshots.snapshots())
        var desk = RepaymentDesk(
            loans: try await store.loans(loanIDs),
            known: try await store.known(readers.map { $0.text("payment_id") }),
            terms: terms, date: date, cutOff: cutOff, surroundings: surroundings)
        for (index, reader) in readers.enumerated() {
            desk.take(reader)
            surroundings.noteRow(index + 1, of: readers.count)
        }
        desk.checkReversals()
        if !desk.faults.isEmpty { throw ImportRefused(faults: desk.faults) }
        if !dryRun, !desk.facts.isEmpty {
            surroundings.crashPoint(.repaymentsBeforeRecording)
            try await store.record(desk.facts, on: date)
            surroundings.crashPoint(.repaymentsAfterRecording)
        }
        return ImportSummary(
            file: table.file, imported: desk.facts.count, alreadyThere: desk.alreadyThere)
    }
}

/// The platform's cut-off: which business date an instant belongs to.
package struct CutOff: Sendable {
    private let date: @Sendable (Int64) -> BusinessDate

    /// - Parameter date: the business date of an instant in UTC microseconds.
    package init(date: @escaping @Sendable (Int64) -> BusinessDate) { self.date = date }

    /// The business date an instant belongs to.
    package func businessDate(of instant: Int64) -> BusinessDate { date(instant) }
}
