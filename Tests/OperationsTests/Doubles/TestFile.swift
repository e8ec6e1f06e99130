import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling

/// One file of records in the form of ``TestFormat``.
struct TestFile {
    let layout: FileLayout
    var records: [Record]

    init(_ layout: FileLayout, _ records: [Record]) {
        self.layout = layout
        self.records = records
    }

    var name: String { layout.name + ".csv" }

    var bytes: [UInt8] { Array(records.map { $0.words + "\n" }.joined().utf8) }

    /// Control totals as `column:currency:sum:absolute`, parted by commas.
    private var totals: String {
        Set(records.map(\.currency)).sorted().flatMap { currency in
            layout.amountColumns.enumerated().map { index, column in
                let amounts = records.filter { $0.currency == currency }.map { $0.amounts[index] }
                let absolute = amounts.reduce(0) { $0 + abs($1) }
                return "\(column.name):\(currency):\(amounts.reduce(0, +)):\(absolute)"
            }
        }.joined(separator: ",")
    }

    static func total(_ text: Substring) -> ControlTotal? {
        let words = text.split(separator: ":")
        guard words.count == 4, let currency = Currency(code: words[1]), let sum = Int64(words[2]),
            let absolute = Int64(words[3])
        else { return nil }
        return ControlTotal(
            column: String(words[0]), currency: currency, sum: sum, absolute: absolute)
    }

    /// The files with their manifest first.
    static func manifest(of files: [TestFile], party: PartyID, on date: BusinessDate)
        -> [FileContent]
    {
        let lines = files.map {
            "\($0.name);\(TestHash.hexadecimal($0.bytes));\($0.records.count);\($0.totals)\n"
        }
        let manifest = "\(date);\(party)\n" + lines.joined()
        return [FileContent(name: "manifest.json", bytes: Array(manifest.utf8))]
            + files.map { FileContent(name: $0.name, bytes: $0.bytes) }
    }
}
