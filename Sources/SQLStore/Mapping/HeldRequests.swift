internal import LendingRules
internal import Monetary
internal import Operations

/// How a request to a lender lies in the rows of its loan, its product and the outbox.
enum HeldRequests {
    /// Selects requests; add a WHERE over `r` (funding_request) and an ORDER BY.
    ///
    /// An exchange is kept under the version its result raised, so the last one is one below.
    static let select = select("")

    /// The same of some requests: a query of rows of `funding_request`, or nothing for the table.
    static func select(_ requests: String) -> String {
        """
        SELECT r.request_key, r.loan, r.lender, r.amount, r.value_date, r.expires_at, r.state,
            o.version, o.attempt, o.last_attempt_at, l.borrower, l.currency, l.principal,
            l.annual_rate, l.instalments, l.first_due_on, s.method, s.period_count,
            s.period_unit, s.day_count, s.rounding, s.instalment_rounding,
            s.instalment_multiple, e.evidence, r.accepts_part, r.held_amount
        FROM \(requests.isEmpty ? "funding_request" : "(\(requests))") r
        JOIN loan l ON l.shard = r.shard AND l.loan = r.loan
        JOIN schedule_rule s ON s.product_version = l.product_version
        JOIN outbox o ON o.shard = r.shard AND o.loan = r.loan AND o.request_key = r.request_key
        LEFT JOIN request_evidence e ON e.shard = r.shard AND e.loan = r.loan
            AND e.request_key = r.request_key AND e.version = o.version - 1

        """
    }

    /// A request in a row of `select`.
    static func read(_ row: borrowing Row) throws(StoreError) -> HeldRequest {
        HeldRequest(
            request: try request(row), state: try RequestCodes.states.value(row, 6),
            version: try row.int64(7), attempt: try row.count(8),
            lastAttemptAt: try row.int64(9), evidence: try row.textOrNil(23) ?? "",
            heldAmount: try row.int64(25))
    }

    private static func request(_ row: borrowing Row) throws(StoreError) -> FundingRequest {
        FundingRequest(
            key: try row.text(0), loan: try row.loan(1), party: try row.party(2),
            amount: try row.int64(3), currency: try row.currency(11),
            loanAmount: try row.int64(12), valueDate: try row.date(4),
            expiresAt: try row.int64(5), borrowerRef: try row.text(10),
            terms: try terms(row), acceptsPart: try row.int64(24) == 1)
    }

    private static func terms(_ row: borrowing Row) throws(StoreError) -> ScheduleTerms {
        ScheduleTerms(
            principal: try row.int64(12), currency: try row.currency(11),
            rate: AnnualRate(units: try row.int64(13)),
            method: try ScheduleCodes.methods.value(row, 16),
            instalments: try row.count(14),
            every: Period(
                count: try row.count(17), unit: try ScheduleCodes.units.value(row, 18)),
            disbursedOn: try row.date(4), firstDueOn: try row.dateOrNil(15),
            dayCount: try ScheduleCodes.dayCounts.value(row, 19),
            rounding: try ScheduleCodes.roundings.value(row, 20),
            instalmentRounding: try ScheduleCodes.roundings.value(row, 21),
            instalmentMultiple: try row.int64(22))
    }

    /// The values of a row of `schedule_rule`.
    static func rule(of terms: ScheduleTerms, for version: TermsVersion) -> [SQLValue] {
        [
            .text(version.text), .int64(ScheduleCodes.methods.code(terms.method)),
            .int64(Int64(terms.every.count)), .int64(ScheduleCodes.units.code(terms.every.unit)),
            .int64(ScheduleCodes.dayCounts.code(terms.dayCount)),
            .int64(ScheduleCodes.roundings.code(terms.rounding)),
            .int64(ScheduleCodes.roundings.code(terms.instalmentRounding)),
            .int64(terms.instalmentMultiple),
        ]
    }
}
