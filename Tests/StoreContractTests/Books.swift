import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore

/// An empty store with every port over it.
struct Books {
    static let firstDate = BusinessDate(dayNumber: 20_454)  // 2026-01-01
    static let usd = Currency(code: "USD") ?? { preconditionFailure("USD is a currency") }()

    let workspace: Workspace
    let engine: any SQLEngine
    let days: SQLBusinessDays
    let intake: SQLIntake
    let outbox: SQLFundingOutbox
    let cases: SQLFundingCases
    let book: SQLLoanBook
    let totals: SQLDayTotals
    let audit: SQLAuditSource
    let ledger: SQLBookQueries
    let loans: SQLLoanQueries
    let files: SQLOutgoingFiles
    let settlements: SQLSettlements
    let cash: SQLCash

    init() async throws {
        workspace = try Workspace()
        engine = try await workspace.engine()
        days = SQLBusinessDays(engine: engine, firstDate: Self.firstDate)
        intake = SQLIntake(engine: engine, firstDate: Self.firstDate)
        outbox = SQLFundingOutbox(engine: engine)
        cases = SQLFundingCases(engine: engine, firstDate: Self.firstDate)
        book = SQLLoanBook(engine: engine)
        totals = SQLDayTotals(engine: engine)
        audit = SQLAuditSource(engine: engine)
        ledger = SQLBookQueries(engine: engine)
        loans = SQLLoanQueries(engine: engine)
        files = SQLOutgoingFiles(engine: engine)
        settlements = SQLSettlements(engine: engine, firstDate: Self.firstDate)
        cash = SQLCash(
            engine: engine, firstDate: Self.firstDate, platform: PartyID("platform"))
    }

    /// Books loans, each funded 30/70 by the platform and harbor.
    func book(_ ids: [String], on date: BusinessDate = firstDate) async throws {
        try await intake.book(ids.map { booking($0, on: date) }, snapshots: [])
    }

    /// Books loans and pays them out.
    func disburse(_ ids: [String], on date: BusinessDate = firstDate) async throws {
        try await book(ids, on: date)
        let claimed = try await outbox.claim(
            limit: ids.count, worker: "w", leaseUntil: 10, now: 1)
        try await outbox.store(
            claimed.map {
                RequestResult(held: $0, state: .accepted, reference: "ref-\($0.request.loan)")
            }, now: 2)
        try await cases.conclude(
            try await cases.undecided().map { paidOut($0, on: date) }, on: date)
    }

    func booking(_ id: String, on date: BusinessDate = firstDate, content: String? = nil)
        -> LoanBooking
    {
        let record = record(id, on: date, content: content)
        let request = FundingRequest(
            key: "\(id).harbor.1", loan: record.loan, party: PartyID("harbor"), amount: 700,
            currency: Self.usd, loanAmount: 1_000, valueDate: date, expiresAt: 77,
            borrowerRef: "B-\(id)", terms: terms(record, on: date))
        return LoanBooking(
            record: record,
            plan: SharePlan(shares: [
                PlannedShare(party: PartyID("platform"), amount: 300),
                PlannedShare(party: PartyID("harbor"), amount: 700),
            ]),
            requests: [request],
            commitments: Commitment.postings(
                party: PartyID("harbor"), currency: Self.usd, amount: 700))
    }

    func record(_ id: String, on date: BusinessDate = firstDate, content: String? = nil)
        -> LoanRecord
    {
        LoanRecord(
            loan: LoanID(id), borrower: "B-\(id)", product: "instalment-loan",
            productVersion: TermsVersion("p1"), agreement: "harbor-70",
            agreementVersion: TermsVersion("a1"), currency: Self.usd, principal: 1_000,
            rate: AnnualRate(units: 12_000_000), instalments: 12,
            firstDueOn: date.adding(days: 31), approvedAt: 5, bookedOn: date, region: "",
            grade: "A", channel: "app", purpose: "贷", contentHash: content ?? "h-\(id)")
    }

    private func terms(_ record: LoanRecord, on date: BusinessDate) -> ScheduleTerms {
        ScheduleTerms(
            principal: record.principal, currency: record.currency, rate: record.rate,
            method: .equalPrincipal, instalments: record.instalments,
            every: Period(count: 2, unit: .weeks), disbursedOn: date,
            firstDueOn: record.firstDueOn, dayCount: .actual365Fixed, rounding: .down,
            instalmentRounding: .up, instalmentMultiple: 10, interestGrace: 1,
            holidays: HolidayShift(
                calendar: HolidayCalendar(
                    name: "US", weekend: [6, 7], holidays: [Self.firstDate.adding(days: 3)]),
                rule: .following),
            fees: [LoanFee(name: "account", value: .amount(250), moment: .each)])
    }

    /// What concludes a case whose lender accepted.
    func paidOut(_ funding: FundingCase, on date: BusinessDate, plan: SharePlan? = nil)
        -> FundingConclusion
    {
        FundingConclusion(
            loan: funding.record.loan, agreement: funding.record.agreement,
            state: .disbursed, plan: plan,
            requests: funding.requests.map { RequestResult(held: $0, state: .confirmed) },
            releases: Commitment.postings(
                party: PartyID("harbor"), currency: Self.usd, amount: -700),
            disbursement: LoanFact(
                id: "\(funding.record.loan).disbursed", kind: .disbursed, valueDate: date,
                bookingDate: date, instant: 9))
    }

    /// A repayment as intake records it.
    func payment(
        _ id: String, of loan: String, on date: BusinessDate = firstDate, amount: Int64 = 100,
        content: String? = nil
    ) -> NewFact {
        NewFact(
            loan: LoanID(loan),
            fact: LoanFact(
                id: id, kind: .repayment(amount: amount), valueDate: date, bookingDate: date,
                instant: 11),
            channel: "bank", contentHash: content ?? "c-\(id)")
    }
}

/// What an asynchronous call throws, as the store's error.
func storeError(_ body: () async throws -> Void) async -> StoreError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? StoreError
    }
}
