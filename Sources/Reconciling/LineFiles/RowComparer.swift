import BusinessCalendar

/// Compares lines of the two files, with one another and among themselves; for one thread.
final class RowComparer {
    let plan: MatchPlan
    private let ours: ByteView
    private let theirs: ByteView
    private var left: RowCursor
    private var right: RowCursor

    init(_ plan: MatchPlan, ours: ByteView, theirs: ByteView) {
        self.plan = plan
        self.ours = ours
        self.theirs = theirs
        left = RowCursor(plan, ours: ours, theirs: theirs)
        right = RowCursor(plan, ours: ours, theirs: theirs)
    }

    /// Whether both lines are the same bytes in the same layout; then all their content is.
    @inline(__always)
    func isSameBytes(_ one: SideRow, _ other: SideRow) -> Bool {
        guard one.side == other.side || plan.isSameLayout,
            one.entry.length == other.entry.length
        else { return false }
        return view(one).isEqual(
            at: one.entry.start, to: view(other), at: other.entry.start,
            count: Int(one.entry.length))
    }

    /// Reads a line's first and last byte, to have them near.
    @inline(__always)
    func touch(_ row: SideRow) -> UInt8 {
        let bytes = view(row)
        return bytes[row.entry.start]
            &+ bytes[row.entry.start + max(1, Int(row.entry.length)) - 1]
    }

    /// Whether both lines have the same key, byte for byte.
    func isSameKey(_ one: SideRow, _ other: SideRow) -> Bool {
        if isSameBytes(one, other) { return true }
        move(one, other)
        return zip(left.columns.key, right.columns.key).allSatisfy {
            left.view.isSame(left.field($0), right.view, right.field($1))
        }
    }

    /// What a pair of one key differs in, and ours − theirs over all amount columns; nil when no
    /// column is an amount, or amounts of two currencies stand against each other.
    func compare(_ ours: SideRow, _ theirs: SideRow)
        -> (findings: PairFindings, difference: WideAmount?)
    {
        move(ours, theirs)
        var findings = PairFindings()
        findings.isOtherField = zip(left.columns.fields, right.columns.fields).contains {
            !left.view.isSame(left.field($0), right.view, right.field($1))
        }
        findings.dates = dates
        if plan.comparesCurrency, currencyOrder != .same {
            findings.isOtherCurrency = true
            return (findings, nil)
        }
        var difference = WideAmount.zero
        for (one, other) in zip(left.columns.amounts, right.columns.amounts) {
            let (ours, theirs) = (left.amount(one), right.amount(other))
            findings.amounts = .worse(findings.amounts, closeness(ours, theirs))
            difference.add(ours, sign: 1)
            difference.add(theirs, sign: -1)
        }
        return (findings, left.columns.amounts.isEmpty ? nil : difference)
    }

    /// The sum of a line's amounts; nil when no column is an amount.
    func total(of row: SideRow) -> WideAmount? {
        left.move(to: row)
        return left.total
    }

    private func closeness(_ ours: ExactAmount, _ theirs: ExactAmount) -> Closeness {
        let common = max(ours.decimals, theirs.decimals, plan.tolerance.decimals)
        return Closeness(
            difference: ours.wide(common) - theirs.wide(common), limit: plan.tolerance.wide(common))
    }

    private var dates: Closeness {
        var worst = Closeness.equal
        for (one, other) in zip(left.columns.dates, right.columns.dates) {
            guard let ours = BusinessDate(left.view, left.field(one)),
                let theirs = BusinessDate(right.view, right.field(other))
            else { preconditionFailure("a date that was scanned is still there") }
            worst = .worse(
                worst,
                Closeness(
                    difference: Int128(ours.days(since: theirs)), limit: Int128(plan.windowDays)))
        }
        return worst
    }

    private func move(_ one: SideRow, _ other: SideRow) {
        left.move(to: one)
        right.move(to: other)
    }

    private func view(_ row: SideRow) -> ByteView { row.side == .ours ? ours : theirs }
}

extension RowComparer {
    /// The orders that bring lines of one key together; the same rules as for the day's files.
    var order: TwinOrder<SideRow> {
        TwinOrder(
            content: { self.contentOrder($0, $1) }, money: { self.moneyOrder($0, $1) },
            rest: { self.restOrder($0, $1) },
            isClose: { self.compare($0, $1).findings.kind?.isMatched ?? true })
    }

    private var currencyOrder: Ordering {
        guard let one = left.columns.currency, let other = right.columns.currency else {
            return .same
        }
        return left.view.order(left.field(one), right.view, right.field(other))
    }

    private func moneyOrder(_ one: SideRow, _ other: SideRow) -> Ordering {
        move(one, other)
        return moneyOrder
    }

    private var moneyOrder: Ordering {
        if plan.comparesCurrency, currencyOrder != .same { return currencyOrder }
        for (one, other) in zip(left.columns.amounts, right.columns.amounts) {
            let (first, second) = (left.amount(one), right.amount(other))
            let common = max(first.decimals, second.decimals)
            let order = Ordering(first.wide(common), second.wide(common))
            if order != .same { return order }
        }
        return .same
    }

    private func contentOrder(_ one: SideRow, _ other: SideRow) -> Ordering {
        move(one, other)
        if moneyOrder != .same { return moneyOrder }
        let columns = zip(
            left.columns.dates + left.columns.fields, right.columns.dates + right.columns.fields)
        for (first, second) in columns {
            let order = left.view.order(left.field(first), right.view, right.field(second))
            if order != .same { return order }
        }
        return .same
    }

    /// Lines of one file, by every text they show, at last by their place.
    private func restOrder(_ one: SideRow, _ other: SideRow) -> Ordering {
        move(one, other)
        for column in left.columns.others {
            let order = left.view.order(left.field(column), right.view, right.field(column))
            if order != .same { return order }
        }
        return Ordering(one.entry.start, other.entry.start)
    }
}
