extension StoreError {
    /// A text holds a zero byte, which PostgreSQL cannot store: no engine does, so that a book fits
    /// into either. Whoever takes texts in refuses them with a place; here it is a defect.
    package static func zeroInText(sql: String) -> StoreError {
        .statement(reason: "a text holds a zero byte, which no store keeps", sql: sql)
    }
}

extension UnsafeRawBufferPointer {
    /// Whether one of the bytes is zero.
    package var hasZero: Bool { contains(0) }
}
