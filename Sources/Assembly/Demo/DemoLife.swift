import BusinessCalendar
import LendingRules
import Monetary
import Operations

/// The borrowers' side of a demo: who is approved and who pays on a date.
struct DemoLife {
    private let loans: [DemoLoan]
    private let lastDate: BusinessDate
    private let directory: DemoDirectory
    private let clearing: BankProcess?
    private var payments: [BusinessDate: [DemoPayment]] = [:]
    private var facts: [BusinessDate: [DemoFact]] = [:]
    private var disbursed: Set<String> = []
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
        let due = payments[date] ?? []
        if !due.isEmpty {
            let file = directory.input(date, "repayments")
            try OutputFile.write(DemoPayment.file(of: due), to: file)
            try await clearing?.collect(due, on: date)
            _ = try await application.importRepayments(file)
            repayments += due.count
        }
        if let told = facts[date] {
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
            let borrower = DemoBorrower(loan: loan, schedule: schedule, end: lastDate)
            for payment in borrower.payments {
                payments[payment.learnedOn, default: []].append(payment)
            }
            for fact in borrower.facts { facts[fact.learnedOn, default: []].append(fact) }
        }
    }
}
