import BusinessCalendar
import Monetary

/// Whether a partner's closing balances follow from its earlier ones and its own lines.
///
/// Checked is the principal, normal and overdue together: nothing but a line changes it, so closing
/// is the balance before plus the date's lines, to the minor unit. Interest and penalty grow by
/// accrual without a line and are held against the accruals file. A loan without an earlier balance
/// is checked when the partner's own disbursement or transfer of the date opens it.
struct BalanceChain {
    private(set) var breaks: [Break] = []
    private(set) var closings: [StatedBalance] = []
    private(set) var healed: [BreakID] = []
    private let day: PartnerDay
    private var mint: BreakMint
    /// What the partner's lines of the date make of each loan's principal; nil when a file of
    /// movements is not there.
    private let lines: [Place: Int128]?
    /// Loans that the partner pays out, or takes a share over of, on the date.
    private let opened: Set<String>

    /// A loan's money in one currency.
    private struct Place: Hashable {
        let loan: String
        let currency: Currency
    }

    init(of day: PartnerDay) {
        self.day = day
        lines = BalanceChain.lines(day)
        opened = BalanceChain.opened(day)
        mint = BreakMint(
            file: FileLayout.balances.name, ids: day.ids, severities: day.severities)
        guard let file = day.files.first(where: { $0.layout.role == .balance }),
            let theirs = file.theirs
        else { return }
        let rows = Dictionary(grouping: theirs) { file.layout.loan(of: $0) }
        for loan in rows.keys.sorted(by: { RecordOrder.byBytes($0, $1) == .before }) {
            // Of two rows of one loan the line check tells; the first in order of content counts.
            let row = rows[loan]?.min { RecordOrder.byContent($0, $1) == .before }
            if let row { check(loan, row, file.layout) }
        }
    }

    private mutating func check(_ loan: String, _ row: Record, _ layout: FileLayout) {
        guard let stated = Int64(exactly: BalanceChain.principal(of: row, layout)) else { return }
        let place = Place(loan: loan, currency: row.currency)
        let expected = expected(place, stated: stated) ?? stated
        closings.append(
            StatedBalance(
                loan: loan, date: day.businessDate, currency: row.currency, stated: stated,
                expected: expected))
        let (difference, overflow) = expected.subtractingReportingOverflow(stated)
        if difference == 0 || overflow { return }
        let since = day.earlier[loan]?.date ?? day.businessDate
        breaks.append(
            mint.make(
                .balanceChain, key: [loan, "principal"],
                differences: [
                    Difference(
                        column: "principal since \(since)",
                        values: .amount(ours: expected, theirs: stated, difference: difference))
                ], currency: row.currency))
    }

    /// What should be stated, nil when nothing tells.
    ///
    /// A balance that was wrong does not make the next one wrong: it may follow from what the wrong
    /// one should have been.
    private mutating func expected(_ place: Place, stated: Int64) -> Int64? {
        guard let lines else { return nil }
        let moved = lines[place] ?? 0
        guard let before = day.earlier[place.loan] else {
            return opened.contains(place.loan) ? Int64(exactly: moved) : nil
        }
        guard before.currency == place.currency else { return nil }
        let follows = Int128(before.stated) + moved
        if before.expected != before.stated, follows != stated,
            Int128(before.expected) + moved == stated
        {
            healed.append(
                day.ids.on(before.date).id(
                    file: FileLayout.balances.name, kind: .balanceChain,
                    key: [place.loan, "principal"]))
            return stated
        }
        return Int64(exactly: follows)
    }

    private static func lines(_ day: PartnerDay) -> [Place: Int128]? {
        var sums: [Place: Int128] = [:]
        for file in day.files where file.layout.role == .movement {
            guard let theirs = file.theirs else { return nil }
            for record in theirs {
                let amount = principal(of: record, file.layout)
                if amount == 0 { continue }
                let place = Place(loan: file.layout.loan(of: record), currency: record.currency)
                sums[place, default: 0] += amount
            }
        }
        return sums
    }

    private static func opened(_ day: PartnerDay) -> Set<String> {
        var loans: Set<String> = []
        for layout in [FileLayout.disbursements, .transfers] {
            let lines = day.files.first { $0.layout == layout }?.theirs ?? []
            loans.formUnion(
                lines.filter { $0.amounts[0] > 0 }.map { layout.loan(of: $0) })
        }
        return loans
    }

    /// What a record makes, or says, of a loan's principal.
    static func principal(of record: Record, _ layout: FileLayout) -> Int128 {
        var sum: Int128 = 0
        for (column, amount) in zip(layout.amountColumns, record.amounts)
        where column.component == .principal {
            sum += Int128(amount) * Int128(column.direction)
        }
        return sum
    }
}
