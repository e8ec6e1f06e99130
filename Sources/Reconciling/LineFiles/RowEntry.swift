import Monetary

/// One line of a file as the matcher keeps it: 24 bytes, whatever the line holds.
struct RowEntry: Hashable, Sendable {
    /// Of the key's content; lines of one key have one hash, not the other way round.
    let hash: UInt64
    /// Where the line begins in the file's bytes.
    let start: Int
    /// Its bytes without the line end.
    let length: UInt32
    /// From 1, the header counted.
    let line: UInt32

    /// The partition in which the line meets those of its key.
    var partition: Int { Int(hash >> 56) }
}

/// A line and whose it is.
struct SideRow {
    let side: Side
    let entry: RowEntry
}

/// What one pass over a file brings: its lines by partition, and the sums of its amounts.
package struct FileIndex: Sendable {
    /// Lines of one key are in the same partition of both files.
    var partitions: [[RowEntry]] = Array(repeating: [], count: LineFileMatch.partitions)
    package var rows = 0
    var sums: AmountSums

    init(amountColumns: Int, likelyRows: Int) {
        sums = AmountSums(columns: amountColumns)
        let share = likelyRows / LineFileMatch.partitions
        for partition in partitions.indices {
            partitions[partition].reserveCapacity(share + share / 8 + 8)
        }
    }
}

/// Sums of amount columns by currency, kept by number of decimals, so that no line is rescaled.
struct AmountSums: Sendable {
    /// In the order in which they were met; none in a file without a column `currency`.
    private(set) var currencies: [Currency] = []
    private let columns: Int
    /// The columns of each currency in a row; of the first one, or of no currency, from the start.
    private var digits: [Int128]
    /// Per column one bit for each number of decimals that occurred.
    private var seen: [UInt16]
    private let stride = ExactAmount.decimalsLimit + 1

    init(columns: Int) {
        self.columns = columns
        digits = Array(repeating: 0, count: columns * stride)
        seen = Array(repeating: 0, count: columns)
    }

    /// Makes room for a currency and gives the number of its first column.
    mutating func addCurrency(_ currency: Currency) -> Int {
        currencies.append(currency)
        if currencies.count > 1 {
            digits += Array(repeating: 0, count: columns * stride)
            seen += Array(repeating: 0, count: columns)
        }
        return (currencies.count - 1) * columns
    }

    /// A 64-bit amount of each of 2³² lines fits.
    ///
    /// - Parameter column: counted from the first one of its currency.
    mutating func add(_ amount: ExactAmount, column: Int) {
        digits[column * stride + amount.decimals] += Int128(amount.digits)
        seen[column] |= 1 << UInt16(amount.decimals)
    }

    /// The sum of a column, by currency where that is asked for.
    ///
    /// - Throws: ``ExactAmount/Fault/overflow``.
    func told(_ column: Int, byCurrency isMixed: Bool) throws(ExactAmount.Fault) -> SummedAmount {
        guard isMixed else { return .single(try sum(column).text) }
        var parts: [SummedAmount.Part] = []
        for (place, currency) in currencies.enumerated() {
            let amount = try sum(place * columns + column)
            parts.append(SummedAmount.Part(currency: currency.code, amount: amount))
        }
        return .byCurrency(parts.sorted { $0.currency < $1.currency })
    }

    private func sum(_ column: Int) throws(ExactAmount.Fault) -> WideAmount {
        var sum = WideAmount.zero
        for decimals in 0..<stride where seen[column] & 1 << UInt16(decimals) != 0 {
            let part = WideAmount(digits: digits[column * stride + decimals], decimals: decimals)
            try sum.add(part)
        }
        return sum
    }
}
