import Foundation
import TestSupport
import Testing

/// Loans that are paid out over a payment channel, and whose shares a bank takes over afterwards.
struct TransferChannelTests {
    private let books: Books

    init() async throws {
        books = try await Books.new()
        try books.change("agreements/harbor-70-30.yaml") {
            $0 + "fundingMode: after-payout\ntransferDays: 4\n"
        }
    }

    @Test func `the whole loan leaves over the channel, then the share changes hands`()
        async throws
    {
        let houses = try await start()
        defer { end(houses) }
        let funded = try await fund()
        #expect(funded["disbursed"] as? Int == 1 && funded["transferred"] as? Int == 1)
        #expect(try await loan()["state"] as? String == "disbursed")
        let paid = try await payout()
        #expect(paid["amount"] as? String == "1000.00" && paid["state"] as? String == "disbursed")
        try await close("2026-01-01")
        #expect(try await transfers() == ["2026-01-01 -700.19"])
        try await verify()
    }

    /// Nobody is asked for a share of money that is not out.
    @Test func `a payout that fails is tried again, and the share is asked for after it`()
        async throws
    {
        let houses = try await start(
            "faults: {files: [{kind: payout-failed, probability: 1, budget: 1}]}")
        defer { end(houses) }
        let failed = try await fund()
        #expect(failed["disbursed"] as? Int == 0 && failed["sent"] as? Int == 0)
        #expect(try await loan()["state"] as? String == "payout-failed")
        try await verify()
        try await close("2026-01-01")
        let funded = try await fund()
        #expect(funded["disbursed"] as? Int == 1 && funded["transferred"] as? Int == 1)
        try await close("2026-01-02 --until 2026-01-05")
        #expect(try await transfers() == ["2026-01-02 -700.19"])
        try await verify()
    }

    @Test(arguments: [
        "payout.after-sending", "payout.before-conclusion", "payout.after-conclusion",
        "transfer.before-conclusion", "transfer.after-conclusion",
    ])
    func `a kill on the way moves the money and the claims once`(point: String) async throws {
        let houses = try await start()
        defer { end(houses) }
        let killed = try await books.colend(
            ["fund"], environment: Self.secrets.merging(["COLEND_CRASH_AT": point]) { $1 })
        #expect(killed.exit != 0)
        _ = try await fund()
        #expect(try await loan()["state"] as? String == "disbursed")
        try await close("2026-01-01")
        #expect(try await transfers() == ["2026-01-01 -700.19"])
        try await verify()
    }
}

// MARK: - What it is done with

extension TransferChannelTests {
    private static let secrets = ["COLEND_CLEARING_SECRET": Books.secret]

    private func colend(_ words: String, input: String = "") async throws -> Colend.Outcome {
        try await books.colend(
            words.split(separator: " ").map(String.init), input: input, environment: Self.secrets)
    }

    /// A bank and a payment channel, with one loan booked.
    private func start(_ faults: String = "") async throws -> [ProductProcess] {
        let bank = try await books.startHarbor("roundingTolerance: 0")
        let channel = try await startChannel(faults)
        let row = "\nA1,B1,instalment-loan,1000.00,USD,10,12,2026-01-01T09:00:00Z\n"
        let taken = try await colend("loans import -", input: Books.header + row)
        try #require(taken.exit == 0, "\(taken.errors)")
        return [bank, channel]
    }

    private func end(_ houses: [ProductProcess]) {
        for house in houses { house.signal(SIGKILL) }
    }

    private func startChannel(_ faults: String) async throws -> ProductProcess {
        let scenario = """
            kind: clearing
            party: clearing
            currency: USD
            fee: {fixed: "0.10", percent: "0.25"}
            transitDays: 1
            signing: {profile: hmac-sha256, secretEnv: COLEND_CLEARING_SECRET}
            \(faults)

            """
        let file = try books.folder.write(scenario, to: "channel/scenario.yaml")
        let process = try ProductProcess.start(
            .mockBank,
            [
                "--scenario", file, "--ready-file", books.folder.path("channel/ready"), "--state",
                books.folder.path("channel/state"), "--exit-with-parent",
            ], environment: Self.secrets)
        let port = try await books.bankPort("channel")
        _ = try books.folder.write(
            """
            party: clearing
            name: Channel
            kind: clearing
            endpoint: http://127.0.0.1:\(port)
            signing: {profile: hmac-sha256, secretEnv: COLEND_CLEARING_SECRET}
            account: clearing-account
            from: 2026-01-01
            fee: {fixed: "0.10", rate: "0.25%"}
            filesDeadlineDays: 9
            payouts: {tries: 3, settleSeconds: 1, askLimit: 3}

            """, to: "Config/parties/clearing.yaml")
        return process
    }

    private func fund() async throws -> Object {
        let funded = try await colend("fund")
        #expect(funded.exit == 0, "\(funded.errors) \(funded.output)")
        return try funded.json(as: Object.self)
    }

    private func loan() async throws -> Object {
        let shown = try await colend("loans show A1 --output json").json(as: Object.self)
        return try #require(shown["loan"] as? Object)
    }

    private func payout() async throws -> Object {
        let shown = try await colend("loans show A1 --output json").json(as: Object.self)
        return try #require(shown["payout"] as? Object)
    }

    private func close(_ date: String) async throws {
        let closed = try await colend("eod --date \(date)")
        #expect(closed.exit == 0, "\(closed.errors) \(closed.output)")
    }

    /// Lines of transfers in all settlements, as `date amount`.
    private func transfers() async throws -> [String] {
        let settlements = try await colend("settlement show --output json").json(as: [Object].self)
        return settlements.flatMap { $0["lines"] as? [Object] ?? [] }
            .filter { $0["type"] as? String == "transfers" }
            .map { "\($0["date"] as? String ?? "") \($0["amount"] as? String ?? "")" }.sorted()
    }

    private func verify() async throws {
        let verified = try await colend("verify")
        #expect(verified.exit == 0, "\(verified.output) \(verified.errors)")
    }
}
