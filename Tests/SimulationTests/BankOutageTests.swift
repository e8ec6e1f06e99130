import BusinessCalendar
import Foundation
import Testing

extension Simulations {
    /// Banks that are not there when they are needed.
    @Suite struct BankOutageTests {
        @Test func `a bank that is down holds up its own requests and no close`() async throws {
            let day = try await FundingDay.make("bank-down", faults: .none, loans: 10)
            let meridian = try day.installation.bank("meridian")
            await meridian.kill()
            let funded = try await day.installation.colend(["fund"])
            #expect(funded.exit == 69)
            let open = try funded.answer(FundAnswer.self).open(at: meridian)
            #expect(!open.isEmpty)
            #expect(open.allSatisfy { $0.state == "planned" })
            try await day.expectCloseWithout(meridian)
            try await day.expectNextDayToHeal(meridian, doubtful: open.map(\.key))
            await day.close()
        }

        @Test func `a bank that dies before it answers leaves doubts that the next day resolves`()
            async throws
        {
            let day = try await FundingDay.make("bank-silent", faults: .none, loans: 10)
            let harbor = try day.installation.bank("harbor")
            try await harbor.setFaults(.answersLate(60_000))
            async let funding = day.installation.colend(["fund"])
            try await harbor.waitForArrivals(1)
            await harbor.kill()
            let funded = try await funding
            #expect(funded.exit == 69)
            let open = try funded.answer(FundAnswer.self).open(at: harbor)
            #expect(open.contains { $0.state == "in-doubt" })
            let closed = try await day.expectCloseWithout(harbor)
            let doubtful = open.filter { $0.state == "in-doubt" }.map(\.key)
            #expect(Set(doubtful).isSubset(of: closed.inDoubt))
            try await day.expectNextDayToHeal(harbor, doubtful: open.map(\.key))
            await day.close()
        }

        @Test func `a bank killed while it is asked goes on from its torn log`() async throws {
            let calm = try await FundingDay.make("bank-calm", faults: .none, loans: 10)
            try await calm.fund()
            let day = try await FundingDay.make("bank-killed", faults: .answersLate(150), loans: 10)
            let harbor = try day.installation.bank("harbor")
            async let funding = day.installation.colend(["fund"])
            try await harbor.waitForArrivals(4)
            await harbor.kill()
            try harbor.tearLog()
            try await harbor.restart()
            let funded = try await funding
            #expect(funded.isDone || funded.exit == 69)
            try await day.fund()
            #expect(try await day.violations().isEmpty)
            #expect(
                try await harbor.book().requests == calm.installation.bank("harbor").book().requests
            )
            #expect(try await day.digest() == calm.digest())
            await calm.close()
            await day.close()
        }
    }
}

extension FundingDay {
    /// The day closes although a bank is gone, and says so.
    @discardableResult
    fileprivate func expectCloseWithout(_ bank: BankProcess) async throws -> EndOfDayAnswer {
        let ended = try await endOfDay(date)
        #expect(ended.exit == 2, "\(ended)")
        let answer = try ended.answer(EndOfDayAnswer.self)
        #expect(answer.undelivered.map(\.party) == [bank.name])
        return answer
    }

    /// The bank comes back on the next day: every request ends, once, and the books verify.
    fileprivate func expectNextDayToHeal(_ bank: BankProcess, doubtful keys: [String])
        async throws
    {
        try await bank.restart()
        try await bank.setFaults(.none)
        let next = date.adding(days: 1)
        try await installation.setClocks(next)
        try await fund()
        let requests = try await bank.book().requests.filter { keys.contains($0.key) }
        #expect(requests.count == keys.count)
        #expect(requests.allSatisfy { $0.executions <= 1 })
        let loans = try await loans()
        #expect(loans.values.allSatisfy { ["disbursed", "declined"].contains($0.state) })
        #expect(loans.values.contains { $0.disbursedOn == next.description })
        #expect(try await violations().isEmpty)
        let closed = try await endOfDay(next).done().answer(EndOfDayAnswer.self)
        #expect(closed.inDoubt.isEmpty && closed.undelivered.isEmpty)
        #expect(try await installation.colend(["verify"]).exit == 0)
    }
}

extension FundAnswer {
    /// What one bank owes an answer to, or could not be sent.
    fileprivate func open(at bank: BankProcess) -> [OpenRequest] {
        open.filter { $0.party == bank.name }
    }
}

extension BankProcess {
    /// Waits until so many funding requests have come.
    fileprivate func waitForArrivals(_ count: Int) async throws {
        for _ in 0..<2_000 {
            if try await journal().count(where: { $0.event == "arrival" }) >= count { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw HarnessFault("\(name) was not asked \(count) times")
    }
}
