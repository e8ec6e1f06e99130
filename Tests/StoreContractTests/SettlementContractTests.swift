import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore
import Testing

@Suite(.everyEngine) struct SettlementContractTests {
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
                    date: day, party: harbor, reconciliation: .awaiting,
                    obligations: [obligation(5)])
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

    @Test func `a date is covered by one settlement`() async throws {
        try await books.totals.freeze([obligation(5)], on: day)
        try await close()
        let open = day.adding(days: 1)
        try await books.settlements.draft([try draft(on: open)], [], on: open)
        #expect(try await books.settlements.unsettled().isEmpty)
        let before = try await books.audit.digest()
        for settlesOn in [open, open.adding(days: 1)] {
            let again = try draft(on: settlesOn)
            let error = await storeError {
                try await books.settlements.draft([again], [], on: open)
            }
            #expect(error?.code == "STORE-016")
        }
        #expect(try await books.audit.digest() == before)
    }

    @Test func `types that are settled apart share their date`() async throws {
        let open = day.adding(days: 1)
        try await close()
        let drafts = try SettlementDraft.drafts(
            for: harbor, on: open,
            lines: [obligation(5), obligation(-7, .fundingDue)].map { SettlementLine($0) },
            rests: [], under: SettlementRules(netting: .perType), by: nil)
        try await books.settlements.draft(drafts, [], on: open)
        let told = try await books.settlements.settlements()
        #expect(told.map(\.id.netting) == [.only(.fundingDue), .only(.repayments)])
        #expect(told.map(\.amount) == [-7, 5])
        #expect(try await books.audit.keptSettlements().covered.map(\.date) == [day])
    }

    @Test func `a settlement is told with its lines and its life`() async throws {
        try await books.totals.freeze([obligation(5)], on: day)
        let queries = SQLSettlementQueries(engine: books.engine)
        #expect(try await queries.obligations(party: nil).isEmpty)
        try await close()
        let open = day.adding(days: 1)
        let first = try draft(on: open, by: "bob")
        try await books.settlements.draft([first], [], on: open)
        let events: [SettlementEvent] = [
            .approved(by: "ann"), .instructed, .received(3, bankRef: "B1"),
            .netted(2, into: "S20260103.USD.harbor"),
        ]
        for (index, event) in events.enumerated() {
            try await books.settlements.record(
                [step(first.id, index + 2, event)], receipts: [], on: open)
        }
        let told = try #require(try await queries.settlements().first)
        #expect(told.id == first.id)
        #expect(told.amount == 5)
        #expect(told.lines == first.lines)
        #expect(told.events.map(\.event) == [.drafted(by: "bob")] + events)
        #expect(told.events.map(\.bookedOn) == Array(repeating: open, count: 5))
        #expect(try await queries.obligations(party: harbor) == [obligation(5)])
        #expect(try await queries.obligations(party: PartyID("summit")).isEmpty)
        let rows = try await books.ledger.entries(from: open, through: open, book: nil)
        #expect(rows.map(\.kind) == [.settlement, .settlement])
        #expect(rows.map(\.posting.amount) == [-4, 4], "one cent with each step")
    }

    @Test func `a draft nets what an earlier one left, in one step`() async throws {
        let open = day.adding(days: 1)
        try await close()
        let small = try draft(on: open, minimum: 100)
        try await books.settlements.draft([small], [], on: open)
        let rest = OpenRest(settlement: small.id, amount: 5, isSmall: true)
        let next = try draft(on: open.adding(days: 1), covering: open, rests: [rest])
        let netted = step(small.id, 2, .netted(5, into: next.id.description))
        try await books.settlements.draft([next], [netted], on: open)
        let told = try await books.settlements.settlements()
        #expect(told.map(\.amount) == [5, 10])
        #expect(told[1].lines.map(\.kind) == [.carried, .obligation])
        #expect(told[0].events.map(\.event).last == netted.event)
    }

    @Test func `a step that another process took is overtaken`() async throws {
        let open = day.adding(days: 1)
        try await close()
        let first = try draft(on: open)
        try await books.settlements.draft([first], [], on: open)
        try await books.settlements.record(
            [step(first.id, 2, .approved(by: nil))], receipts: [], on: open)
        let before = try await books.audit.digest()
        let late = [step(first.id, 3, .instructed), step(first.id, 2, .approved(by: "ann"))]
        let error = await storeError {
            try await books.settlements.record(late, receipts: [], on: open)
        }
        #expect(error?.code == "STORE-016")
        #expect(try await books.audit.digest() == before)
    }

    @Test func `a statement line counts once for ever`() async throws {
        let line = CashReceipt(
            bankRef: "B1", amount: -5, currency: Books.usd, valueDate: day, remittance: "for 贷")
        try await books.settlements.record([], receipts: [line], on: day)
        #expect(try await books.settlements.receipts(["B1", "B2"]) == ["B1": line])
        #expect(try await books.audit.keptSettlements().receipts == [line])
        let error = await storeError {
            try await books.settlements.record([], receipts: [line], on: day)
        }
        #expect(error?.code == "STORE-016")
    }

    @Test func `settling needs the open date`() async throws {
        let next = day.adding(days: 1)
        let early = try draft(on: next)
        let drafting = await storeError {
            try await books.settlements.draft([early], [], on: next)
        }
        #expect(drafting?.code == "STORE-015")
        let recording = await storeError {
            try await books.settlements.record([], receipts: [], on: next)
        }
        #expect(recording?.code == "STORE-015")
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

    private func draft(
        on settlesOn: BusinessDate, covering date: BusinessDate = Books.firstDate,
        rests: [OpenRest] = [], minimum: Int64 = 0, by person: String? = nil
    ) throws -> SettlementDraft {
        let drafts = try SettlementDraft.drafts(
            for: harbor, on: settlesOn, lines: [SettlementLine(obligation(5, on: date))],
            rests: rests, under: SettlementRules(minimum: minimum), by: person)
        return try #require(drafts.first)
    }

    private func step(_ id: SettlementID, _ number: Int, _ event: SettlementEvent)
        -> SettlementStep
    {
        SettlementStep(
            settlement: id, number: number, event: event,
            postings: [("platform", Int64(1)), ("harbor", -1)].map {
                Posting(
                    book: BookID($0.0), account: .cashInTransit, currency: Books.usd, amount: $0.1)
            })
    }
}
