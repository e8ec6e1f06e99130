// Spoiled bytes for every parser that reads what others wrote: none crashes, none hangs, and what
// is refused has its place.

import BusinessCalendar
import LendingRules
import Monetary
import Operations
import PartnerGateway
import Reconciling
import TestSupport
import Testing

@Suite struct FuzzTests {
    private static let csv = Array(
        "a,b,c\n1,\"x,\"\"y\"\"\",é\n2,\"two\nlines\",\n\"\",plain,中\r\n".utf8)
    private static let records = Array(
        """
        {"loan_id":"A1","principal":"10.00"}
        {"loan_id":"A2","principal":"1","grade":"\\u00e9"}

        """.utf8)
    private static let json = Array(
        #"{"a":[1,-2.5e3,true,null,"x\ny"],"b":{"c":"\ud83d\ude00","d":[]},"e":"银"}"#.utf8)
    private static let answer = Array(
        """
        {"key":"LC-1.harbor.1","state":"accepted","amount":"7000.00","currency":"USD",\
        "reference":"R1","valueDate":"2026-01-03","sequence":4}
        """.utf8)
    private static let manifest = Array(
        """
        {"date":"2026-01-03","party":"harbor","files":[{"name":"repayments.csv","rows":1,\
        "sha256":"\(String(repeating: "a1", count: 32))","totals":[{"column":"principal",\
        "currency":"USD","sum":"7.00","absolute":"7.00"}]}]}
        """.utf8)

    @Test(.timeLimit(.minutes(5)))
    func `a spoiled CSV file is refused with places, or comes back as it was read`() throws {
        try Property.check(150_000) { generator in
            let bytes = Mutation.of(Self.csv, &generator)
            do {
                let table = try CSVReader.read(bytes, file: "f.csv")
                var writer = CSVWriter(columns: table.columns)
                for row in table.rows { writer.row(row.fields.map(\.text)) }
                let again = try CSVReader.read(writer.bytes, file: "f.csv")
                try hold(again.columns == table.columns, "\(table.columns)")
                let texts = table.rows.map { $0.fields.map(\.text) }
                try hold(again.rows.map { $0.fields.map(\.text) } == texts, "\(texts)")
            } catch let refused as ImportRefused {
                try check(refused, bytes)
            }
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `keeping good rows neither loses nor doubles a row of a spoiled file`() throws {
        try Property.check(50_000) { generator in
            let bytes = Mutation.of(Self.csv, &generator)
            guard let kept = try? CSVReader.read(bytes, file: "f.csv", keepGood: true) else {
                return
            }
            let strict = try? CSVReader.read(bytes, file: "f.csv")
            try hold((strict != nil) == kept.rejected.isEmpty, "\(kept.rejected)")
            let lines = kept.rows.map(\.line) + kept.rejected.map(\.line)
            try hold(Set(lines).count == lines.count, "lines \(lines)")
            try hold(kept.rejected.allSatisfy { !$0.faults.isEmpty }, "a reject without reason")
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `spoiled NDJSON is refused with places, or gives texts`() throws {
        try Property.check(100_000) { generator in
            let bytes = Mutation.of(Self.records, &generator)
            do {
                let table = try NDJSONReader.read(bytes, file: "f.ndjson")
                let width = table.columns.count
                try hold(table.rows.allSatisfy { $0.fields.count == width }, "\(table)")
            } catch let refused as ImportRefused {
                try check(refused, bytes)
            }
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `spoiled JSON is refused where it stops being JSON, or is read`() throws {
        try Property.check(150_000) { generator in
            let bytes = Mutation.of(Self.json, &generator)
            do throws(JSONFault) {
                _ = try JSONReader.read(bytes)
            } catch {
                try hold((0...bytes.count).contains(error.offset), "\(error)")
                try hold(error.place.line >= 1 && error.place.column >= 1, "\(error)")
            }
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `a spoiled manifest is refused with its place, or names files safely`() throws {
        let format = ProtocolV1Files(sender: PartyID("platform"))
        try Property.check(100_000) { generator in
            let bytes = Mutation.of(Self.manifest, &generator)
            do {
                let manifest = try format.manifest(bytes)
                for file in manifest.files {
                    try hold(!file.name.contains("/") && !file.name.hasPrefix("."), file.name)
                    try hold(file.sha256.utf8.count == 64 && file.entry.rows >= 0, "\(file)")
                }
            } catch let fault as UnreadableFile {
                try hold(fault.line >= 1 && fault.column >= 1, "\(fault)")
            }
        }
    }

    /// A spoiled answer must never be taken for another amount, key or acceptance.
    @Test(.timeLimit(.minutes(5)))
    func `a spoiled answer is unknown, or says what was asked`() throws {
        let request = try Samples.request()
        try Property.check(100_000) { generator in
            let bytes = Mutation.of(Self.answer, &generator)
            let answer = AnswerJudgement.judge(.send, of: request, status: 201, body: bytes)
            guard case .accepted = answer else { return }
            let read = try FundingAnswer(bytes)
            try hold(read.key == request.key, "\(read)")
            try hold(read.money?.minorUnits == request.amount, "\(read)")
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `a spoiled detail file is refused with its place, or gives whole records`() throws {
        let format = ProtocolV1Files(sender: PartyID("platform"))
        let file = Array(
            """
            request_key,loan_id,partner_loan_no,principal,currency,value_date,reverses
            L1.harbor.1,L1,H1,70.00,USD,2026-01-03,
            L2.harbor.1,L2,,7,JPY,2026-01-03,L1.harbor.1

            """.utf8)
        try Property.check(50_000) { generator in
            let bytes = Mutation.of(file, &generator)
            do {
                let records = try format.records(
                    FileContent(name: "disbursements.csv", bytes: bytes), layout: .disbursements)
                try hold(records.allSatisfy { $0.fits(.disbursements) }, "\(records)")
            } catch let fault as UnreadableFile {
                try hold(fault.line >= 1 && fault.column >= 1, "\(fault)")
            }
        }
    }

    private func check(_ refused: ImportRefused, _ bytes: [UInt8]) throws {
        let lines = bytes.count { $0 == 0x0A } + 1
        for fault in refused.faults {
            try hold(fault.line >= 1 && fault.line <= lines + 1, "\(fault)")
            try hold(fault.code.hasPrefix("FILE-") && !fault.what.isEmpty, "\(fault)")
        }
        try hold(!refused.faults.isEmpty, "refused without a fault")
    }
}
