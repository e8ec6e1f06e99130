import BusinessCalendar
package import LendingRules
import Monetary

/// Records the facts of an import file: all of them, or none.
///
/// An id is recorded once for ever; the same file again records nothing. The order of lines means
/// nothing: facts are judged in their own order, value date, instant, id.
package struct FactImport: Sendable {
    private let store: any FactIntakeStore
    private let snapshots: any TermsSnapshots
    private let platform: PartyID
    private let surroundings: Surroundings
    private let cutOff: CutOff

    package init(
        store: any FactIntakeStore, snapshots: any TermsSnapshots, platform: PartyID,
        surroundings: Surroundings, cutOff: CutOff
    ) {
        self.store = store
        self.snapshots = snapshots
        self.platform = platform
        self.surroundings = surroundings
        self.cutOff = cutOff
    }

    /// Checks the whole table, then records it on the open date. A field that a record does not
    /// have stands at column 0.
    ///
    /// - Parameter rejects: Where records with faults go when the good ones are kept.
    /// - Throws: ``ImportRefused`` with every fault, before anything is recorded; what `rejects`
    ///   throws, before anything is recorded either.
    package func run(_ table: ImportTable, dryRun: Bool = false, rejects: (any Rejects)? = nil)
        async throws -> ImportSummary
    {
        let date = try await store.openDate()
        let columns = Dictionary(
            zip(table.columns, table.columns.indices), uniquingKeysWith: { first, _ in first })
        let readers = table.rows.map {
            RecordReader(file: table.file, columns: columns, row: $0, idColumn: "id")
        }
        let checked = try await check(table, readers, date, keepGood: rejects != nil)
        let (desk, judge) = checked.desk
        var recorded = judge.facts.count
        if !dryRun {
            try rejects?.take(checked.rejected, of: table)
            recorded = try await record(judge, on: date)
        }
        return ImportSummary(
            file: table.file, imported: recorded,
            alreadyThere: desk.alreadyThere + judge.facts.count - recorded,
            rejected: checked.rejected.count)
    }

    private func check(
        _ table: ImportTable, _ readers: [RecordReader], _ date: BusinessDate, keepGood: Bool
    ) async throws -> CheckedRecords<(FactDesk, FactJudge)> {
        let loans = Set(readers.map { LoanID($0.text("loan")) }).sorted()
        let subjects = try await store.subjects(loans)
        let known = try await store.known(readers.map { $0.text("id") })
        let bar = try FactJudge(
            subjects: subjects, terms: TermsLibrary(try await snapshots.snapshots()),
            platform: platform, date: date)
        return try CheckedRecords(table, readers, keepGood: keepGood) { good in
            var desk = FactDesk(
                subjects: subjects, known: known, platform: platform, date: date,
                cutOff: cutOff, surroundings: surroundings)
            for reader in good { desk.take(reader) }
            var judge = bar
            judge.judge(desk.drafts)
            let faults = (desk.faults + judge.faults).sorted {
                ($0.line, $0.column, $0.code) < ($1.line, $1.column, $1.code)
            }
            return ((desk, judge), faults)
        }
    }

    private func record(_ judge: FactJudge, on date: BusinessDate) async throws -> Int {
        if judge.facts.isEmpty { return 0 }
        surroundings.crashPoint(.factsBeforeRecording)
        let recorded = try await store.record(
            FactBatch(facts: judge.facts, seen: judge.seen, states: judge.states), on: date)
        surroundings.crashPoint(.factsAfterRecording)
        return recorded
    }
}
