/// How far two amounts of one column may be apart and still count as rounding.
package struct Tolerance: Hashable, Sendable {
    /// Minor units for every column without a figure of its own; never negative.
    package let minorUnits: Int64
    /// Minor units by column name.
    package let byColumn: [String: Int64]

    package static let none = Tolerance(minorUnits: 0)

    package init(minorUnits: Int64, byColumn: [String: Int64] = [:]) {
        precondition(
            minorUnits >= 0 && byColumn.values.allSatisfy { $0 >= 0 },
            "a tolerance is not negative")
        self.minorUnits = minorUnits
        self.byColumn = byColumn
    }

    /// The tolerance of one column, minor units.
    package func minorUnits(for column: String) -> Int64 { byColumn[column] ?? minorUnits }

    /// The widest tolerance over a layout's amount columns, minor units.
    func widest(of layout: FileLayout) -> Int64 {
        layout.amountColumns.reduce(0) { max($0, minorUnits(for: $1.name)) }
    }
}
