import BusinessCalendar
import LendingRules
import Monetary

/// Records the facts of an import file: all of them, or none.
///
/// An id is recorded once for ever; the same file again records nothing. The order of lines means
/// nothing: facts are judged in their own order, value date, instant, id.
package struct FactImport: Sendable {
    private let store: any FactIntakeStore
    private let snapshots: any TermsSnapshots
    private let catalogue: Catalogue
    private let surroundings: Surroundings
    private let cutOff: CutOff

    package init(
        store: any FactIntakeStore, snapshots: any TermsSnapshots, catalogue: Catalogue,
        surroundings: Surroundings, cutOff: CutOff
    ) {
        self.store = store
        self.snapshots = snapshots
        self.catalogue = catalogue
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
        let lends = ["drawdown", "purchase", "ratio-change"]
        let isLimited = readers.contains { lends.contains($0.text("kind")) }
        let limits = isLimited ? try await store.limits(of: catalogue, on: date) : []
        let checked = try await check(table, readers, date, limits, keepGood: rejects != nil)
        let done = checked.desk
        var recorded = done.count
        if !dryRun {
            try rejects?.take(checked.rejected, of: table)
            recorded = try await record(done, limits, on: date)
        }
        return ImportSummary(
            file: table.file, imported: recorded,
            alreadyThere: done.desk.alreadyThere + done.count - recorded,
            rejected: checked.rejected.count, warnings: recorded > 0 ? done.warnings : [])
    }

    /// A file that was looked at.
    private struct Checked {
        var desk: FactDesk
        var judge: FactJudge
        /// What rules warn of in what is drawn or bought, in loan order.
        let warnings: [LoanWarning]

        /// Records that are taken; parts of what came for a line count as one.
        var count: Int { judge.facts.count(where: \.isWhole) + desk.lines.keys.count }
    }

    private func check(
        _ table: ImportTable, _ readers: [RecordReader], _ date: BusinessDate, _ limits: [Limit],
        keepGood: Bool
    ) async throws -> CheckedRecords<Checked> {
        let start = try await store.fundingRun(of: catalogue, limits, on: date)
        let loans = Set(readers.map { LoanID($0.text("loan")) }).sorted()
        var subjects = try await store.subjects(loans)
        let lines = try await store.lines(loans.filter { subjects[$0] == nil })
        for note in lines.values.flatMap(\.notes) { subjects[note.record.loan] = note }
        let known = try await store.known(readers.map { $0.text("id") })
        let terms = TermsLibrary(try await snapshots.snapshots())
        let lineDesk = LineDesk(
            try lines.mapValues { try LineBench($0, terms) },
            taken: try await taken(readers, lines, subjects), catalogue: catalogue, date: date,
            cutOff: cutOff)
        let bar = try FactJudge(
            subjects: subjects, terms: terms, platform: catalogue.platform, date: date)
        return try CheckedRecords(table, readers, keepGood: keepGood) { good in
            var desk = FactDesk(
                subjects: subjects, lines: lineDesk, known: known, catalogue: catalogue,
                date: date, cutOff: cutOff, surroundings: surroundings)
            for reader in good { desk.take(reader) }
            desk.lines.settle()
            var judge = bar
            judge.judge(desk.drafts + desk.lines.drafts)
            desk.lines.book(after: judge.facts)
            var run = start
            let funded = run.book(desk.lines.bookings)
            let refused = desk.lines.faults(funded.refused)
            let short = desk.shortages(of: judge.facts, &run.limits)
            let faults = (desk.faults + judge.faults + desk.lines.faults + refused + short).sorted {
                ($0.line, $0.column, $0.code) < ($1.line, $1.column, $1.code)
            }
            return (Checked(desk: desk, judge: judge, warnings: funded.warnings), faults)
        }
    }

    /// Names that notes of the file would have and that loans or lines have already.
    private func taken(
        _ readers: [RecordReader], _ lines: [LoanID: LineSubject],
        _ subjects: [LoanID: FactSubject]
    ) async throws -> Set<LoanID> {
        let names = readers.compactMap { reader in
            lines[LoanID(reader.text("loan"))].map { $0.record.note(of: reader.text("id")) }
        }
        let known: [LoanID: String] = try await store.known(names)
        return Set(known.keys).union(subjects.keys)
    }

    private func record(_ checked: Checked, _ limits: [Limit], on date: BusinessDate)
        async throws -> Int
    {
        let (judge, lines) = (checked.judge, checked.desk.lines)
        if checked.count == 0 { return 0 }
        surroundings.crashPoint(.factsBeforeRecording)
        let bookings = lines.bookings.sorted { $0.record.loan < $1.record.loan }
        let draws = LoanBatch(
            bookings: bookings, snapshots: catalogue.snapshots(of: bookings.map(\.record)),
            limits: bookings.isEmpty ? [] : limits, rules: catalogue.rules)
        let recorded = try await store.record(
            FactBatch(
                facts: judge.facts, seen: judge.seen.merging(lines.seen) { first, _ in first },
                states: judge.states, keys: lines.keys, draws: draws, notes: lines.notes,
                limits: limits),
            on: date)
        surroundings.crashPoint(.factsAfterRecording)
        return recorded
    }
}
