import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling
import SQLStore
import Testing

/// Lines of credit, the notes under them and what comes for them, in the store.
@Suite(.everyEngine) struct LineContractTests {
    private let books: Books
    private let day = Books.firstDate
    private let line = LoanID("R1")

    init() async throws {
        books = try await Books()
        _ = try await books.intake.book(LoanBatch(bookings: [], lines: [record()]))
    }

    private func record(_ id: String = "R1", content: String = "h") -> LineRecord {
        LineRecord(
            line: LoanID(id), borrower: "B", product: "cash-line", agreement: "harbor-70",
            currency: Books.usd, limit: 5_000, rate: AnnualRate(units: 9_000_000),
            instalments: 6, approvedAt: 5, bookedOn: day, region: "north", grade: "A",
            channel: "app", purpose: "借", contentHash: content)
    }

    /// A note of R1 as a drawdown of an id books it.
    private func booking(_ fact: String) -> LoanBooking {
        let plain = books.booking("R1.\(fact)")
        let one = plain.record
        return LoanBooking(
            record: LoanRecord(
                loan: one.loan, borrower: one.borrower, product: one.product,
                productVersion: one.productVersion, agreement: one.agreement,
                agreementVersion: one.agreementVersion, currency: one.currency,
                principal: one.principal, rate: one.rate, instalments: one.instalments,
                firstDueOn: one.firstDueOn, approvedAt: one.approvedAt, bookedOn: one.bookedOn,
                region: one.region, grade: one.grade, channel: one.channel,
                purpose: one.purpose, contentHash: one.contentHash, line: line),
            plan: plain.plan, requests: plain.requests, commitments: plain.commitments)
    }

    private func draw(_ fact: String, notes: Int, seen: [LoanID: Int] = [:]) -> FactBatch {
        let booking = booking(fact)
        return FactBatch(
            facts: [], seen: seen, states: [:],
            keys: [
                NewKey(
                    id: fact, loan: booking.record.loan, contentHash: booking.record.contentHash)
            ], draws: LoanBatch(bookings: [booking]), notes: [line: notes])
    }

    @Test func `a line reads back as it was opened, once`() async throws {
        let found = try await books.intake.lines([line, LoanID("R9")])
        #expect(found == [line: LineSubject(record: record(), notes: [])])
        let again = LoanBatch(bookings: [], lines: [record()])
        #expect(try await books.intake.book(again).booked == 0)
        #expect(try await books.intake.known([line]) == [line: "h"])
        #expect(try await books.loans.line(line)?.record == record())
        #expect(try await books.audit.lines(after: nil, limit: 5).map(\.record) == [record()])
        #expect(try await books.audit.lines(after: line, limit: 5).isEmpty)
    }

    @Test func `a line and a loan never share a name`() async throws {
        let other = LoanBatch(bookings: [], lines: [record(content: "other")])
        let line = await storeError { _ = try await books.intake.book(other) }
        #expect(line?.code == "STORE-016")
        let loan = await storeError {
            try await books.intake.book([books.booking("R1")], snapshots: [])
        }
        #expect(loan?.code == "STORE-016")
        try await books.book(["L1"])
        let late = await storeError {
            let lines = LoanBatch(bookings: [], lines: [record("L1")])
            _ = try await books.intake.book(lines)
        }
        #expect(late?.code == "STORE-016")
    }

    @Test func `a note is booked with its key, its requests and its line`() async throws {
        #expect(try await books.intake.record(draw("D1", notes: 0), on: day) == 1)
        #expect(try await books.intake.record(draw("D1", notes: 0), on: day) == 0)
        let notes = try await books.intake.lines([line])[line]?.notes
        #expect(notes?.map(\.record) == [booking("D1").record])
        #expect(notes?.map(\.state) == [.funding])
        #expect(try await books.intake.known(["D1"]) == ["D1": "h-R1.D1"])
        #expect(try await books.audit.requests().map(\.request.key) == ["R1.D1.harbor.1"])
        #expect(try await books.audit.linesOfNotes() == [line])
        #expect(try await books.loans.loans(after: nil, limit: 9).map(\.record.line) == [line])
    }

    @Test func `room that another has drawn on is counted anew, and nothing is booked`()
        async throws
    {
        try await books.intake.record(draw("D1", notes: 0), on: day)
        let before = try await books.audit.digest()
        let error = await storeError {
            try await books.intake.record(draw("D2", notes: 0), on: day)
        }
        #expect(error == .overtaken(record: "line R1"))
        #expect(try await books.audit.digest() == before)
        let moved = await storeError {
            let batch = draw("D2", notes: 1, seen: [LoanID("R1.D1"): 1])
            try await books.intake.record(batch, on: day)
        }
        #expect(moved == .overtaken(record: "loan R1.D1"))
        #expect(try await books.intake.record(draw("D2", notes: 1), on: day) == 1)
    }

    @Test func `of many that draw at once by the same sight one succeeds`() async throws {
        let other = SQLIntake(
            engine: try await books.workspace.bareEngine("store.db"), firstDate: day)
        let booked = await withTaskGroup(of: Int.self) { group in
            for turn in 0..<12 {
                let intake = turn.isMultiple(of: 2) ? books.intake : other
                let batch = draw("D\(turn)", notes: 0)
                group.addTask { (try? await intake.record(batch, on: Books.firstDate)) ?? 0 }
            }
            return await group.reduce(0, +)
        }
        #expect(booked == 1)
        #expect(try await books.intake.lines([line])[line]?.notes.count == 1)
    }

    @Test func `parts of a payment count as the payment, and are one collection`() async throws {
        try await books.intake.record(draw("D1", notes: 0), on: day)
        try await books.intake.record(draw("D2", notes: 1), on: day)
        let claimed = try await books.outbox.claim(
            limit: 9, worker: "w", leaseUntil: 10, now: 1)
        try await books.outbox.store(
            claimed.map { RequestResult(held: $0, state: .accepted, reference: "r") }, now: 2)
        try await books.cases.conclude(
            try await books.cases.undecided().map { books.paidOut($0, on: day) }, on: day)
        let parts = ["R1.D1", "R1.D2"].map { note in
            books.payment(
                PartName.part(of: "P1", on: LoanID(note)), of: note, amount: 60, content: "p")
        }
        let key = NewKey(id: "P1", loan: line, contentHash: "p")
        let seen = [LoanID("R1.D1"): 1, LoanID("R1.D2"): 1]
        let stale = await storeError {
            try await books.intake.record(
                parts, keys: [key], seen: [LoanID("R1.D1"): 0], on: day)
        }
        #expect(stale == .overtaken(record: "loan R1.D1"))
        #expect(try await books.intake.record(parts, keys: [key], seen: seen, on: day) == 1)
        #expect(try await books.intake.record(parts, keys: [key], seen: seen, on: day) == 0)
        #expect(try await books.intake.known(["P1"]) == ["P1": "p"])
        let collected = try await books.cash.payments(on: day)
        #expect(collected.map(\.id) == ["P1"])
        #expect(collected.map(\.loan) == ["R1"])
        #expect(collected.map(\.amount) == [120])
    }
}
