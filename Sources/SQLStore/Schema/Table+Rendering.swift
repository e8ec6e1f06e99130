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
            + indexes.map(creation)
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

    /// The statement that inserts one row unless a unique index, under its condition, has its like.
    package func insertion(unlessIn index: Index) -> String {
        insertion + " ON CONFLICT (\(list(index.columns)))"
            + (index.condition.map { " WHERE \($0)" } ?? "") + " DO NOTHING"
    }

    /// The statement that inserts one row or overwrites the one under its natural key.
    package var insertionOrReplacement: String {
        let rest = columns.map(\.name).filter { !key.contains($0) }
        let changes = rest.map { "\($0) = excluded.\($0)" }
        return insertion + " ON CONFLICT (\(list(key))) DO UPDATE SET \(list(changes))"
    }

    /// The statement that reads all rows in the order of the natural key.
    package var selectionInKeyOrder: String {
        "SELECT \(list(columns.map(\.name))) FROM \(name) ORDER BY \(list(key))"
    }

    private func creation(_ index: Index) -> String {
        "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(index.name) "
            + "ON \(name) (\(list(index.columns)))"
            + (index.condition.map { " WHERE \($0)" } ?? "")
    }

    private func list(_ names: [String]) -> String {
        names.joined(separator: ", ")
    }
}
