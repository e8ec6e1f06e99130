internal import BusinessCalendar
internal import LendingRules
internal import Monetary
internal import Operations

/// How a request to a lender lies in the rows of its loan, its product and the outbox.
enum HeldRequests {
    /// Selects requests; add a WHERE over `r` (funding_request) and an ORDER BY.
    static let select = select("")

    /// The same of some requests: a query of rows of `funding_request`, or nothing for the table.
    static func select(_ requests: String) -> String {
        """
        SELECT \(columns), \(AskedLoan.columns), \(ScheduleRule.columns)
        FROM \(requests.isEmpty ? "funding_request" : "(\(requests))") r
        JOIN loan l ON l.shard = r.shard AND l.loan = r.loan
        JOIN schedule_rule s ON s.product_version = l.product_version
        \(outbox)
        """
    }

    /// A request in a row of `select`.
    static func read(_ row: borrowing Row) throws(StoreError) -> HeldRequest {
        try read(
            row, of: try AskedLoan.read(row, from: end),
            by: try ScheduleRule.read(row, from: end + AskedLoan.count))
    }

    /// The requests of a loan in key order.
    static func all(
        of record: LoanRecord, _ connection: borrowing Connection
    ) throws(StoreError) -> [HeldRequest] {
        try all(of: [record], connection)[0]
    }

    /// The same for several loans, in their order. What a request tells of its loan comes from the
    /// record, so that no row is read twice.
    static func all(
        of records: [LoanRecord], _ connection: borrowing Connection
    ) throws(StoreError) -> [[HeldRequest]] {
        let rules = try ScheduleRule.all(of: Set(records.map(\.productVersion)), connection)
        var requests = [[HeldRequest]](repeating: [], count: records.count)
        try connection.queryEach(
            """
            SELECT \(columns) FROM funding_request r
            \(outbox) WHERE r.shard = ?1 AND r.loan = ?2 ORDER BY r.request_key
            """, rows: records.count
        ) { index, writer throws(StoreError) in
            writer.loan(records[index].loan)
        } _: { index, row throws(StoreError) in
            let record = records[index]
            guard let rule = rules[record.productVersion] else {
                throw .missing(record: "schedule rule of \(record.productVersion.text)")
            }
            requests[index].append(try read(row, of: AskedLoan(record), by: rule))
        }
        return requests
    }

    private static let columns = """
        r.request_key, r.loan, r.lender, r.amount, r.value_date, r.expires_at, r.state,
        r.accepts_part, r.held_amount, o.version, o.attempt, o.last_attempt_at, e.evidence
        """

    /// The first column after the request's own.
    private static let end = 13

    /// An exchange is kept under the version its result raised, so the last one is one below.
    private static let outbox = """
        JOIN outbox o ON o.shard = r.shard AND o.loan = r.loan AND o.request_key = r.request_key
        LEFT JOIN request_evidence e ON e.shard = r.shard AND e.loan = r.loan
            AND e.request_key = r.request_key AND e.version = o.version - 1

        """

    private static func read(
        _ row: borrowing Row, of loan: AskedLoan, by rule: ScheduleRule
    ) throws(StoreError) -> HeldRequest {
        let valueDate = try row.date(4)
        let request = FundingRequest(
            key: try row.text(0), loan: try row.loan(1), party: try row.party(2),
            amount: try row.int64(3), currency: loan.currency, loanAmount: loan.principal,
            valueDate: valueDate, expiresAt: try row.int64(5), borrowerRef: loan.borrower,
            terms: loan.terms(from: valueDate, by: rule), acceptsPart: try row.flag(7))
        return HeldRequest(
            request: request, state: try RequestCodes.states.value(row, 6),
            version: try row.int64(9), attempt: try row.count(10),
            lastAttemptAt: try row.int64(11), evidence: try row.textOrNil(12) ?? "",
            heldAmount: try row.int64(8))
    }
}

/// What a request tells of its loan.
private struct AskedLoan {
    let borrower: String
    let currency: Currency
    let principal: Int64
    let rate: AnnualRate
    let instalments: Int
    let firstDueOn: BusinessDate?

    /// The columns of it in a query, the loan's table named `l`.
    static let columns =
        "l.borrower, l.currency, l.principal, l.annual_rate, l.instalments, l.first_due_on"
    /// How many they are.
    static let count = 6

    static func read(_ row: borrowing Row, from first: Int) throws(StoreError) -> AskedLoan {
        AskedLoan(
            borrower: try row.text(first), currency: try row.currency(first + 1),
            principal: try row.int64(first + 2), rate: AnnualRate(units: try row.int64(first + 3)),
            instalments: try row.count(first + 4), firstDueOn: try row.dateOrNil(first + 5))
    }

    /// The terms on which the lender is asked.
    func terms(from valueDate: BusinessDate, by rule: ScheduleRule) -> ScheduleTerms {
        ScheduleTerms(
            principal: principal, currency: currency, rate: rate, instalments: instalments,
            disbursedOn: valueDate, firstDueOn: firstDueOn, method: rule.method,
            dayCount: rule.dayCount, rounding: rule.rounding,
            instalmentRounding: rule.instalmentRounding, conventions: rule.conventions)
    }
}

extension AskedLoan {
    /// The same of a loan that was read already.
    fileprivate init(_ record: LoanRecord) {
        self.init(
            borrower: record.borrower, currency: record.currency, principal: record.principal,
            rate: record.rate, instalments: record.instalments, firstDueOn: record.firstDueOn)
    }
}
