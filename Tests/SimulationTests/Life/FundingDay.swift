import BusinessCalendar
import Foundation

/// One day on which loans are imported and funded, and nothing else.
struct FundingDay: Sendable {
    let installation: Installation
    let date: BusinessDate

    /// One connection to each bank, so that it is kept alive and used again.
    static func make(
        _ name: String, hazard: String? = nil, faults: BankFaults, loans: Int = 16
    ) async throws -> FundingDay {
        var extra = hazard.map { ["COLEND_HAZARD": $0] } ?? [:]
        for bank in Installation.bankNames {
            extra["COLEND_PARTIES_\(bank.uppercased())_IN_FLIGHT"] = "1"
        }
        let installation = try await Installation.make(
            name, seed: 1, faults: faults, extra: extra)
        let life = try BusinessLife.make(loans: loans, dates: 1)
        let first = life.dates[0]
        let today = life.loans.map { $0.approved(on: first) }
        let file = try installation.write(SimulatedLoan.file(of: today), "loans.csv")
        try await installation.colend(["loans", "import", file]).done()
        return FundingDay(installation: installation, date: first)
    }

    /// Funds until nothing is open.
    @discardableResult
    func fund() async throws -> FundAnswer {
        for _ in 0..<10 {
            let ended = try await installation.colend(["fund"]).done()
            let answer = try ended.answer(FundAnswer.self)
            if answer.open.isEmpty, answer.payouts.open.isEmpty { return answer }
        }
        throw HarnessFault("funding comes to no end")
    }

    func killWhileFunding(at point: String) async throws {
        let ended = try await installation.colend(
            ["fund"], environment: ["COLEND_CRASH_AT": point])
        guard ended.wasKilled else { throw HarnessFault("\(ended) was to be killed") }
    }

    func violations() async throws -> [JournalAudit.Violation] {
        var found: [JournalAudit.Violation] = []
        for bank in installation.houses {
            found += JournalAudit.violations(in: try await bank.journal())
        }
        return found
    }

    /// Every loan's line, by loan.
    func loans() async throws -> [String: LoanLine] {
        let listed = try await installation.colend(["loans", "list"]).done()
        return Dictionary(
            try listed.answer([LoanLine].self).map { ($0.loan, $0) }, uniquingKeysWith: { $1 })
    }

    func digest() async throws -> Data {
        try await installation.colend(["verify", "--digest"]).done().output
    }

    /// Closes a date.
    func endOfDay(_ date: BusinessDate) async throws -> Ended {
        try await installation.colend(["eod", "--date", date.description])
    }

    func close() async { await installation.close(removing: true) }
}
