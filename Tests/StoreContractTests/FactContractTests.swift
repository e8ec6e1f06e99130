import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore
import Testing

/// Facts beyond payments: what an import may know of a loan, and what it leaves behind.
@Suite(.everyEngine) struct FactContractTests {
    private let books: Books
    private let intake: SQLIntake

    init() async throws {
        books = try await Books()
        intake = books.intake
        try await books.disburse(["L1", "L2"])
    }

    static let kinds: [LoanFact.Kind] = [
        .reversal(of: "P1"), .refund(amount: 7),
        .waiver(ClaimAmounts(principal: 1, interest: 2, penalty: 3, fee: 4), borneBy: nil),
        .waiver(ClaimAmounts(interest: 2), borneBy: PartyID("harbor")),
        .chargeOff(ClaimAmounts(principal: 5), isFull: false),
        .chargeOff(
            ClaimAmounts(principal: 700, interest: 8, penalty: 9, fee: 10), isFull: true),
        .recovery(amount: 11), .collectionCost(amount: 12), .cancelled(.none),
        .cancelled(.interest), .cancelled(.fee(13)), .payoutFailed, .payoutReturned,
        .rateChange(AnnualRate(units: 9_000_000)), .dueDateChange(next: Books.firstDate),
        .extended(by: 3), .restructured(Restructure(instalments: 6)),
        .restructured(
            Restructure(
                instalments: 6, rate: AnnualRate(units: 0), firstDueOn: Books.firstDate,
                capitalises: true)),
        .drawdown([PlannedShare(party: PartyID("harbor"), amount: 14)]),
        .ratioChange(ratio(.record, "1/3")),
        .ratioChange(
            ratio(.actuals, "0%").growing(
                by: [PlannedShare(party: PartyID("harbor"), amount: 15)])),
    ]

    private static func ratio(_ treatment: RatioChange.Treatment, _ share: String) -> RatioChange {
        let shares = [share, share == "0%" ? "1/1" : "2/3"].compactMap { try? Share($0) }
        return RatioChange(
            parts: zip([PartyID("platform"), PartyID("harbor")], shares).map {
                RatioChange.Part(party: $0, share: $1)
            }, treatment: treatment)
    }

    @Test(arguments: kinds)
    func `a fact of every kind reads back as it was recorded`(kind: LoanFact.Kind) async throws {
        try await books.intake.record([books.payment("P1", of: "L1")], on: Books.firstDate)
        let new = fact("F1", kind)
        #expect(try await intake.record(batch([new], seen: 2), on: Books.firstDate) == 1)
        let subject = try await intake.subjects([LoanID("L1")])[LoanID("L1")]
        #expect(subject?.dossier?.facts.first { $0.id == "F1" } == new.fact)
        #expect(subject?.dossier?.facts.count == 3)
        #expect(try await intake.known(["F1", "F2"]) == ["F1": "c-F1"])
    }

    @Test func `a loan that is not disbursed has no facts, and one that is not there is none`()
        async throws
    {
        try await books.book(["L3"])
        let subjects = try await intake.subjects(["L1", "L3", "L9"].map { LoanID($0) })
        #expect(subjects.keys.sorted() == [LoanID("L1"), LoanID("L3")])
        #expect(subjects[LoanID("L3")]?.state == .funding)
        #expect(subjects[LoanID("L3")]?.dossier == nil)
        #expect(subjects[LoanID("L1")]?.state == .disbursed)
        #expect(subjects[LoanID("L1")]?.dossier?.facts.map(\.kind) == [.disbursed])
    }

    @Test func `an undone loan changes its state and gives its requests back`() async throws {
        let batch = FactBatch(
            facts: [fact("X1", .payoutFailed)], seen: [LoanID("L1"): 1],
            states: [LoanID("L1"): .payoutFailed])
        try await intake.record(batch, on: Books.firstDate)
        let subjects = try await intake.subjects(["L1", "L2"].map { LoanID($0) })
        #expect(subjects[LoanID("L1")]?.state == .payoutFailed)
        #expect(subjects[LoanID("L2")]?.state == .disbursed)
        let requests = try await books.audit.requests()
        #expect(requests.map(\.request.key) == ["L1.harbor.1", "L2.harbor.1"])
        #expect(requests.map(\.state) == [.returned, .confirmed])
    }

    @Test func `a loan with more facts than were seen is judged anew, and nothing is recorded`()
        async throws
    {
        try await books.intake.record([books.payment("P1", of: "L1")], on: Books.firstDate)
        let before = try await books.audit.digest()
        let error = await storeError {
            try await intake.record(
                FactBatch(
                    facts: [
                        fact("F1", .refund(amount: 1)), fact("F2", .refund(amount: 1), of: "L2"),
                    ],
                    seen: [LoanID("L1"): 1, LoanID("L2"): 1], states: [:]), on: Books.firstDate)
        }
        #expect(error == .overtaken(record: "loan L1"))
        #expect(try await books.audit.digest() == before)
    }

    @Test func `the same batch again records nothing, though the loan has more facts now`()
        async throws
    {
        let batch = batch(
            [fact("F1", .refund(amount: 1)), fact("F2", .refund(amount: 2))], seen: 1)
        #expect(try await intake.record(batch, on: Books.firstDate) == 2)
        let before = try await books.audit.digest()
        #expect(try await intake.record(batch, on: Books.firstDate) == 0)
        #expect(try await books.audit.digest() == before)
    }

    @Test(arguments: ["a fact", "a payment"])
    func `an id recorded meanwhile with other content is named`(earlier: String) async throws {
        if earlier == "a fact" {
            let first = fact("F1", .refund(amount: 1), content: "first")
            try await intake.record(batch([first], seen: 1), on: Books.firstDate)
        } else {
            try await books.intake.record([books.payment("F1", of: "L2")], on: Books.firstDate)
        }
        let before = try await books.audit.digest()
        let error = await storeError {
            let other = fact("F1", .refund(amount: 1), content: "other")
            try await intake.record(batch([other], seen: 2), on: Books.firstDate)
        }
        #expect(error?.code == "STORE-016")
        #expect(error?.sentence.contains("'F1', which has other content now,") == true)
        #expect(try await books.audit.digest() == before)
    }

    @Test func `a date that is not open takes no fact`() async throws {
        let error = await storeError {
            try await intake.record(
                batch([fact("F1", .refund(amount: 1))], seen: 1),
                on: Books.firstDate.adding(days: 1))
        }
        #expect(error?.code == "STORE-015")
        #expect(try await intake.known(["F1"]).isEmpty)
    }

    private func batch(_ facts: [NewFact], seen: Int) -> FactBatch {
        FactBatch(facts: facts, seen: [LoanID("L1"): seen], states: [:])
    }

    private func fact(
        _ id: String, _ kind: LoanFact.Kind, of loan: String = "L1", content: String? = nil
    ) -> NewFact {
        NewFact(
            loan: LoanID(loan),
            fact: LoanFact(
                id: id, kind: kind, valueDate: Books.firstDate, bookingDate: Books.firstDate,
                instant: 12),
            channel: "", contentHash: content ?? "c-\(id)")
    }
}
