import Testing

extension Simulations {
    /// A harness that cannot see a broken rule proves nothing about a kept one: each safety rule is
    /// switched off once, and the banks' diaries must show it.
    @Suite struct HazardTests {
        @Test(arguments: [true, false])
        func `a dropped connection leads to a silent re-send only without the guard`(
            isGuarded: Bool
        ) async throws {
            let day = try await FundingDay.make(
                "guard", hazard: isGuarded ? nil : "resend-guard",
                faults: .dropsAfterCommit("50%"))
            try await day.fund()
            let found = try await day.violations()
            await day.close()
            let repeats = found.filter { violation in
                if case .repeatedBelow = violation { true } else { false }
            }
            #expect(repeats.isEmpty == isGuarded)
            #expect(found.isEmpty == isGuarded, "\(found)")
        }

        @Test(arguments: [true, false])
        func `a killed sender's requests are sent again blindly only without the claim rule`(
            isKept: Bool
        ) async throws {
            let day = try await FundingDay.make(
                "claim", hazard: isKept ? nil : "claim-rule", faults: .none)
            try await day.killWhileFunding(at: "funding.after-sending:1")
            try await day.fund()
            let found = try await day.violations()
            await day.close()
            let blind = found.filter { violation in
                if case .sentBlindly = violation { true } else { false }
            }
            #expect(blind.isEmpty == isKept)
            #expect(found.isEmpty == isKept, "\(found)")
        }
    }
}

/// One day on which loans are imported and funded, and nothing else.
struct FundingDay: Sendable {
    let installation: Installation

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
        return FundingDay(installation: installation)
    }

    /// Funds until nothing is open.
    @discardableResult
    func fund() async throws -> FundAnswer {
        for _ in 0..<10 {
            let ended = try await installation.colend(["fund"]).done()
            let answer = try ended.answer(FundAnswer.self)
            if answer.open.isEmpty { return answer }
        }
        throw HarnessFault("funding comes to no end")
    }

    func killWhileFunding(at point: String) async throws {
        let ended = try await installation.colend(
            ["fund"], environment: ["COLEND_CRASH_AT": point])
        guard ended.exit == nil else { throw HarnessFault("\(ended) was to be killed") }
    }

    func violations() async throws -> [JournalAudit.Violation] {
        var found: [JournalAudit.Violation] = []
        for bank in installation.banks {
            found += JournalAudit.violations(in: try await bank.journal())
        }
        return found
    }

    func close() async { await installation.close(removing: true) }
}
