import Foundation
import TestSupport
import Testing

/// Shares that are not what they were when they change hands: at settlement, or by a call.
struct PoolCallTests {
    @Test func `a share written off before settlement is withdrawn from the deal`() async throws {
        let house = try await PoolHouse()
        try await house.close("2026-01-01 --until 2026-01-31")
        try await house.run("pools select spring --keep")
        try await house.run("pools sell spring")
        #expect(try await house.state() == "sold")
        try await house.close("2026-02-01")
        try await house.fact("W1", "charge-off", "A2", "2026-02-02", ["scope": "full"])
        try await house.close("2026-02-02 --until 2026-02-28")
        let shown = try await house.object("pools show spring")
        let withdrawn = (shown["withdrawn"] as? [Object])?.map { $0["loan"] as? String }
        #expect(shown["state"] as? String == "settled" && withdrawn == ["A2"])
        #expect(shown["outstanding"] as? String == "1000.00")
        let told = try await house.books.colend("pools show spring --output table").output
        #expect(told.contains("1 withdrawn since") && told.contains("Withdrawn"), "\(told)")
        let paid = try await house.object("pools pay spring")
        #expect((paid["collateral"] as? Object)?["opening"] as? String == "1000.00", "\(paid)")
        // A2 would have cost 2,500.00 and 30 days of interest, 17.71. Of 3,500.00 that the notes
        // have brought A1 has cost 1,008.33: they get the rest back first.
        #expect((paid["funds"] as? Object)?["unspent"] as? String == "2491.67", "\(paid)")
        let lines = (paid["payments"] as? [Object])?.filter { $0["kind"] as? String == "principal" }
        #expect(lines?.map { $0["due"] as? String } == ["2491.67"], "\(paid)")
        try await house.close("2026-03-01 --until 2026-03-31")
        let next = try await house.object("pools pay spring")
        #expect((next["funds"] as? Object)?["unspent"] as? String == "0.00", "\(next)")
        try await house.verified()
    }

    @Test func `a pool of which every share is withdrawn issues nothing`() async throws {
        let house = try await PoolHouse()
        try await house.close("2026-01-01 --until 2026-01-31")
        try await house.run("pools select spring --keep")
        try await house.run("pools sell spring")
        try await house.fact("W1", "charge-off", "A1", "2026-02-01", ["scope": "full"])
        try await house.fact("W2", "charge-off", "A2", "2026-02-01", ["scope": "full"])
        try await house.close("2026-02-01 --until 2026-02-28")
        #expect(try await house.state() == "void")
        let shown = try await house.object("pools show spring")
        #expect((shown["withdrawn"] as? [Object])?.count == 2, "\(shown)")
        #expect(try await house.codes("pools pay spring") == ["POOL-012"])
        #expect(try await house.codes("pools report spring") == ["POOL-012"])
        try await house.verified()
    }

    @Test(arguments: [("2031-03-15", "settled"), ("2026-03-15", "ended")])
    func `of a loan undone before a call settles nothing is bought`(
        final: String, state: String
    ) async throws {
        let house = try await PoolHouse(
            PoolHouse.pool.replacing("final: 2031-03-15", with: "final: \(final)"))
        try await house.settle()
        try await house.close("2026-02-04 --until 2026-02-28")
        try await house.run("pools pay spring --call")
        try await house.close("2026-03-01")
        try await house.fact("X2", "payout-returned", "A2", "2026-03-02", [:])
        try await house.close("2026-03-02 --until 2026-03-15")
        #expect(try await house.state() == state)
        #expect(try await house.prices(of: "A2").contains { $0.hasPrefix("2026-03-15") } == false)
        try await house.verified()
    }

