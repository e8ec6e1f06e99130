/// The integers that stand for the cases of an enum in the store; they never change their meaning.
package struct CodeTable<Value: Hashable & Sendable>: Sendable {
    private let codes: [Value: Int64]
    /// The cases in order of their codes, nil between them: codes are small, and a row has several.
    private let values: [Value?]

    /// The codes, each case once.
    init(_ codes: [Value: Int64]) {
        self.codes = codes
        var values = [Value?](repeating: nil, count: Int(codes.values.max() ?? 0) + 1)
        for (value, code) in codes {
            precondition(values[Int(code)] == nil, "a code stands for one case")
            values[Int(code)] = value
        }
        self.values = values
    }

    /// The code of a case; every case has one.
    package func code(_ value: Value) -> Int64 {
        guard let code = codes[value] else { preconditionFailure("\(value) has no code") }
        return code
    }

    /// The case of a code in a column; throws `StoreError.unexpectedValue` for an unknown one.
    func value(_ row: borrowing Row, _ column: Int) throws(StoreError) -> Value {
        let code = try row.int64(column)
        guard values.indices.contains(Int(code)), let value = values[Int(code)] else {
            throw .unexpectedValue(
                column: column, expected: "a code of \(Value.self)", found: "\(code)")
        }
        return value
    }
}
