import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore
import Testing

@Suite struct SettlementContractTests {
    private let books: Books
    private let day = Books.firstDate
    private let harbor = PartyID("harbor")

    init() async throws {
        books = try await Books()
    }

    @Test func `obligations are frozen once`() async throws {
        try await books.totals.freeze([obligation(5)], on: day)
        try await books.totals.freeze([obligation(6)], on: day)
        try await close()
        #expect(try await books.settlements.unsettled().map(\.obligations) == [[obligation(5)]])
    }

    @Test func `a day waits for settlement only once it is closed`() async throws {
        try await books.totals.freeze([obligation(5)], on: day)
        #expect(try await books.settlements.unsettled().isEmpty)
        try await close()
        let waiting = try await books.settlements.unsettled()
        #expect(
            waiting == [
                UnsettledDay(
                    date: day, party: harbor, isReconciled: false, obligations: [obligation(5)])
            ])
    }

    @Test func `the obligations of a day and party come together`() async throws {
        let all = [obligation(5, .fundingDue), obligation(-2, .repayments)]
        let other = Obligation(
            date: day, party: PartyID("summit"), currency: Books.usd, type: .repayments, amount: 1)
        try await books.totals.freeze([other] + all, on: day)
        try await close()
        let waiting = try await books.settlements.unsettled()
        #expect(waiting.map(\.party) == [harbor, PartyID("summit")])
        #expect(waiting.map(\.obligations) == [all, [other]])
    }

    @Test func `a date is covered by one instruction`() async throws {
        try await books.totals.freeze([obligation(5)], on: day)
        try await close()
        let open = day.adding(days: 1)
        #expect(try await books.settlements.instructed(on: open).isEmpty)
        try await books.settlements.instruct([instruction(on: open)], on: open)
        #expect(try await books.settlements.unsettled().isEmpty)
        #expect(try await books.settlements.instructed(on: open) == [harbor])
        #expect(try await books.settlements.instructed(on: day).isEmpty)
        let before = try await books.audit.digest()
        let later = SettlementInstruction(
            settlesOn: open.adding(days: 1), party: harbor, currency: Books.usd, amount: 5,
            dates: [day], postings: [])
        let error = await storeError {
            try await books.settlements.instruct([later], on: open)
        }
        #expect(error?.code == "STORE-016")
        #expect(try await books.audit.digest() == before)
        let rows = try await books.ledger.entries(from: open, through: open, book: nil)
        #expect(rows.map(\.kind) == [.settlement, .settlement])
        #expect(rows.map(\.posting.amount) == [-5, 5])
    }

    @Test func `two instructions of one partner on one day both stand and add up`() async throws {
        let next = day.adding(days: 1)
        let open = day.adding(days: 2)
        for date in [day, next] {
            try await books.totals.freeze([obligation(5, on: date)], on: date)
            try await close(date)
        }
        try await books.settlements.instruct([instruction(on: open)], on: open)
        let late = instruction(on: open, covering: next)
        try await books.settlements.instruct([late], on: open)
        let again = await storeError {
            try await books.settlements.instruct([late], on: open)
        }
        #expect(again?.code == "STORE-016")
        let told = try await SQLSettlementQueries(engine: books.engine).instructions()
        #expect(told.map(\.dates) == [[day], [next]])
        #expect(told.map(\.amount) == [5, 5])
        let rows = try await books.ledger.entries(from: open, through: open, book: nil)
        #expect(rows.map(\.posting.amount) == [-10, 10])
    }

    @Test func `an instruction covers a date`() async throws {
        try await close()
        let open = day.adding(days: 1)
        let empty = SettlementInstruction(
            settlesOn: open, party: harbor, currency: Books.usd, amount: 5, dates: [],
            postings: [])
        let error = await storeError {
            try await books.settlements.instruct([empty], on: open)
        }
        #expect(error?.code == "STORE-017")
    }

    @Test func `instructions and obligations are told as they were recorded`() async throws {
        try await books.totals.freeze([obligation(5)], on: day)
        let queries = SQLSettlementQueries(engine: books.engine)
        #expect(try await queries.obligations(party: nil).isEmpty)
        try await close()
        let open = day.adding(days: 1)
        try await books.settlements.instruct([instruction(on: open)], on: open)
        #expect(try await queries.obligations(party: harbor) == [obligation(5)])
        #expect(try await queries.obligations(party: PartyID("summit")).isEmpty)
        let told = try #require(try await queries.instructions().first)
        #expect(told.settlesOn == open)
        #expect(told.amount == 5)
        #expect(told.dates == [day])
    }

    @Test func `an instruction needs the open date`() async throws {
        let error = await storeError {
            try await books.settlements.instruct(
                [instruction(on: day)], on: day.adding(days: 1))
        }
        #expect(error?.code == "STORE-015")
    }

    @Test func `our files are kept once and delivered once`() async throws {
        let files = [
            FileContent(name: "manifest.json", bytes: [1]),
            FileContent(name: "balances.csv", bytes: []),
        ]
        let next = day.adding(days: 1)
        try await books.files.keep(files, for: harbor, on: day)
        try await books.files.keep(files, for: harbor, on: next)
        try await books.files.keep(files.reversed(), for: harbor, on: day)
        #expect(try await books.files.kept(for: harbor, on: day) == files)
        #expect(try await books.files.undelivered(to: harbor, through: next) == [day, next])
        for _ in 0..<2 { try await books.files.markDelivered(to: harbor, on: day) }
        #expect(try await books.files.undelivered(to: harbor, through: next) == [next])
        #expect(try await books.files.undelivered(to: harbor, through: day) == [])
        #expect(try await books.files.undelivered(to: PartyID("summit"), through: next) == [])
    }

    @Test func `a partner's files tell of what happened to it that day`() async throws {
        try await books.disburse(["L2", "L1"])
        let lines = try await books.files.lines(for: harbor, on: day)
        #expect(lines.disbursements.map(\.requestKey) == ["L1.harbor.1", "L2.harbor.1"])
        #expect(lines.disbursements.map(\.partnerReference) == ["ref-L1", "ref-L2"])
        #expect(lines.disbursements.map(\.principal) == [700, 700])
        let nobody = try await books.files.lines(for: PartyID("summit"), on: day)
        #expect(nobody.disbursements.isEmpty)
        let later = try await books.files.lines(for: harbor, on: day.adding(days: 1))
        #expect(later.disbursements.isEmpty)
    }

    private func close(_ date: BusinessDate = Books.firstDate) async throws {
        try await books.days.freeze(date)
        try await books.days.finish(date, head: [1])
    }

    private func obligation(
        _ amount: Int64, _ type: ObligationType = .repayments,
        on date: BusinessDate = Books.firstDate
    ) -> Obligation {
        Obligation(date: date, party: harbor, currency: Books.usd, type: type, amount: amount)
    }

    private func instruction(
        on open: BusinessDate, covering date: BusinessDate = Books.firstDate
    ) -> SettlementInstruction {
        SettlementInstruction(
            settlesOn: open, party: harbor, currency: Books.usd, amount: 5, dates: [date],
            postings: [
                Posting(
                    book: BookID("platform"), account: .cashInTransit, currency: Books.usd,
                    amount: 5),
                Posting(
                    book: BookID("harbor"), account: .cashInTransit, currency: Books.usd, amount: -5
                ),
            ])
    }
}
