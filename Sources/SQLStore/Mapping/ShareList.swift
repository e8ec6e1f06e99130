internal import LendingRules

/// Lenders and their funded amounts in one cell: for each, the length of its name in one byte, the
/// name's UTF-8 and the amount in 8 bytes, big-endian.
enum ShareList {
    /// The cell of lenders and amounts, in agreement order.
    static func bytes(_ lenders: [PartyID], _ amounts: [Int64]) -> [UInt8] {
        precondition(lenders.count == amounts.count, "each lender has an amount")
        var bytes: [UInt8] = []
        for (lender, amount) in zip(lenders, amounts) {
            let name = lender.name.utf8
            precondition(name.count < 256, "names of parties are short")
            bytes.append(UInt8(name.count))
            bytes.append(contentsOf: name)
            withUnsafeBytes(of: amount.bigEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// Lenders and amounts in a cell; throws `StoreError.unexpectedValue` when it is cut off.
    static func read(
        _ row: borrowing Row, _ column: Int
    ) throws(StoreError) -> (lenders: [PartyID], amounts: [Int64]) {
        var lenders: [PartyID] = []
        var amounts: [Int64] = []
        var isWhole = true
        try row.withBytes(column) { bytes in
            var start = 0
            while start < bytes.count {
                let nameEnd = start + 1 + Int(bytes[start])
                guard nameEnd + 8 <= bytes.count else {
                    isWhole = false
                    return
                }
                lenders.append(
                    PartyID(String(decoding: bytes[(start + 1)..<nameEnd], as: UTF8.self)))
                amounts.append(
                    Int64(
                        bigEndian: bytes.loadUnaligned(fromByteOffset: nameEnd, as: Int64.self)))
                start = nameEnd + 8
            }
        }
        guard isWhole else {
            throw .unexpectedValue(column: column, expected: "a list of shares", found: "a part")
        }
        return (lenders, amounts)
    }
}
