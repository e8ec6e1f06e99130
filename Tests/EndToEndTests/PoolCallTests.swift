import Foundation
import TestSupport
import Testing

/// Shares that are not what they were when they change hands: at settlement, or by a call.
struct PoolCallTests {
    @Test func `a share written off before settlement is withdrawn from the deal`() async throws {
        let deal = try await PoolDeal.new()
        try await deal.close("2026-01-01 --until 2026-01-31")
        try await deal.run("pools select spring --keep")
        try await deal.run("pools sell spring")
        #expect(try await deal.state() == "sold")
        try await deal.close("2026-02-01")
        try await deal.fact("W1", "charge-off", "A2", "2026-02-02", ["scope": "full"])
        try await deal.close("2026-02-02 --until 2026-02-28")
        let shown = try await deal.object("pools show spring")
        let withdrawn = (shown["withdrawn"] as? [Object])?.map { $0["loan"] as? String }
        #expect(shown["state"] as? String == "settled" && withdrawn == ["A2"])
        #expect(shown["outstanding"] as? String == "1000.00")
        let told = try await deal.books.colend("pools show spring --output table").output
        #expect(told.contains("1 withdrawn since") && told.contains("Withdrawn"), "\(told)")
        let paid = try await deal.object("pools pay spring")
        #expect((paid["collateral"] as? Object)?["opening"] as? String == "1000.00", "\(paid)")
        try await deal.verified()
    }

    /// What was passed through for the payment, 87.92, goes back, and the share costs as much more.
    @Test func `what revives before a call settles is sold back with the rest`() async throws {
        let deal = try await PoolDeal.settled()
        try await deal.close("2026-02-04 --until 2026-02-28")
        try await deal.run("pools pay spring --call")
        #expect(try await deal.state() == "calling")
        #expect(try await deal.codes("pools pay spring") == ["POOL-008"])
        try await deal.close("2026-03-01")
        try await deal.pay("R1", "A1", "87.92", "2026-03-02", reverses: "P1")
        try await deal.close("2026-03-02 --until 2026-03-15")
        #expect(try await deal.state() == "called")
        let lines = try #require(try await deal.object("loans show A1")["factLines"] as? [Object])
        let vehicle = lines.filter { $0["lender"] as? String == "vehicle" }.map {
            "\($0["valueDate"] ?? "") \($0["kind"] ?? "") \($0["price"] ?? "")"
        }
        #expect(vehicle.contains("2026-03-02 pool-sale -87.92"), "\(vehicle)")
        // 920.41 and 7.67 of interest were owed on 02-28.
        #expect(vehicle.contains("2026-03-15 pool-sale 1016.00"), "\(vehicle)")
        #expect(try await deal.codes("pools pay spring") == ["POOL-010"])
        try await deal.verified()
    }

    /// A2 is written off between the period's end and the call's settlement: the call has brought
    /// nothing for it, which what comes later makes up for first.
    @Test func `a deal stays open as long as a called share was not sold`() async throws {
        let deal = try await PoolDeal.settled()
        try await deal.close("2026-02-04 --until 2026-02-28")
        let called = try await deal.object("pools pay spring --call")
        #expect(called["last"] as? Bool == true)
        try await deal.close("2026-03-01")
        try await deal.fact("W1", "charge-off", "A2", "2026-03-02", ["scope": "full"])
        try await deal.close("2026-03-02 --until 2026-03-31")
        #expect(try await deal.state() == "settled")
        let next = try await deal.object("pools pay spring")
        let funds = try #require(next["funds"] as? Object)
        #expect(funds["available"] as? String == "0.00", "\(funds)")
        let pool = try #require(next["collateral"] as? Object)
        #expect(pool["opening"] as? String == "3420.41", "\(pool)")
        #expect(pool["closing"] as? String == "0.00", "\(pool)")
        try await deal.verified()
    }

    @Test(arguments: ["before", "after"])
    func `a sale and a payment that were killed are done once`(place: String) async throws {
        let deal = try await PoolDeal.new()
        try await deal.close("2026-01-01 --until 2026-01-31")
        try await deal.run("pools select spring --keep")
        func killed(_ words: [String], at point: String) async throws {
            let outcome = try await deal.books.colend(
                words, environment: ["COLEND_CRASH_AT": "pools.\(place)-\(point)"])
            #expect(outcome.exit != 0 && outcome.codes.isEmpty, "\(outcome.errors)")
        }
        try await killed(["pools", "sell", "spring"], at: "sale")
        let sold = try await deal.codes("pools sell spring")
        #expect(sold == (place == "before" ? [] : ["POOL-005"]))
        try await deal.close("2026-02-01 --until 2026-02-28")
        try await killed(["pools", "pay", "spring"], at: "payment")
        let paid = try await deal.codes("pools pay spring")
        #expect(paid == (place == "before" ? [] : ["POOL-002"]))
        try await deal.verified()
    }

    @Test func `no later change of the configuration reaches a kept pool`() async throws {
        let folder = "Config/calendars/DE.yaml"
        let pool = PoolTests.pool.replacing(
            "payments: { first: 2026-03-15 }", with: "payments: { first: 2026-03-15, calendar: DE }"
        )
        let deal = try await PoolDeal.new()
        try deal.books.folder.write(
            "calendar: DE\nweekend: [saturday, sunday]\nholidays: [2026-03-16]\n", to: folder)
        try deal.books.folder.write(pool, to: "Config/pools/spring.yaml")
        try await deal.close("2026-01-01 --until 2026-01-31")
        try await deal.run("pools select spring --keep")
        try await deal.run("pools sell spring")
        try await deal.close("2026-02-01 --until 2026-02-28")
        try deal.books.folder.write(
            "calendar: DE\nweekend: [saturday, sunday]\nholidays: [2026-12-25]\n", to: folder)
        #expect(
            try await deal.object("pools show spring")["nextPayment"] as? String == "2026-03-17")
        try FileManager.default.removeItem(
            atPath: deal.books.folder.path("Config/pools/spring.yaml"))
        try FileManager.default.removeItem(atPath: deal.books.folder.path(folder))
        let paid = try await deal.object("pools pay spring")
        #expect(paid["paysOn"] as? String == "2026-03-17", "\(paid)")
        try await deal.verified()
    }
}
