import BusinessCalendar
import Monetary

/// Reads one file front to back: checks every line, sums the amounts, sorts the lines into
/// partitions by the hash of their key.
struct FileScan: ~Copyable {
    private let columns: SideColumns
    private let seed: UInt64
    private var scanner: CSVScanner
    private var index: FileIndex
    /// Currencies met so far, by their three letters.
    private var known: [UInt32: KnownCurrency] = [:]
    /// The last line's; most files have one currency.
    private var latest = KnownCurrency(letters: 0, exponent: 0, firstSum: 0)

    /// - Parameter seed: keeps a sender from choosing keys of one hash; no result depends on it.
    init(_ view: ByteView, _ columns: SideColumns, seed: UInt64) {
        self.columns = columns
        self.seed = seed
        scanner = CSVScanner(view)
        index = FileIndex(
            amountColumns: columns.amounts.count, likelyRows: FileScan.likelyRows(of: view))
    }

    /// About how many lines there are, by those at the beginning.
    private static func likelyRows(of view: ByteView) -> Int {
        let sample = min(view.count, 1 << 16)
        let lines = (0..<sample).count { view[$0] == 0x0A }
        return view.count / max(1, sample / max(1, lines))
    }

    /// - Throws: ``MatchFault``, the first fault of the file.
    mutating func run() throws(MatchFault) -> FileIndex {
        // The header has been read before; this passes it over.
        _ = try next()
        while try next() { try take() }
        return index
    }

    @inline(__always)
    private mutating func next() throws(MatchFault) -> Bool {
        do throws(CSVFault) {
            return try scanner.next()
        } catch {
            throw MatchFault(error, side: columns.side, in: scanner.view)
        }
    }

    @inline(__always)
    private mutating func take() throws(MatchFault) {
        guard scanner.fieldCount == columns.names.count else { throw wrongWidth() }
        let view = scanner.view
        var hash = seed
        // By index: a loop over an array counts its references, line after line.
        for number in 0..<columns.key.count {
            hash = view.mixed(into: hash, scanner[columns.key[number]])
        }
        let exponent = try exponent()
        for number in 0..<columns.amounts.count {
            let amount = try amount(columns.amounts[number], exponent)
            index.sums.add(amount, column: latest.firstSum + number)
        }
        for number in 0..<columns.dates.count { try checkDate(columns.dates[number]) }
        let entry = RowEntry(
            hash: hash, start: scanner.record.lowerBound,
            length: UInt32(clamping: scanner.record.count),
            line: UInt32(clamping: scanner.recordLine))
        index.partitions[entry.partition].append(entry)
        index.rows += 1
    }

    /// The decimals of the line's currency, or nil when the file has none.
    @inline(__always)
    private mutating func exponent() throws(MatchFault) -> Int? {
        guard let column = columns.currency else { return nil }
        let (view, field) = (scanner.view, scanner[column])
        if field.end - field.start == 3 {
            var letters: UInt32 = 0
            for offset in field.range { letters = letters << 8 | UInt32(view[offset]) }
            if letters == latest.letters { return latest.exponent }
            if let known = known[letters] ?? meet(letters, view.text(of: field)) {
                latest = known
                return known.exponent
            }
        }
        throw fault(
            "MATCH-004", column, "'\(view.text(of: field).prefix(40))' is no ISO 4217 currency")
    }

    /// A currency that no line before had; nil when there is none of that code.
    private mutating func meet(_ letters: UInt32, _ code: String) -> KnownCurrency? {
        guard let currency = Currency(code: code) else { return nil }
        let met = KnownCurrency(
            letters: letters, exponent: currency.exponent,
            firstSum: index.sums.addCurrency(currency))
        known[letters] = met
        return met
    }

    @inline(__always)
    private func amount(_ column: Int, _ exponent: Int?) throws(MatchFault) -> ExactAmount {
        let field = scanner[column]
        do throws(ExactAmount.Fault) {
            let amount = try ExactAmount(scanner.view, from: field.start, to: field.end)
            return try exponent.map { count throws(ExactAmount.Fault) in
                try amount.scaled(to: count)
            } ?? amount
        } catch {
            throw notAnAmount(error, column, exponent)
        }
    }

    private func notAnAmount(_ fault: ExactAmount.Fault, _ column: Int, _ exponent: Int?)
        -> MatchFault
    {
        let shown = "'\(scanner.view.text(of: scanner[column]).prefix(40))'"
        switch fault {
        case .notANumber:
            return self.fault("MATCH-003", column, "\(shown) is not a decimal number")
        case .tooManyDecimals:
            let allowed = exponent ?? ExactAmount.decimalsLimit
            return self.fault("MATCH-003", column, "\(shown) has more than \(allowed) decimals")
        case .overflow:
            return self.fault("MATCH-006", column, "\(shown) is beyond the range of amounts")
        }
    }

    @inline(__always)
    private func checkDate(_ column: Int) throws(MatchFault) {
        let field = scanner[column]
        if BusinessDate(scanner.view, field) != nil { return }
        throw fault(
            "MATCH-005", column,
            "'\(scanner.view.text(of: field).prefix(40))' is no date such as 2026-01-31")
    }

    private func wrongWidth() -> MatchFault {
        MatchFault(
            code: "FILE-004", side: columns.side, line: scanner.recordLine, column: 1,
            what: HeaderLine.otherWidth(scanner.fieldCount, than: columns.names.count))
    }

    private func fault(_ code: String, _ column: Int, _ what: String) -> MatchFault {
        let (view, place) = (scanner.view, scanner[column].place)
        let before = (scanner.record.lowerBound..<place).count { view[$0] == 0x0A }
        return MatchFault(
            code: code, side: columns.side, line: scanner.recordLine + before,
            column: view.column(of: place), what: "\(columns.names[column].prefix(70)) \(what)")
    }
}

/// A currency of a file: its letters, its decimals and where its sums begin.
private struct KnownCurrency {
    let letters: UInt32
    let exponent: Int
    let firstSum: Int
}

extension BusinessDate {
    /// The date a field states as `YYYY-MM-DD`, or nil.
    @inline(__always)
    init?(_ view: ByteView, _ field: FieldSpan) {
        guard field.end - field.start == 10, view[field.start + 4] == UInt8(ascii: "-"),
            view[field.start + 7] == UInt8(ascii: "-")
        else { return nil }
        var (number, isNumber) = (0, true)
        for offset in field.range where offset != field.start + 4 && offset != field.start + 7 {
            let digit = view[offset] &- 48
            isNumber = isNumber && digit < 10
            number = number * 10 + Int(digit)
        }
        guard isNumber else { return nil }
        self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }
}
