internal import CPostgres
internal import SQLStore

/// The server's types for what the store keeps, by their number in its catalogue.
enum ServerType {
    static let bytes: Oid = 17
    static let int64: Oid = 20
    static let int16: Oid = 21
    static let int32: Oid = 23
    static let text: Oid = 25
    static let varchar: Oid = 1043
    /// Left to the server: a null has no bytes that could be misread.
    static let unknown: Oid = 0
}

/// The values of some runs of one statement, in the server's binary form.
final class ValueRows: RowWriter {
    /// A row as libpq takes it, while the rows do not change.
    struct Lent {
        let number: Int
        let count: Int
        let values: UnsafePointer<UnsafePointer<CChar>?>?
        let lengths: UnsafePointer<Int32>?
        let formats: UnsafePointer<Int32>?
    }

    /// The whole rows so far.
    private(set) var count = 0

    private let placeholders: Int
    private var bytes = GrowingBytes(capacity: 1 << 10)
    private var hasZero = false
    // One element for each value of each row.
    private var offsets: [Int] = []
    /// -1 for null.
    private var lengths: [Int32] = []
    private var types: [Oid] = []

    /// For runs of a statement with so many placeholders.
    init(placeholders: Int) {
        self.placeholders = placeholders
    }

    /// What they take.
    var byteCount: Int { bytes.count }

    /// Forgets the rows.
    func removeAll() {
        bytes.removeAll()
        offsets.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        types.removeAll(keepingCapacity: true)
        count = 0
    }

    /// Adds a row; throws when the number of its values is not that of the placeholders, or when a
    /// text cannot be stored.
    func add(
        sql: String, _ fill: (any RowWriter) throws(StoreError) -> Void
    ) throws(StoreError) {
        let before = types.count
        try fill(self)
        let added = types.count - before
        guard added == placeholders else {
            throw .statement(
                reason: "\(added) values for \(placeholders) placeholders", sql: sql)
        }
        guard !hasZero else { throw .zeroInText(sql: sql) }
        count += 1
    }

    /// The types of a row's values.
    func types(_ row: Int) -> ArraySlice<Oid> {
        types[(row * placeholders)..<((row + 1) * placeholders)]
    }

    /// Lends all rows, one after the other, until `body` returns false; whether it never did.
    func withRows(_ body: (Lent) -> Bool) -> Bool {
        let start = bytes.start
        let pointers = offsets.indices.map { lengths[$0] < 0 ? nil : start + offsets[$0] }
        let formats = [Int32](repeating: 1, count: placeholders)
        return pointers.withUnsafeBufferPointer { pointers in
            lengths.withUnsafeBufferPointer { lengths in
                formats.withUnsafeBufferPointer { formats in
                    (0..<count).allSatisfy { row in
                        let first = row * placeholders
                        return body(
                            Lent(
                                number: row, count: placeholders,
                                values: pointers.baseAddress.map { $0 + first },
                                lengths: lengths.baseAddress.map { $0 + first },
                                formats: formats.baseAddress))
                    }
                }
            }
        }
    }
}

// RowWriter: the next value each time.
extension ValueRows {
    func int64(_ value: Int64) {
        note(length: 8, ServerType.int64)
        bytes.append(value)
    }

    func text(_ value: String) {
        var value = value
        value.withUTF8 { text(utf8: UnsafeRawBufferPointer($0)) }
    }

    func text(utf8 bytes: UnsafeRawBufferPointer) {
        hasZero = hasZero || bytes.hasZero
        add(bytes, ServerType.text)
    }

    func blob(_ bytes: UnsafeRawBufferPointer) { add(bytes, ServerType.bytes) }

    func null() {
        note(length: -1, ServerType.unknown)
    }

    private func add(_ content: UnsafeRawBufferPointer, _ type: Oid) {
        note(length: Int32(content.count), type)
        bytes.append(content)
    }

    private func note(length: Int32, _ type: Oid) {
        offsets.append(bytes.count)
        lengths.append(length)
        types.append(type)
    }
}

extension RowWriter {
    /// The values of a list, one after the other.
    func write(_ values: [SQLValue]) {
        for value in values {
            switch value {
            case .int64(let value): int64(value)
            case .text(let value): text(value)
            case .blob(let value): blob(value)
            case .null: null()
            }
        }
    }
}
