import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore
import Testing

@Suite(.everyEngine) struct IntakeContractTests {
    private let books: Books

    init() async throws {
        books = try await Books()
    }

    @Test func `an empty store is open on the configured first date`() async throws {
        #expect(try await books.intake.openDate() == Books.firstDate)
    }

    @Test func `a booked loan reads back as it was booked`() async throws {
        let booking = books.booking("L1")
        try await books.intake.book([booking], snapshots: [])
        let found = try #require(try await books.cases.undecided().first)
        #expect(found.record == booking.record)
        #expect(found.plan == booking.plan)
        #expect(found.state == .funding)
        #expect(found.requests.map(\.request) == booking.requests)
        #expect(found.requests.map(\.state) == [.planned])
        #expect(found.requests.map(\.attempt) == [0])
    }

    @Test func `loans that are there are known by their content and left alone`() async throws {
        try await books.book(["L1", "L2"])
        let before = try await books.audit.digest()
        try await books.book(["L2", "L1"])
        #expect(try await books.audit.digest() == before)
        let known = try await books.intake.known(["L1", "L3"].map { LoanID($0) })
        #expect(known == [LoanID("L1"): "h-L1"])
    }

    @Test func `the order of a batch leaves no trace`() async throws {
        let ids = (1...50).map { "L\($0)" }
        try await books.book(ids)
        let other = try await Books()
        try await other.book(ids.reversed())
        #expect(try await books.audit.digest() == other.audit.digest())
    }

    @Test func `commitments stand in the ledger of the booking date`() async throws {
        try await books.book(["L1", "L2"])
        let rows = try await books.totals.ledger(on: Books.firstDate)
        #expect(rows.allSatisfy { $0.kind == .commitment && $0.agreement == "harbor-70" })
        let sums = try await books.ledger.balances(through: nil)
        #expect(sums.map(\.account) == [.commitments, .commitmentsContra])
        #expect(sums.map(\.amount) == [1_400, -1_400])
        #expect(sums.map(\.book) == [BookID("harbor"), BookID("harbor")])
    }

    @Test func `a date that is not open takes no loan`() async throws {
        let error = await storeError {
            try await books.book(["L1"], on: Books.firstDate.adding(days: 1))
        }
        #expect(error?.code == "STORE-015")
        #expect(try await books.cases.undecided().isEmpty)
    }

    @Test func `snapshots are kept once`() async throws {
        let snapshots = [
            TermsSnapshot(version: TermsVersion("v2"), text: "two"),
            TermsSnapshot(version: TermsVersion("v1"), text: "one"),
        ]
        for _ in 0..<2 { try await books.intake.book([], snapshots: snapshots) }
        let kept = try await SQLTermsSnapshots(engine: books.engine).snapshots()
        #expect(kept == snapshots.reversed())
    }

    @Test func `repayments are recorded all or none`() async throws {
        try await books.disburse(["L1"])
        try await books.intake.record([books.payment("P1", of: "L1")], on: Books.firstDate)
        let error = await storeError {
            try await books.intake.record(
                [books.payment("P2", of: "L1"), books.payment("P1", of: "L1", content: "other")],
                on: Books.firstDate)
        }
        #expect(error?.code == "STORE-016")
        #expect(error?.sentence.contains("'P1', which has other content now,") == true)
        #expect(try await books.intake.known(["P1", "P2"]) == ["P1": "c-P1"])
    }

    @Test func `a payment recorded meanwhile with the same content is recorded once`() async throws
    {
        try await books.disburse(["L1"])
        let (first, second) = (books.payment("P1", of: "L1"), books.payment("P2", of: "L1"))
        let dates = (Books.firstDate, Books.firstDate)
        #expect(try await books.intake.record([first], on: dates.0) == 1)
        #expect(try await books.intake.record([first, second], on: dates.1) == 1)
        let before = try await books.audit.digest()
        #expect(try await books.intake.record([second, first], on: dates.1) == 0)
        #expect(try await books.audit.digest() == before)
    }

    @Test func `imports that race for the same ids record each once`() async throws {
        try await books.disburse(["L1"])
        let other = SQLIntake(
            engine: try await books.workspace.bareEngine("store.db"), firstDate: Books.firstDate)
        let payments = (0..<60).map { books.payment("P\($0)", of: "L1") }
        let recorded = try await withThrowingTaskGroup(of: Int.self) { group in
            for turn in 0..<40 {
                let intake = turn.isMultiple(of: 2) ? books.intake : other
                let slice = Array(payments[turn..<turn + 20])
                group.addTask { try await intake.record(slice, on: Books.firstDate) }
            }
            return try await group.reduce(0, +)
        }
        #expect(recorded == 59)
        let loan = try await books.intake.loans([LoanID("L1")])[LoanID("L1")]
        #expect(loan?.payments.count == 59)
    }

