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

        @Test(arguments: [true, false], ["funding.after-sending:1", "payout.after-sending:1"])
        func `what a killed sender sent is sent again blindly only without the claim rule`(
            isKept: Bool, point: String
        ) async throws {
            let day = try await FundingDay.make(
                "claim", hazard: isKept ? nil : "claim-rule", faults: .none)
            try await day.killWhileFunding(at: point)
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
