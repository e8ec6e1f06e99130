import BusinessCalendar
import CurlTransport
import Foundation
import LendingRules
import Operations

/// Real loans through the life the product exists for, with three mock banks in processes of
/// their own: split, fund, disburse, repay, close, reconcile, settle, verify.
package struct Demo: Sendable {
    /// What was asked for.
    package struct Options: Sendable {
        let loans: Int
        let days: Int
        let seed: UInt64
        let hasFaults: Bool
        let directory: String
        /// How every agreement pays borrowers.
        let disbursement: DisbursementWay.Name
        /// An empty store elsewhere; nil keeps one in the directory.
        let store: String?
        let isQuiet: Bool

        package init(
            loans: Int, days: Int, seed: UInt64, hasFaults: Bool, directory: String,
            disbursement: String = Demo.ways[0], store: String? = nil, isQuiet: Bool
        ) {
            self.loans = loans
            self.days = days
            self.seed = seed
            self.hasFaults = hasFaults
            self.directory = directory
            self.disbursement = DisbursementWay.Name(rawValue: disbursement) ?? .reimburse
            self.store = store
            self.isQuiet = isQuiet
        }
    }

    static let banks = ["harbor", "meridian", "summit"]
    /// The house through which the borrowers' money runs.
    static let clearing = "clearing"
    let options: Options
    let directory: DemoDirectory

    package init(_ options: Options) {
        self.options = options
        directory = DemoDirectory(path: options.directory, givenStore: options.store)
    }

    /// Runs the demo; exit 1 when anything is unexplained, unbalanced or diverges.
    ///
    /// - Throws: ``UsageFault``, ``BankUnavailable``, or what the commands throw.
    package func run() async throws -> Answer {
        try checkLimits()
        // Whatever can be refused is refused before an earlier demo is removed.
        let loans = try drawnLoans
        try BankProcess.checkProgram()
        try directory.prepare()
        if options.store != nil { try await OpenStore.requireEmpty(launch) }
        let wire = CurlClient()
        var banks: [BankProcess] = []
        defer { for bank in banks { bank.stop() } }
        for name in Demo.banks + [Demo.clearing] {
            try directory.writeSecret(name)
            banks.append(
                try await BankProcess.start(name, in: directory, seed: options.seed, wire: wire))
        }
        return try await run(with: banks, loans)
    }

    /// 2026-01-01.
    private static let firstDate = BusinessDate(dayNumber: 20_454)

    private var drawnLoans: [DemoLoan] {
        get throws {
            let last = Demo.firstDate.adding(days: options.days - 1)
            return try DemoLoan.draw(
                options.loans, seed: options.seed, dates: Demo.firstDate...last)
        }
    }

    private func run(with banks: [BankProcess], _ loans: [DemoLoan]) async throws -> Answer {
        let first = Demo.firstDate
        try directory.writeConfig(
            firstDate: first,
            endpoints: Dictionary(
                banks.map { ($0.name, $0.endpoint) }, uniquingKeysWith: { first, _ in first }),
            disbursement: options.disbursement)
        if !options.hasFaults { for bank in banks { try await bank.behave() } }
        let application = try await Application.open(launch)
        try await fillReserves(application, on: first)
        let last = first.adding(days: options.days - 1)
        var life = DemoLife(
            loans: loans, lastDate: last, directory: directory,
            clearing: banks.first { $0.name == Demo.clearing })
        var funding = FundingReport()
        let progress = Progress(isQuiet: options.isQuiet)
        for number in 0..<options.days {
            let date = first.adding(days: number)
            for bank in banks { try await bank.setClock(date) }
            funding.add(try await life.live(date, in: application))
            progress.reportWhole(WorkDone("days lived", number + 1, of: options.days))
        }
        // The morning after: what partners send a day later, and what it lets settle.
        let morning = first.adding(days: options.days)
        for bank in banks { try await bank.setClock(morning) }
        _ = try await application.reconcile(again: false, by: nil)
        progress.finish()
        let findings = try await DemoFindings.gather(application, banks, funding: funding)
        return try DemoReport(
            options: options, findings: findings, repayments: life.repayments,
            returned: life.returned.count, directory: directory
        ).answer()
    }

    /// The process's variables without those of this house: a demo has its own of everything.
    static var variables: [String: String] {
        let kept: Set = ["COLEND_CRASH_AT", "COLEND_HAZARD"]
        return ProcessInfo.processInfo.environment.filter { name, _ in
            !name.hasPrefix("COLEND_") || kept.contains(name)
        }
    }

    /// The demo's store and configuration. A late answer must come later than the time-out, and a
    /// bank that never saw a key must be believed within the demo's patience.
    private var launch: Launch {
        var launch = Launch(
            configDirectory: directory.config, store: directory.store, isDryRun: false,
            isQuiet: true, outDirectory: directory.out)
        launch.isSecluded = true
        launch.environment = Demo.variables
        for bank in Demo.banks + [Demo.clearing] {
            let name = bank.uppercased()
            launch.environment[BankProcess.secretVariable(bank) + "_FILE"] =
                directory.secret(bank)
            let section = bank == Demo.clearing ? "PAYOUTS_" : ""
            launch.environment["COLEND_PARTIES_\(name)_\(section)SETTLE_SECONDS"] = "1"
            // Where nobody misbehaves, slowness is the machine's and not worth a doubt.
            let patience = options.hasFaults ? "1500" : "20000"
            for limit in ["CONNECT", "TOTAL"] {
                launch.environment[
                    "COLEND_PARTIES_\(name)_TIMEOUTS_\(limit)_MILLISECONDS"] = patience
            }
        }
        return launch
    }
}
