extension Table {
    /// The statements that create the table and its indexes in an engine.
    package func creation(_ dialect: Dialect) -> [String] {
        let lines =
            columns.map { column in
                "\(column.name) \(dialect.type(column.kind))"
                    + (column.isNullable ? "" : " NOT NULL")
            } + ["PRIMARY KEY (\(list(key)))"] + uniques.map { "UNIQUE (\(list($0)))" }
            + references.map {
                "FOREIGN KEY (\(list($0.columns))) REFERENCES \($0.table) (\(list($0.key)))"
            }
        let suffix = isNarrow ? dialect.narrowTableSuffix : dialect.wideTableSuffix
        return ["CREATE TABLE \(name) (\n    \(lines.joined(separator: ",\n    "))\n)\(suffix)"]
            + indexes.map { "CREATE INDEX \($0.name) ON \(name) (\(list($0.columns)))" }
    }

    /// The statement that inserts one row, its placeholders in the order of the columns.
    package var insertion: String {
        let placeholders = columns.indices.map { "?\($0 + 1)" }
        return "INSERT INTO \(name) (\(list(columns.map(\.name)))) VALUES (\(list(placeholders)))"
    }

    /// The statement that inserts one row unless its natural key is there already.
    package var insertionUnlessPresent: String {
        insertion + " ON CONFLICT (\(list(key))) DO NOTHING"
    }

    /// The statement that reads all rows in the order of the natural key.
    package var selectionInKeyOrder: String {
        "SELECT \(list(columns.map(\.name))) FROM \(name) ORDER BY \(list(key))"
    }

    private func list(_ names: [String]) -> String {
        names.joined(separator: ", ")
    }
}
