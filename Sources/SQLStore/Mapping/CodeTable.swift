/// The integers that stand for the cases of an enum in the store; they never change their meaning.
package struct CodeTable<Value: Hashable & Sendable>: Sendable {
    private let codes: [Value: Int64]
    private let values: [Int64: Value]

    /// The codes, each case once.
    init(_ codes: [Value: Int64]) {
        self.codes = codes
        values = Dictionary(uniqueKeysWithValues: codes.map { ($0.value, $0.key) })
    }

    /// The code of a case; every case has one.
    package func code(_ value: Value) -> Int64 {
        guard let code = codes[value] else { preconditionFailure("\(value) has no code") }
        return code
    }

    /// The case of a code in a column; throws `StoreError.unexpectedValue` for an unknown one.
    func value(_ row: borrowing Row, _ column: Int) throws(StoreError) -> Value {
        let code = try row.int64(column)
        guard let value = values[code] else {
            throw .unexpectedValue(
                column: column, expected: "a code of \(Value.self)", found: "\(code)")
        }
        return value
    }
}