    @Test func `a reversal recorded meanwhile with the same content is no second one`() async throws
    {
        try await books.disburse(["L1"])
        try await books.intake.record([books.payment("P1", of: "L1")], on: Books.firstDate)
        for expected in [1, 0] {
            let recorded = try await books.intake.record(
                [reversal("R1", of: "P1")], on: Books.firstDate)
            #expect(recorded == expected)
        }
    }

    @Test func `a loan booked meanwhile with other content is named and nothing is booked`()
        async throws
    {
        try await books.book(["L1"])
        let before = try await books.audit.digest()
        let error = await storeError {
            try await books.intake.book(
                [books.booking("L0"), books.booking("L1", content: "other")], snapshots: [])
        }
        #expect(error?.code == "STORE-016")
        #expect(error?.sentence.contains("loan 'L1', which has other content now,") == true)
        #expect(try await books.audit.digest() == before)
        let again = [books.booking("L0"), books.booking("L1")]
        #expect(try await books.intake.book(again, snapshots: []) == 1)
    }

    @Test func `a payment id is unique over all loans`() async throws {
        try await books.disburse(["L1", "L2"])
        try await books.intake.record([books.payment("P1", of: "L1")], on: Books.firstDate)
        let error = await storeError {
            try await books.intake.record(
                [books.payment("P1", of: "L2", content: "of L2")], on: Books.firstDate)
        }
        #expect(error?.code == "STORE-016")
    }

    @Test func `a payment of a loan that is not there is refused`() async throws {
        let error = await storeError {
            try await books.intake.record([books.payment("P1", of: "L9")], on: Books.firstDate)
        }
        #expect(error?.code == "STORE-011")
        #expect(try await books.intake.loans([LoanID("L9")]).isEmpty)
    }

    @Test func `a payment is reversed once, whoever looked first`() async throws {
        try await books.disburse(["L1", "L2"])
        try await books.intake.record([books.payment("P1", of: "L1")], on: Books.firstDate)
        try await books.intake.record([reversal("R1", of: "P1")], on: Books.firstDate)
        let before = try await books.audit.digest()
        let error = await storeError {
            try await books.intake.record(
                [books.payment("P2", of: "L2"), reversal("R2", of: "P1")], on: Books.firstDate)
        }
        #expect(error?.code == "STORE-016")
        #expect(try await books.audit.digest() == before)
    }

    @Test func `a payment is overtaken by a decision from before which it would count`()
        async throws
    {
        try await books.disburse(["L1"])
        // One import has read the loan, another writes a part off, the first records.
        let read = try await books.intake.loans([LoanID("L1")])[LoanID("L1")]
        #expect(read?.decision == nil)
        let decision = LoanFact(
            id: "C1", kind: .chargeOff(ClaimAmounts(principal: 1), isFull: false),
            valueDate: Books.firstDate, bookingDate: Books.firstDate, instant: 1_000)
        try await books.intake.record(
            [
                NewFact(loan: LoanID("L1"), fact: decision, channel: "", contentHash: "c")
            ], on: Books.firstDate)
        let before = try await books.audit.digest()
        let error = await storeError {
            try await books.intake.record([books.payment("P1", of: "L1")], on: Books.firstDate)
        }
        #expect(error?.code == "STORE-016")
        #expect(try await books.audit.digest() == before)
        #expect(try await books.intake.loans([LoanID("L1")])[LoanID("L1")]?.decision == decision)
    }

    @Test func `a loan tells its payments and which are reversed`() async throws {
        try await books.disburse(["L1"])
        try await books.intake.record(
            [
                books.payment("P1", of: "L1"), books.payment("P2", of: "L1"),
                reversal("R1", of: "P1"),
            ],
            on: Books.firstDate)
        let loan = try await books.intake.loans([LoanID("L1")])[LoanID("L1")]
        #expect(
            loan?.payments == [
                "P1": RecordedPayment(amount: 100, isReversed: true),
                "P2": RecordedPayment(amount: 100, isReversed: false),
            ])
        #expect(loan?.disbursedOn == Books.firstDate)
        #expect(loan?.agreementVersion == TermsVersion("a1"))
    }

    private func reversal(_ id: String, of payment: String) -> NewFact {
        NewFact(
            loan: LoanID("L1"),
            fact: LoanFact(
                id: id, kind: .reversal(of: payment), valueDate: Books.firstDate,
                bookingDate: Books.firstDate, instant: 12),
            channel: "", contentHash: "r")
    }
}
