import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling
import SQLStore
import Testing

@Suite(.everyEngine) struct CashContractTests {
    private let books: Books
    private let day = Books.firstDate
    private let account = PartyID("account")

    init() async throws { books = try await Books() }

    private func batch(_ gross: Int64 = 100, on date: BusinessDate = Books.firstDate) -> CashBatch {
        CashBatch(
            date: date, currency: Books.usd, gross: gross, fee: 3, dueOn: date.adding(days: 1))
    }

    private func entry(_ amount: Int64, _ account: Account = .cash, on date: BusinessDate)
        -> LedgerRow
    {
        LedgerRow(
            date: date, shard: 7, kind: .cash, agreement: "",
            posting: Posting(
                book: BookID("platform"), account: account, currency: Books.usd, amount: amount))
    }

    private func posting(_ amount: Int64, of batch: CashBatch, on statement: BusinessDate)
        -> CashPosting
    {
        CashPosting(
            kind: .transfer, statement: statement, remittance: batch.remittance,
            currency: Books.usd, amount: amount, fee: 3)
    }

    private func result(
        _ statement: BusinessDate, before: [BookedCash] = [], received: [FileContent] = [],
        changed: [BreakChange] = [], steps: [SettlementStep] = [], receipts: [CashReceipt] = []
    ) -> CashResult {
        CashResult(
            party: account,
            dates: [
                ReconciledDate(
                    party: account, date: statement, state: .reconciled, received: received,
                    claims: [], breaks: [], changes: [])
            ], statement: statement, before: before, changed: changed, steps: steps,
            receipts: receipts)
    }

