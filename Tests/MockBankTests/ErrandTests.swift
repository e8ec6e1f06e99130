import MockBank
import Testing

/// What a bank wants done is handed over once: however much waits, a look costs what is new.
@Suite struct ErrandTests {
    private func bank(_ extra: String) throws -> TestBank {
        try TestBank(extra: "callbacks: {url: \"http://127.0.0.1:9\", immediate: true}\n" + extra)
    }

    private func post(_ bank: TestBank, _ numbers: ClosedRange<Int>) throws {
        for number in numbers {
            _ = try bank.post(Sample.request("K\(number)", loan: "L\(number)"))
        }
    }

    @Test func `each callback is handed over once, and again after a kill`() throws {
        let bank = try bank("")
        try post(bank, 1...3)
        #expect(bank.bank.errands(atMost: 2).count == 2)
        #expect(bank.bank.hasErrands)
        #expect(bank.bank.errands(atMost: 2).count == 1)
        #expect(!bank.bank.hasErrands)
        try post(bank, 4...4)
        #expect(bank.bank.errands(atMost: 9).count == 1)
        try bank.reopen()
        let errands = bank.bank.errands(atMost: 9)
        #expect(errands.count == 4)
        for errand in errands { try bank.bank.finish(errand, status: 200) }
        try bank.bank.flush()
        try bank.reopen()
        #expect(bank.bank.errands(atMost: 9).isEmpty)
    }

    @Test func `one that waits for the next is handed over again when that was delivered`() throws {
        let bank = try bank(
            """
            faults: {money: [{kind: callback-reordered, delayMilliseconds: 600000,
              match: {key: K1}}]}
            """)
        try post(bank, 1...2)
        let errands = bank.bank.errands(atMost: 9)
        #expect(errands.count == 2)
        try bank.bank.finish(errands[1], status: 200)
        let again = bank.bank.errands(atMost: 9)
        #expect(again.count == 1)
        for errand in again + errands { try bank.bank.finish(errand, status: 200) }
        #expect(bank.bank.errands(atMost: 9).isEmpty)
        let told = try bank.journal().filter { $0["event"]?.text == "callback" }
        #expect(told.compactMap { $0["key"]?.text } == ["K2", "K1"])
    }

    @Test func `a decision that shows by itself is handed over once`() throws {
        let bank = try TestBank(
            extra: "pending: {probability: 1, queries: 9, afterMilliseconds: 50}")
        try post(bank, 1...2)
        let errands = bank.bank.errands(atMost: 9)
        #expect(errands.count == 2)
        #expect(bank.bank.errands(atMost: 9).isEmpty)
        for errand in errands { try bank.bank.finish(errand, status: nil) }
        #expect(try bank.ask("GET", "/v1/funding-requests/K2") == "200 accepted")
        try bank.reopen()
        #expect(bank.bank.errands(atMost: 9).isEmpty)
    }

    @Test func `a bank that was reset hands over what is new`() throws {
        let bank = try bank("")
        try post(bank, 1...2)
        #expect(bank.bank.errands(atMost: 9).count == 2)
        _ = try bank.call("POST", "/admin/v1/reset")
        #expect(bank.bank.errands(atMost: 9).isEmpty)
        try post(bank, 1...1)
        #expect(bank.bank.errands(atMost: 9).count == 1)
    }
}
