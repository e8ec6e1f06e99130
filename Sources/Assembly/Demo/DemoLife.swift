import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling

/// The borrowers' side of a demo: who is approved and who pays on a date.
struct DemoLife {
    private let loans: [DemoLoan]
    private let lastDate: BusinessDate
    private let directory: DemoDirectory
    private let clearing: BankProcess?
    private var payments: [BusinessDate: [DemoPayment]] = [:]
    private var facts: [BusinessDate: [DemoFact]] = [:]
    private var disbursed: Set<String> = []
    /// Loans whose payouts came back.
    private(set) var returned: Set<String> = []
    /// Repayments and reversals fed in so far.
    private(set) var repayments = 0

    init(
        loans: [DemoLoan], lastDate: BusinessDate, directory: DemoDirectory,
        clearing: BankProcess?
    ) {
        self.clearing = clearing
        self.loans = loans
        self.lastDate = lastDate
        self.directory = directory
    }

    /// One business day through the commands a person would type.
    mutating func live(_ date: BusinessDate, in application: Application) async throws
        -> FundingReport
    {
        let approved = loans.filter { $0.approvedOn == date }
        if !approved.isEmpty {
            let file = directory.input(date, "loans")
            try OutputFile.write(DemoLoan.file(of: approved, on: date), to: file)
            _ = try await application.importLoans(file)
        }
        var report = try await application.fundUseCase.run()
        try await meetBorrowers(application)
        try await noteReturns(on: date, application)
        let due = payments[date] ?? []
        if !due.isEmpty {
            let file = directory.input(date, "repayments")
            try OutputFile.write(DemoPayment.file(of: due), to: file)
            try await clearing?.collect(due, on: date)
            _ = try await application.importRepayments(file)
            repayments += due.count
        }
        if let told = facts[date], !told.isEmpty {
            let file = directory.input(date, "facts", "ndjson")
            try OutputFile.write(DemoFact.file(of: told), to: file)
            _ = try await application.importFacts(file)
        }
        let day = try await application.endOfDay.run(date)
        try await application.writeFiles(of: date)
        try await application.writeStatements(of: date.adding(days: 1))
        try await application.writeBreakReports(after: day)
        report.add(day.close.funding)
        return report
    }

    /// A payout that came back is told as a fact, and its borrower never pays.
    private mutating func noteReturns(on date: BusinessDate, _ application: Application)
        async throws
    {
        let open = try await application.stores.breaks.breaks(party: nil, state: .open)
        for kept in open where kept.cause == .payoutReturned {
            guard returned.insert(kept.loan).inserted else { continue }
            for day in payments.keys { payments[day]?.removeAll { $0.loan == kept.loan } }
            for day in facts.keys { facts[day]?.removeAll { $0.loan == kept.loan } }
            facts[date, default: []].append(DemoFact("payout-returned", kept.loan, on: date))
        }
    }

    /// Plans the payments of borrowers whose loans have just been disbursed.
    private mutating func meetBorrowers(_ application: Application) async throws {
        let terms = TermsLibrary(try await application.stores.snapshots.snapshots())
        let known = Dictionary(loans.map { ($0.id, $0) }) { first, _ in first }
        for line in try await application.stores.loans.loans(after: nil, limit: .max) {
            guard let date = line.disbursedOn, let loan = known[line.record.loan.text],
                disbursed.insert(loan.id).inserted,
                let product = terms.product(line.record.productVersion)
            else { continue }
            let schedule = try Schedule.build(
                line.record.scheduleTerms(product, disbursedOn: date))
            let borrower = try DemoBorrower(loan: loan, schedule: schedule, end: lastDate)
            for payment in borrower.payments {
                payments[payment.learnedOn, default: []].append(payment)
            }
            for fact in borrower.facts { facts[fact.learnedOn, default: []].append(fact) }
        }
    }
}