    @Test func `payments of a date come with what a reversal takes back`() async throws {
        try await books.disburse(["L1"])
        try await books.intake.record(
            [books.payment("P2", of: "L1"), books.payment("P1", of: "L1", amount: 40)], on: day)
        let back = LoanFact(
            id: "R1", kind: .reversal(of: "P1"), valueDate: day, bookingDate: day, instant: 12)
        try await books.intake.record(
            [NewFact(loan: LoanID("L1"), fact: back, channel: "bank", contentHash: "r")], on: day)
        let payments = try await books.cash.payments(on: day)
        #expect(
            payments.map { "\($0.id) \($0.loan) \($0.amount)" } == [
                "P1 L1 40", "P2 L1 100", "R1 L1 -40",
            ])
        #expect(try await books.cash.payments(on: day.adding(days: 1)).isEmpty)
        #expect(try await books.audit.payments(on: day) == payments)
    }

    @Test func `a date is frozen once`() async throws {
        let rows = [entry(-100, on: day), entry(100, .cashInTransit, on: day)]
        try await books.cash.freeze([batch()], rows, on: day)
        try await books.cash.freeze([batch(7)], rows, on: day)
        #expect(try await books.cash.batches(on: day) == [batch()])
        #expect(
            try await books.ledger.entries(from: day, through: day, book: nil).map(
                \.posting.amount) == [-100, 100])
        #expect(try await books.cash.unseen(before: day.adding(days: 9)) == [batch()])
    }

    @Test func `a statement is booked once, its correction by the difference`() async throws {
        let next = day.adding(days: 1)
        try await books.cash.freeze([batch()], [], on: day)
        try await books.cash.record(
            result(next), [posting(97, of: batch(), on: next)], [entry(97, on: day)], on: day)
        #expect(try await books.cash.unseen(before: next) == [batch()])
        #expect(try await books.cash.unseen(before: next.adding(days: 1)).isEmpty)
        let error = await storeError {
            try await books.cash.record(
                result(next), [posting(97, of: batch(), on: next)], [entry(97, on: day)], on: day)
        }
        #expect(error == .overtaken(record: "the statement of \(next)"))
        let before = try await books.cash.booked(statement: next)
        #expect(before.map(\.posting.amount) == [97])
        try await books.cash.record(
            result(next, before: before), [posting(1, of: batch(), on: next)],
            [entry(1, on: day)], on: day)
        #expect(try await books.cash.booked([batch().remittance]).map(\.posting.amount) == [98])
        #expect(try await books.audit.cash().booked.map(\.posting.fee) == [6])
        #expect(
            try await books.ledger.entries(from: nil, through: nil, book: nil).map(
                \.posting.amount) == [98])
    }

    @Test func `nothing is booked on a date that is not open`() async throws {
        try await books.days.freeze(day)
        let error = await storeError {
            try await books.cash.record(result(day), [], [entry(1, on: day)], on: day)
        }
        #expect(error == .dateNotOpen("\(day)"))
        #expect(try await books.cash.openDate() == day.adding(days: 1))
        #expect(try await books.ledger.entries(from: nil, through: nil, book: nil).isEmpty)
    }

    @Test func `the first date in transit is the first that a close has frozen`() async throws {
        #expect(try await books.cash.firstInTransit() == nil)
        for days in [2, 1, 3] {
            try await books.cash.freeze([], [], on: day.adding(days: days))
        }
        #expect(try await books.cash.firstInTransit() == day.adding(days: 1))
    }

    @Test func `a statement and the settlements it confirms are one step`() async throws {
        let id = try await instructed()
        let line = CashReceipt(
            bankRef: "B1", amount: -5, currency: Books.usd, valueDate: day, remittance: "\(id)")
        let step = SettlementStep(
            settlement: id, number: 4, event: .received(5, bankRef: "B1"),
            postings: SettlementEffect.transfer(5).postings(
                between: PartyID("platform"), and: id.party, in: Books.usd))
        try await books.cash.record(
            result(day, steps: [step], receipts: [line]), [], [], on: day)
        let kept = try await books.audit.keptSettlements()
        #expect(kept.receipts == [line])
        #expect(kept.settlements.map { $0.events.last?.event } == [step.event])
        let rows = try await books.ledger.entries(from: day, through: day, book: nil)
        #expect(rows.map(\.kind) == Array(repeating: .settlement, count: 4))
        #expect(rows.map(\.posting.amount).reduce(0, +) == 0)
        let digest = try await books.audit.digest()
        for taken in [[line], []] {
            let error = await storeError {
                try await books.cash.record(
                    result(day, steps: [step], receipts: taken), [], [entry(1, on: day)],
                    on: day)
            }
            #expect(error?.code == "STORE-016")
        }
        #expect(try await books.audit.digest() == digest, "nothing of a step that fails is kept")
    }

    @Test func `instructions are told by date, with what the bank has taken`() async throws {
        #expect(try await books.settlements.instructions().isEmpty)
        let id = try await instructed()
        let told = InstructionDay(
            date: day, instructions: [Instruction(settlement: id, amount: 5)], taken: nil)
        #expect(try await books.settlements.instructions() == [told])
        let digest = try await books.audit.digest()
        for taken in [[UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32)] {
            try await books.settlements.markTaken(taken, on: day)
            #expect(try await books.settlements.instructions().map(\.taken) == [taken])
        }
        #expect(try await books.audit.digest() == digest, "how it left is no business of the books")
    }

    /// A settlement of 5 cents that is instructed on the open date.
    private func instructed() async throws -> SettlementID {
        let owed = Obligation(
            date: day, party: PartyID("harbor"), currency: Books.usd, type: .repayments,
            amount: 5)
        let draft = try SettlementDraft.drafts(
            for: PartyID("harbor"), on: day, lines: [SettlementLine(owed)], rests: [],
            under: SettlementRules(), by: nil)[0]
        try await books.settlements.draft([draft], [], on: day)
        for (number, event) in [SettlementEvent.approved(by: nil), .instructed].enumerated() {
            try await books.settlements.record(
                [
                    SettlementStep(
                        settlement: draft.id, number: number + 2, event: event, postings: [])
                ], receipts: [], on: day)
        }
        return draft.id
    }

    @Test func `the latest content of a file is read back`() async throws {
        func file(_ text: String) -> FileContent {
            FileContent(name: "cash.csv", bytes: Array(text.utf8))
        }
        #expect(try await books.cash.received("cash.csv", from: account, on: day) == nil)
        for text in ["one", "two"] {
            try await books.cash.record(result(day, received: [file(text)]), [], [], on: day)
        }
        #expect(
            try await books.cash.received("cash.csv", from: account, on: day) == file("two"))
    }
}
