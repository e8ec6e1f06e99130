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
    private struct Field {
        let offset: Int
        /// -1 for null.
        let length: Int32
        let type: Oid
    }

    private var bytes = GrowingBytes(capacity: 1 << 10)
    private var fields: [Field] = []
    private let placeholders: Int

    /// For runs of a statement with so many placeholders.
    init(placeholders: Int) {
        self.placeholders = placeholders
    }

    /// The whole rows so far.
    var count: Int { placeholders == 0 ? emptyRows : fields.count / placeholders }
    /// What they take.
    var byteCount: Int { bytes.count }
    private var emptyRows = 0

    /// Forgets the rows.
    func removeAll() {
        bytes.removeAll()
        fields.removeAll(keepingCapacity: true)
        emptyRows = 0
    }

    /// Adds a row; throws when the number of its values is not that of the placeholders.
    func add(
        sql: String, _ fill: (any RowWriter) throws(StoreError) -> Void
    ) throws(StoreError) {
        let before = fields.count
        try fill(self)
        let added = fields.count - before
        guard added == placeholders else {
            throw .statement(
                reason: "\(added) values for \(placeholders) placeholders", sql: sql)
        }
        if placeholders == 0 { emptyRows += 1 }
    }

    /// The types of a row's values.
    func types(_ row: Int) -> [Oid] { slice(row).map(\.type) }

    /// Lends a row in the form libpq takes.
    func withRow<Result>(
        _ row: Int,
        _ body: ([UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]) -> Result
    ) -> Result {
        let fields = slice(row)
        let start = bytes.start
        return body(
            fields.map { $0.length < 0 ? nil : start + $0.offset },
            fields.map { max(0, $0.length) },
            [Int32](repeating: 1, count: placeholders))
    }

    private func slice(_ row: Int) -> ArraySlice<Field> {
        fields[(row * placeholders)..<((row + 1) * placeholders)]
    }
}

// RowWriter: the next value each time.
extension ValueRows {
    func int64(_ value: Int64) {
        fields.append(Field(offset: bytes.count, length: 8, type: ServerType.int64))
        bytes.append(value)
    }

    func text(_ value: String) {
        var value = value
        value.withUTF8 { add(UnsafeRawBufferPointer($0), ServerType.text) }
    }

    func text(utf8 bytes: UnsafeRawBufferPointer) { add(bytes, ServerType.text) }

    func blob(_ bytes: UnsafeRawBufferPointer) { add(bytes, ServerType.bytes) }

    func null() {
        fields.append(Field(offset: 0, length: -1, type: ServerType.unknown))
    }

    private func add(_ content: UnsafeRawBufferPointer, _ type: Oid) {
        fields.append(Field(offset: bytes.count, length: Int32(content.count), type: type))
        bytes.append(content)
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
