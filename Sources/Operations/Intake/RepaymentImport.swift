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
    /// - Parameter rejects: Where records with faults go when the good ones are kept.
    /// - Throws: ``ImportRefused`` with every fault, before anything is recorded; what `rejects`
    ///   throws, before anything is recorded either.
    package func run(_ table: ImportTable, dryRun: Bool = false, rejects: (any Rejects)? = nil)
        async throws -> ImportSummary
    {
        let columns = try table.columnIndex(
            required: RepaymentImport.requiredColumns, optional: RepaymentImport.optionalColumns)
        let date = try await store.openDate()
        let readers = table.rows.map {
            RecordReader(file: table.file, columns: columns, row: $0, idColumn: "payment_id")
        }
        let checked = try await check(table, readers, date, keepGood: rejects != nil)
        let facts = checked.desk.facts
        var recorded = facts.count
        if !dryRun {
            try rejects?.take(checked.rejected, of: table)
            recorded = try await record(facts, on: date)
        }
        return ImportSummary(
            file: table.file, imported: recorded,
            alreadyThere: checked.desk.alreadyThere + facts.count - recorded,
            rejected: checked.rejected.count)
    }

    private func check(
        _ table: ImportTable, _ readers: [RecordReader], _ date: BusinessDate, keepGood: Bool
    ) async throws -> CheckedRecords<RepaymentDesk> {
        let loans = try await store.loans(Set(readers.map { LoanID($0.text("loan_id")) }).sorted())
        let terms = TermsLibrary(try await snapshots.snapshots())
        let known = try await store.known(readers.map { $0.text("payment_id") })
        return try CheckedRecords(table, readers, keepGood: keepGood) { good in
            var desk = RepaymentDesk(
                loans: loans, known: known, terms: terms, date: date, cutOff: cutOff,
                surroundings: surroundings)
            for (index, reader) in good.enumerated() {
                desk.take(reader)
                surroundings.noteRow(index + 1, of: good.count)
            }
            desk.checkReversals()
            return (desk, desk.faults)
        }
    }

    private func record(_ facts: [NewFact], on date: BusinessDate) async throws -> Int {
        if facts.isEmpty { return 0 }
        surroundings.crashPoint(.repaymentsBeforeRecording)
        let recorded = try await store.record(facts, on: date)
        surroundings.crashPoint(.repaymentsAfterRecording)
        return recorded
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
