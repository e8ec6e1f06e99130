/// Stands on one line of either file and reads its columns.
struct RowCursor: ~Copyable {
    private let plan: MatchPlan
    private let ours: ByteView
    private let theirs: ByteView
    private var scanner: CSVScanner
    private(set) var row: SideRow?
    private(set) var columns: SideColumns
    private(set) var view: ByteView

    init(_ plan: MatchPlan, ours: ByteView, theirs: ByteView) {
        self.plan = plan
        self.ours = ours
        self.theirs = theirs
        view = ours
        columns = plan.ours
        scanner = CSVScanner(again: ours)
    }

    /// Goes to a line that a scan has found sound.
    mutating func move(to row: SideRow) {
        if row.side != columns.side {
            view = row.side == .ours ? ours : theirs
            columns = plan.columns(of: row.side)
            scanner = CSVScanner(again: view)
        }
        scanner.seek(row.entry.start)
        let isThere = (try? scanner.next()) ?? false
        precondition(isThere, "a line that was scanned is still there")
        self.row = row
    }

    /// A column of the line.
    @inline(__always)
    func field(_ column: Int) -> FieldSpan { scanner[column] }

    func text(_ column: Int) -> String { view.text(of: scanner[column]) }

    /// An amount of the line, which the scan has found sound.
    func amount(_ column: Int) -> ExactAmount {
        let field = scanner[column]
        guard let amount = try? ExactAmount(view, from: field.start, to: field.end) else {
            preconditionFailure("an amount that was scanned is still there")
        }
        return amount
    }

    /// The sum of the line's amounts; nil when no column is an amount.
    var total: WideAmount? {
        if columns.amounts.isEmpty { return nil }
        var total = WideAmount.zero
        for column in columns.amounts { total.add(amount(column), sign: 1) }
        return total
    }
}