    /// What was passed through for the payment, 87.92, goes back, and the share costs as much more.
    @Test func `what revives before a call settles is sold back with the rest`() async throws {
        let house = try await PoolHouse()
        try await house.settle()
        try await house.close("2026-02-04 --until 2026-02-28")
        try await house.run("pools pay spring --call")
        #expect(try await house.state() == "calling")
        #expect(try await house.codes("pools pay spring") == ["POOL-008"])
        try await house.close("2026-03-01")
        try await house.pay("R1", "A1", "87.92", "2026-03-02", reverses: "P1")
        try await house.close("2026-03-02 --until 2026-03-15")
        #expect(try await house.state() == "called")
        let vehicle = try await house.prices(of: "A1")
        #expect(vehicle.contains("2026-03-02 pool-sale -87.92"), "\(vehicle)")
        // 920.41 and 7.67 of interest were owed on 02-28.
        #expect(vehicle.contains("2026-03-15 pool-sale 1016.00"), "\(vehicle)")
        #expect(try await house.codes("pools pay spring") == ["POOL-010"])
        try await house.verified()
    }

    /// A2 is written off between the period's end and the call's settlement: who calls pays for
    /// what it was at the period's end, 34.74 of interest and 0.94 of penalty with it.
    @Test func `a call is paid for though what it buys is written off meanwhile`() async throws {
        let house = try await PoolHouse()
        try await house.settle()
        try await house.close("2026-02-04 --until 2026-02-28")
        let called = try await house.object("pools pay spring --call")
        #expect(called["last"] as? Bool == true)
        try await house.close("2026-03-01")
        try await house.fact("W1", "charge-off", "A2", "2026-03-02", ["scope": "full"])
        try await house.close("2026-03-02 --until 2026-03-15")
        #expect(try await house.state() == "called")
        let vehicle = try await house.prices(of: "A2")
        #expect(vehicle.last == "2026-03-15 pool-sale 2535.68", "\(vehicle)")
        #expect(try await house.codes("pools pay spring") == ["POOL-010"])
        try await house.verified()
    }

    @Test(arguments: ["before", "after"])
    func `a sale and a payment that were killed are done once`(place: String) async throws {
        let house = try await PoolHouse()
        try await house.close("2026-01-01 --until 2026-01-31")
        try await house.run("pools select spring --keep")
        func killed(_ words: [String], at point: String) async throws {
            let outcome = try await house.books.colend(
                words, environment: ["COLEND_CRASH_AT": "pools.\(place)-\(point)"])
            #expect(outcome.exit != 0 && outcome.codes.isEmpty, "\(outcome.errors)")
        }
        try await killed(["pools", "sell", "spring"], at: "sale")
        let sold = try await house.codes("pools sell spring")
        #expect(sold == (place == "before" ? [] : ["POOL-005"]))
        try await house.close("2026-02-01 --until 2026-02-28")
        try await killed(["pools", "pay", "spring"], at: "payment")
        let paid = try await house.codes("pools pay spring")
        #expect(paid == (place == "before" ? [] : ["POOL-002"]))
        try await house.verified()
    }

    @Test func `no later change of the configuration reaches a kept pool`() async throws {
        let folder = "Config/calendars/DE.yaml"
        let pool = PoolHouse.pool.replacing(
            "payments: { first: 2026-03-15 }", with: "payments: { first: 2026-03-15, calendar: DE }"
        )
        let house = try await PoolHouse()
        try house.books.folder.write(
            "calendar: DE\nweekend: [saturday, sunday]\nholidays: [2026-03-16]\n", to: folder)
        try house.books.write(pool: pool)
        try await house.close("2026-01-01 --until 2026-01-31")
        try await house.run("pools select spring --keep")
        try await house.run("pools sell spring")
        try await house.close("2026-02-01 --until 2026-02-28")
        try house.books.folder.write(
            "calendar: DE\nweekend: [saturday, sunday]\nholidays: [2026-12-25]\n", to: folder)
        #expect(
            try await house.object("pools show spring")["nextPayment"] as? String == "2026-03-17")
        try FileManager.default.removeItem(
            atPath: house.books.folder.path("Config/pools/spring.yaml"))
        try FileManager.default.removeItem(atPath: house.books.folder.path(folder))
        let paid = try await house.object("pools pay spring")
        #expect(paid["paysOn"] as? String == "2026-03-17", "\(paid)")
        try await house.verified()
    }
}
