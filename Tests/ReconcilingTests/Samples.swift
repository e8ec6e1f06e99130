import BusinessCalendar
import Monetary
import Reconciling

/// Records and days that the tests vary.
enum Samples {
    static let dollar = Currency(code: "USD")!
    static let yen = Currency(code: "JPY")!
    static let date = BusinessDate("2026-02-28")!
    static let layout = FileLayout.repayments

    /// FNV-1a with 64 bits: enough to tell ids apart, and written out in four lines.
    static let hash: @Sendable ([UInt8]) -> [UInt8] = { bytes in
        let digest = bytes.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return (0..<8).map { UInt8(truncatingIfNeeded: digest >> (56 - 8 * $0)) }
    }

    static func ids(_ partner: String = "harbor", _ date: BusinessDate = date) -> BreakIDSource {
        BreakIDSource(partner: partner, firstDate: date, hash: hash)
    }

    static func payment(
        _ id: String, loan: String = "L-1", principal: Int64 = 78849, interest: Int64 = 10000,
        overduePrincipal: Int64 = 0, serviceFee: Int64 = -1000, currency: Currency = dollar,
        dayLater: Int = 0, reverses: String = "", line: Int = 1
    ) -> Record {
        Record(
            key: [id],
            amounts: [principal, overduePrincipal, interest, 0, 0, 0, serviceFee],
            currency: currency, valueDate: date.adding(days: dayLater),
            fields: [loan, reverses, ""], line: line)
    }

    static func disbursement(
        _ key: String, loan: String = "L-1", principal: Int64, dayLater: Int = 0,
        number: String = ""
    ) -> Record {
        Record(
            key: [key], amounts: [principal], currency: dollar,
            valueDate: date.adding(days: dayLater), fields: [loan, ""], line: 1,
            loanNumber: number)
    }

    static func part(
        _ id: String, _ instalment: Int, loan: String = "L-1", principal: Int64 = 78849,
        interest: Int64 = 10000, serviceFee: Int64 = -1000
    ) -> Record {
        Record(
            key: [id, loan, "\(instalment)"],
            amounts: [principal, 0, interest, 0, 0, 0, serviceFee], currency: dollar, line: 1)
    }

    /// What the partner said of a loan's principal some days before.
    static func stated(
        _ stated: Int64, expected: Int64? = nil, loan: String = "L-1", daysBefore: Int = 3
    ) -> StatedBalance {
        StatedBalance(
            loan: loan, date: date.adding(days: -daysBefore), currency: dollar, stated: stated,
            expected: expected ?? stated)
    }

    static func balance(
        _ loan: String = "L-1", principal: Int64 = 921151, overduePrincipal: Int64 = 0,
        interest: Int64 = 0, overdueInterest: Int64 = 0, penalty: Int64 = 0,
        currency: Currency = dollar, daysPastDue: Int = 0, assetClass: String = "normal",
        line: Int = 1
    ) -> Record {
        Record(
            key: [loan],
            amounts: [principal, overduePrincipal, interest, overdueInterest, penalty, 0, 0],
            currency: currency, fields: [String(daysPastDue), assetClass, "accrual"], line: line)
    }

    /// What a correct manifest says of records.
    static func manifest(_ layout: FileLayout, _ records: [Record]) -> ManifestEntry {
        var totals: [ControlTotal] = []
        for currency in Set(records.map(\.currency)) {
            let own = records.filter { $0.currency == currency }
            for (index, column) in layout.amountColumns.enumerated() {
                totals.append(
                    ControlTotal(
                        column: column.name, currency: currency,
                        sum: own.reduce(0) { $0 + $1.amounts[index] },
                        absolute: own.reduce(0) { $0 + abs($1.amounts[index]) }))
            }
        }
        return ManifestEntry(rows: records.count, totals: totals)
    }

    /// The result of one file whose manifest is correct.
    static func match(
        _ ours: [Record], _ theirs: [Record], layout: FileLayout = layout,
        tolerance: Tolerance = .none
    ) throws -> FileResult {
        try FilePair(
            layout: layout, ours: ours, theirs: theirs, manifest: manifest(layout, theirs),
            tolerance: tolerance
        ).matched(ids: ids())
    }
}

/// One partner's day, both sides, written by what differs.
struct Day {
    var computation = PartnerComputation.scale
    var tolerance: Int64 = 0
    var ourPayments: [Record] = []
    var theirPayments: [Record] = []
    var ourBalances: [Record] = []
    /// Nil when the partner sent no balances.
    var theirBalances: [Record]? = []
    var ourDisbursements: [Record] = []
    var theirDisbursements: [Record] = []
    var ourParts: [Record] = []
    var theirParts: [Record] = []
    var open: [OpenBreak] = []
    var windowDays = 0
    /// Numbers that the partner told on earlier dates.
    var numbers: [LoanNumber] = []
    /// Balances that the partner stated before.
    var earlier: [StatedBalance] = []

    func reconciled(_ date: BusinessDate = Samples.date) throws -> [ExplainedBreak] {
        try result(date).explained
    }

    func result(_ date: BusinessDate = Samples.date) throws -> DayResult {
        var day = PartnerDay(
            partner: "harbor", businessDate: date,
            files: [
                pair(.disbursements, ourDisbursements, theirDisbursements),
                pair(.repayments, ourPayments, theirPayments),
                pair(.repaymentsByInstalment, ourParts, theirParts),
                pair(.balances, ourBalances, theirBalances),
            ],
            computation: computation, openBreaks: open, hash: Samples.hash)
        day.readOwnNumbers(numbers)
        day.earlier = Dictionary(earlier.map { ($0.loan, $0) }) { first, _ in first }
        return try day.reconciled()
    }

    private func pair(_ layout: FileLayout, _ ours: [Record], _ theirs: [Record]?) -> FilePair {
        FilePair(
            layout: layout, ours: ours, theirs: theirs,
            manifest: theirs.map { Samples.manifest(layout, $0) },
            tolerance: Tolerance(minorUnits: tolerance),
            windowDays: layout.role == .movement ? windowDays : 0)
    }
}

extension [ExplainedBreak] {
    /// `file kind cause` of every break, in order.
    var summary: [String] {
        map { "\($0.found.file) \($0.found.kind.rawValue) \($0.explanation.cause.rawValue)" }
    }
}
