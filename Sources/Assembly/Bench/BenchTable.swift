import SQLStore

/// A table whose rows are made up, the same ones every time, in the order of its key.
struct BenchTable: Sendable {
    let table: Table
    /// Writes the values of a row.
    let write: @Sendable (_ row: Int, _ writer: any RowWriter) -> Void

    static let all = [narrow, distribution]

    /// Two numbers: what a row costs at the least.
    private static let narrow = BenchTable(
        table: Table(
            "bench_narrow", .reference, .operational, [.int64("k"), .int64("amount")], key: ["k"])
    ) { row, writer in
        writer.int64(Int64(row))
        writer.int64(Int64(row * 7919 % 90_000))
    }

    /// The widest of what a close writes in bulk: what lenders receive of payments.
    private static let distribution = BenchTable(
        table: Table(
            "bench_distribution", Table.distribution.tableClass, .operational,
            Table.distribution.columns, key: Table.distribution.key,
            anchor: Table.distribution.anchor)
    ) { row, writer in
        let loan = row / 4
        writer.int64(Int64(loan / 500))
        writer.text("LC\(10_000_000 + loan)")
        writer.text("PAY\(1_000_000_000 + row)")
        writer.text(["harbor", "meridian", "platform", "summit"][row % 4])
        writer.int64(20_500)
        writer.int64(Int64(20_490 + row % 10))
        writer.text(row % 100 == 0 ? "PAY\(row)" : "")
        writer.text("")
        for column in 0..<8 { writer.int64(Int64(row * (7919 + column) % 90_000)) }
    }
}
