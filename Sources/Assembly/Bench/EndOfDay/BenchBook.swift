import BusinessCalendar
import Foundation
import LendingRules
import Monetary
import Operations
import PartnerGateway

/// A book of disbursed loans, made through the use cases that make any book.
///
/// All loans are lent on the first date. Those that repay have their first instalment on the
/// second, which is the one that is timed; the others fall due over the 30 days after it, so that
/// they are as quiet on it as most loans of a monthly book are.
struct BenchBook: Sendable {
    let application: Application
    let loans: Int
    /// Percent of them.
    let repaying: Int
    let directory: String
    private let bank: EchoBank

    /// 2026-01-05, a Monday: what is closed on the next day settles on the day after it.
    static let firstDate = BusinessDate(dayNumber: 20_458)
    /// The date that is timed.
    static let date = firstDate.adding(days: 1)

    /// Loans that are booked, and payments that are recorded, together.
    private static let batch = 20_000

    init(application: Application, loans: Int, repaying: Int, directory: String) {
        self.application = application
        self.loans = loans
        self.repaying = repaying
        self.directory = directory
        bank = EchoBank(
            application.catalogue.partners[0].party, platform: application.catalogue.platform)
    }

    /// Books, funds, disburses, closes the first date and records the payments of the second; says
    /// how many.
    func make() async throws -> Int {
        for numbers in (0..<loans).chunks(of: Self.batch) { try await book(numbers) }
        let funded = try await fund(application.surroundings).run()
        precondition(funded.disbursed == loans, "the bank takes every share")
        // The files of the first date would hold every instalment of every loan: they stay empty.
        let close = try await application.stores.lock.withLock {
            try await closeDay(application.catalogue.withoutPartners, application.surroundings)
                .run(Self.firstDate)
        }
        guard close != nil else { throw CloseRefused.anotherIsRunning(Self.firstDate) }
        let empty = try ProtocolV1Files(sender: application.catalogue.platform).render(
            DetailLines(disbursements: [], repayments: [], balances: []), for: bank.party,
            on: Self.firstDate)
        try await application.stores.files.keep(empty, for: bank.party, on: Self.firstDate)
        var repayments = 0
        let payers = (0..<loans).filter(isRepaying)
        for numbers in payers.chunks(of: Self.batch) { repayments += try await repay(numbers) }
        return repayments
    }

    private func book(_ numbers: some Collection<Int>) async throws {
        var writer = CSVWriter(columns: [
            "loan_id", "borrower_id", "product", "principal", "currency", "annual_rate_percent",
            "instalments", "approved_at", "first_due_on",
        ])
        for number in numbers {
            let days = isRepaying(number) ? 0 : 1 + number % 30
            writer.row([
                Self.id(number).text, "B\(number)", "instalment-loan",
                "\(5_000 + number * 7_919 % 4_000).00", "USD", "\(8 + number % 9)", "12",
                "\(Self.firstDate)T09:00:00Z", "\(Self.date.adding(days: days))",
            ])
        }
        _ = try await application.importLoans(try written(writer, "loans"))
    }

    /// Every one of them pays its first instalment.
    private func repay(_ numbers: [Int]) async throws -> Int {
        let terms = TermsLibrary(try await application.stores.snapshots.snapshots())
        var writer = CSVWriter(columns: ["payment_id", "loan_id", "amount", "currency", "paid_at"])
        let dossiers = try await application.stores.book.dossiers(
            numbers.map(Self.id), bookedThrough: Self.firstDate)
        for dossier in dossiers {
            let contract = try terms.contract(
                of: dossier, platform: application.catalogue.platform)
            let amount = contract.schedule.instalments[0].total
            writer.row([
                "P\(contract.loan)", contract.loan.text,
                Money(minorUnits: amount, currency: contract.currency).text, "USD",
                "\(Self.date)T09:00:00Z",
            ])
        }
        _ = try await application.importRepayments(try written(writer, "repayments"))
        return dossiers.count
    }

    private func written(_ writer: CSVWriter, _ noun: String) throws -> String {
        let path = "\(directory)/\(noun).csv"
        try OutputFile.write(writer.bytes, to: path)
        return path
    }

    /// Spread evenly over the numbers.
    private func isRepaying(_ number: Int) -> Bool {
        (number + 1) * repaying / 100 > number * repaying / 100
    }

    private static func id(_ number: Int) -> LoanID { LoanID("E\(10_000_000 + number)") }
}

// MARK: - The day

extension BenchBook {
    /// The end of day over this book, its stages timed.
    func endOfDay(_ times: StageTimes) -> EndOfDay {
        let (stores, catalogue) = (application.stores, application.catalogue)
        var surroundings = application.surroundings
        surroundings.stageBegins = times.begin
        return EndOfDay(
            lock: stores.lock, close: closeDay(catalogue, surroundings),
            deliver: Deliver(
                files: stores.files, exchange: bank, catalogue: catalogue,
                surroundings: surroundings),
            reconcile: Reconcile(
                store: stores.reconciliation, versions: stores.received, ours: stores.files,
                exchange: bank, format: ProtocolV1Files(sender: catalogue.platform),
                catalogue: catalogue, surroundings: surroundings),
            settle: Settle(
                store: stores.settlement, catalogue: catalogue, surroundings: surroundings),
            surroundings: surroundings)
    }

    private func closeDay(_ catalogue: Catalogue, _ surroundings: Surroundings) -> CloseDay {
        let stores = application.stores
        return CloseDay(
            stores: CloseDay.Stores(
                days: stores.days, book: stores.book, totals: stores.totals, files: stores.files,
                snapshots: stores.snapshots),
            fund: fund(surroundings), format: ProtocolV1Files(sender: catalogue.platform),
            catalogue: catalogue, surroundings: surroundings)
    }

    private func fund(_ surroundings: Surroundings) -> Fund {
        let stores = application.stores
        return Fund(
            outbox: stores.outbox, cases: stores.cases, banks: bank, snapshots: stores.snapshots,
            catalogue: application.catalogue, surroundings: surroundings,
            limits: Fund.Limits(worker: "bench") { await Clock.pause(microseconds: $0) })
    }
}

extension Catalogue {
    /// The same where nobody gets files.
    fileprivate var withoutPartners: Catalogue {
        Catalogue(
            platform: platform, agreements: agreements, products: products,
            calendars: Array(calendars.values), partners: [], fullFiles: fullFiles)
    }
}

extension Collection<Int> {
    /// Runs of at most so many.
    fileprivate func chunks(of size: Int) -> [[Int]] {
        let numbers = Array(self)
        return stride(from: 0, to: numbers.count, by: size).map {
            Array(numbers[$0..<Swift.min($0 + size, numbers.count)])
        }
    }
}
