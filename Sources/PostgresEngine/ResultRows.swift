internal import CPostgres
internal import SQLStore

/// The rows of one whole result, which outlives this object.
final class ResultRows: RowSource {
    private let result: OpaquePointer
    private let kinds: [ColumnKind]
    private var row: Int32 = -1

    /// Stands before the first row.
    init(_ result: OpaquePointer) {
        self.result = result
        kinds = RowStream.kinds(result)
    }

    /// Goes to the next row; false at the end.
    func next() -> Bool {
        row += 1
        return row < PQntuples(result)
    }

    func kind(_ column: Int) -> ColumnKind {
        guard kinds.indices.contains(column) else { return .foreign }
        return PQgetisnull(result, row, Int32(column)) == 1 ? .null : kinds[column]
    }

    func int64(_ column: Int) -> Int64 { RowStream.int64(in: bytes(column)) }

    func bytes(_ column: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, Int32(column)),
            count: Int(PQgetlength(result, row, Int32(column))))
    }
}
