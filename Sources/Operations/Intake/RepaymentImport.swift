package import BusinessCalendar
package import LendingRules
import Monetary

/// Records the repayments and reversals of an import file: all of them, or none.
///
/// A payment id is recorded once for ever; the same file again records nothing.
package struct RepaymentImport: Sendable {
    private let store: any RepaymentIntakeStore
    private let snapshots: any TermsSnapshots
    private let platform: PartyID
    private let surroundings: Surroundings
    private let cutOff: CutOff

    /// Columns every repayments file has (PROTOCOL § Imports).
    package static let requiredColumns = [
        "payment_id", "loan_id", "amount", "currency", "paid_at",
    ]
    package static let optionalColumns = ["value_date", "channel", "reverses"]

    package init(
        store: any RepaymentIntakeStore, snapshots: any TermsSnapshots, platform: PartyID,
        surroundings: Surroundings, cutOff: CutOff
    ) {
        self.platform = platform
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
        let desk = checked.desk
        let count = desk.facts.count(where: \.isWhole) + desk.keys.count
        var recorded = count
        if !dryRun {
            try rejects?.take(checked.rejected, of: table)
            recorded = try await record(desk, on: date)
        }
        return ImportSummary(
            file: table.file, imported: recorded,
            alreadyThere: desk.alreadyThere + count - recorded,
            rejected: checked.rejected.count, late: recorded > 0 ? desk.late : [])
    }

    private func check(
        _ table: ImportTable, _ readers: [RecordReader], _ date: BusinessDate, keepGood: Bool
    ) async throws -> CheckedRecords<RepaymentDesk> {
        let ids = Set(readers.map { LoanID($0.text("loan_id")) }).sorted()
        let loans = try await store.loans(ids)
        let subjects = try await store.lines(ids.filter { loans[$0] == nil })
        let terms = TermsLibrary(try await snapshots.snapshots())
        let lines = try subjects.mapValues { try LineBench($0, terms) }
        let known = try await store.known(readers.map { $0.text("payment_id") })
        let plans = try PaymentPlans(
            try await store.subjects(terms.replanned(loans)), terms: terms, platform: platform,
            date: date)
        return try CheckedRecords(table, readers, keepGood: keepGood) { good in
            var desk = RepaymentDesk(
                loans: loans, lines: lines, known: known, terms: terms, date: date,
                cutOff: cutOff, surroundings: surroundings)
            for (index, reader) in good.enumerated() {
                desk.take(reader)
                surroundings.noteRow(index + 1, of: good.count)
            }
            desk.checkReversals()
            desk.check(plans)
            if desk.faults.isEmpty { desk.divideLinePayments() }
            return (desk, desk.faults)
        }
    }

    private func record(_ desk: RepaymentDesk, on date: BusinessDate) async throws -> Int {
        if desk.facts.isEmpty { return 0 }
        surroundings.crashPoint(.repaymentsBeforeRecording)
        let recorded = try await store.record(
            desk.facts, keys: desk.keys, seen: desk.seen, on: date)
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
