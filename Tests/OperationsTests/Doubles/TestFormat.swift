import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling

/// Files as plain words: a record a line, parts parted by `;`, a part's values by `,`.
struct TestFormat: DetailFileFormat {
    /// What a broken file makes of it.
    struct NotAFormat: Error {}

    func render(_ lines: DetailLines, for party: PartyID, on date: BusinessDate) throws
        -> [FileContent]
    {
        let files =
            [
                TestFile(.disbursements, lines.disbursements.map(Record.init)),
                TestFile(.repayments, lines.repayments.map(Record.init)),
                TestFile(.balances, lines.balances.map { Record($0, in: lines) }),
                TestFile(.inFlight, lines.inFlight.map(Record.init)),
                TestFile(.instalmentPlan, lines.plans.map(Record.init)),
                TestFile(.repaymentsByInstalment, lines.parts.map(Record.init)),
                TestFile(.accruals, lines.balances.map { Record(accrualOf: $0) }),
                TestFile(.statusChanges, lines.statusChanges.map { Record($0, in: lines) }),
                TestFile(.fees, lines.fees.map(Record.init)),
            ]
            + FileLayout.ofFacts.map { layout in
                TestFile(layout, lines.facts.filter { $0.file == layout.name }.map(Record.init))
            }
        return TestFile.manifest(of: files, party: TestTerms.platform, on: date)
    }

    func manifest(_ bytes: [UInt8]) throws -> PartnerManifest {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        let head = lines.first?.split(separator: ";") ?? []
        guard head.count == 2, let date = BusinessDate(head[0]) else { throw NotAFormat() }
        return PartnerManifest(
            date: date, party: PartyID(String(head[1])),
            files: try lines.dropFirst().map { line in
                let parts = line.split(separator: ";", omittingEmptySubsequences: false)
                guard parts.count == 4, let rows = Int(parts[2]) else { throw NotAFormat() }
                return PartnerManifest.File(
                    name: String(parts[0]), sha256: String(parts[1]),
                    entry: ManifestEntry(
                        rows: rows,
                        totals: parts[3].split(separator: ",").compactMap(TestFile.total)))
            })
    }

    func records(_ file: FileContent, layout: FileLayout) throws -> [Record] {
        let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n")
        return try lines.enumerated().map { number, line in
            guard let record = Record(words: String(line), number: number + 1), record.fits(layout)
            else {
                throw UnreadableFile(
                    code: "FILE-006", file: file.name, line: number + 1, what: "no record")
            }
            return record
        }
    }
}

extension TestFormat: InstructionLayout {
    func render(_ instructions: [Instruction]) -> FileContent {
        let lines = instructions.map { "\($0.settlement) \($0.amount)\n" }
        return FileContent(name: "settlement-instructions.csv", bytes: Array(lines.joined().utf8))
    }
}
