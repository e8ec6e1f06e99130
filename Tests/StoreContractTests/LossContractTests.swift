import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore
import Testing

/// What closes decide about losses as the store keeps it.
@Suite(.everyEngine) struct LossContractTests {
    private let books: Books
    private let losses: SQLLosses
    private let day = Books.firstDate
    private static let (harbor, keystone) = (PartyID("harbor"), PartyID("keystone"))
    private static let loan = LoanID("L1")

    init() async throws {
        books = try await Books()
        losses = SQLLosses(engine: books.engine)
    }

    private func fact(_ id: String, _ kind: LoanFact.Kind, on number: Int = 0) -> NewFact {
        let date = day.adding(days: number)
        return NewFact(
            loan: Self.loan,
            fact: LoanFact(
                id: id, kind: kind, valueDate: date, bookingDate: date, instant: Int64(number)),
            channel: "", contentHash: "h")
    }

    /// A day's run of one loan that is a hundred days past due, with a cover of 50.00.
    private func decided(on number: Int, _ covers: [CoverID: CoverAccount] = [:]) throws -> LossDay
    {
        let date = day.adding(days: number)
        let terms = LossTerms(layers: [
            LossLayer(
                name: "first-loss", trigger: .daysPastDue(1),
                bearing: .provided(
                    LossProvision(
                        provider: Self.keystone, way: .invocation,
                        cover: CoverTerms(kind: .reserve(amount: 50_00, replenishes: false)))))
        ])
        let schedule = try Schedule.build(
            ScheduleTerms(
                principal: 100_00, currency: Books.usd, rate: AnnualRate(units: 0),
                method: .bullet, instalments: 1, disbursedOn: day.adding(days: -40)))
        let contract = try LoanContract(
            loan: Self.loan, agreement: "covered", schedule: schedule,
            lenders: [Self.harbor, Self.keystone], fundedAmounts: [100_00, 0],
            platform: PartyID("platform"), serviceFees: [],
            penalty: PenaltyTerms(multipleThousandths: 0, graceDays: 0), materiality: 0)
        var close = LossClose(on: date, covers: covers, by: [:])
        let paid = LoanFact(
            id: "D", kind: .disbursed, valueDate: contract.disbursedOn, bookingDate: date,
            instant: 0)
        try close.take(contract, [paid], under: terms)
        return try close.decided()
    }

    @Test func `a date is decided once, with its facts`() async throws {
        try await books.disburse(["L1"])
        let result = try decided(on: 0)
        #expect(result.draws.count == 1 && result.covers.count == 1)
        let facts = result.facts.map {
            NewFact(loan: $0.loan, fact: $0.fact, channel: "", contentHash: "h")
        }
        #expect(try await !losses.isDecided(day))
        try await losses.decide(result, facts: facts)
        let digest = try await books.audit.digest()
        try await losses.decide(result, facts: facts)
        #expect(try await books.audit.digest() == digest)
        #expect(try await losses.isDecided(day))
        #expect(try await !losses.isDecided(day.adding(days: 1)))
        let dossiers = try await books.book.dossiers([Self.loan], bookedThrough: day)
        #expect(dossiers[0].facts.filter { $0.id == facts[0].fact.id } == [facts[0].fact])
        let kept = try await books.audit.losses()
        #expect(kept.draws == result.draws.map { KeptDraw($0, on: day) })
        #expect(kept.covers.map(\.figures) == result.covers.map(\.account.figures))
    }

    @Test func `a cover is as its last row before a date says`() async throws {
        try await books.disburse(["L1"])
        try await losses.decide(try decided(on: 0), facts: [])
        #expect(try await losses.covers(before: day).isEmpty)
        let kept = try await losses.covers(before: day.adding(days: 5))
        #expect(kept.map(\.cover) == [CoverID(agreement: "covered", layer: "first-loss")])
        #expect(kept.first?.figures.invoked == 50_00 && kept.first?.date == day)
    }

    @Test func `what layers were asked is told by cover and by loan`() async throws {
        try await books.disburse(["L1"])
        let result = try decided(on: 0)
        try await losses.decide(result, facts: [])
        // A hundred are lost, of which the cover has fifty.
        #expect(try await losses.demands(before: day).isEmpty)
        #expect(
            try await losses.demands(before: day.adding(days: 1)) == [
                CoverDemand(
                    cover: "covered/first-loss", shortfall: "exhausted", count: 1, asked: 100_00,
                    paid: 50_00)
            ])
        let view = try #require(try await SQLLoanQueries(engine: books.engine).loan(Self.loan))
        #expect(view.draws == result.draws.map { KeptDraw($0, on: day) })
        #expect(view.draws.first?.provider == Self.keystone)
    }

    @Test func `what a reserve is topped up by is kept with its figures`() async throws {
        try await books.disburse(["L1"])
        let first = try decided(on: 0)
        try await losses.decide(first, facts: [])
        let terms = CoverTerms(
            kind: .reserve(amount: 50_00, replenishes: false, topUp: CoverTopUp(every: .day)))
        var (covers, given): ([CoverID: CoverAccount], [CoverID: CoverTerms]) = ([:], [:])
        for kept in try await losses.covers(before: day.adding(days: 1)) {
            covers[kept.cover] = CoverAccount(terms.kind, figures: kept.figures)
            given[kept.cover] = terms
        }
        var close = LossClose(on: day.adding(days: 1), covers: covers, by: given)
        try await losses.decide(try close.decided(), facts: [])
        let kept = try await losses.covers(before: day.adding(days: 2))
        #expect(kept.map(\.date) == [day.adding(days: 1)])
        #expect(kept.first?.figures.toppedUp == 50_00 && kept.first?.figures.invoked == 50_00)
    }

    @Test func `instructions are found by the date whose close decides them`() async throws {
        try await books.disburse(["L1"])
        let order = AssignmentOrder(
            reason: .buyBack, from: Self.harbor, to: Self.keystone, share: try Share("1/2"),
            priceRatio: try Share("98%"), ground: "contract-7")
        let facts = [
            fact("O1", .instructed(.assignment(order)), on: 3),
            fact("O2", .instructed(.layer("first-loss")), on: 4),
            fact(
                "O3",
                .instructed(
                    .correction(
                        CorrectionOrder(
                            decision: "L1.first-loss.harbor.2026-03-03",
                            amounts: ClaimAmounts(principal: -5, interest: 4)))), on: 6),
        ]
        _ = try await losses.decide(try decided(on: 0), facts: facts)
        #expect(try await losses.instructed(on: day.adding(days: 3)) == [Self.loan])
        #expect(try await losses.instructed(on: day.adding(days: 5)).isEmpty)
        let all = try await books.book.dossiers([Self.loan], bookedThrough: day.adding(days: 9))
        #expect(Set(all[0].facts).isSuperset(of: facts.map(\.fact)))
    }

    @Test func `a payment taken back after claims have moved is found on its booking date`()
        async throws
    {
        try await books.disburse(["L1", "L2"])
        let sale = Assignment(
            reason: .sale, from: Self.harbor, to: Self.keystone,
            claims: ClaimAmounts(principal: 5), price: 5)
        let facts = [
            fact("P1", .repayment(amount: 1)), fact("S1", .assigned(sale), on: 1),
            fact("R1", .reversal(of: "P1"), on: 2),
        ]
        let other = NewFact(
            loan: LoanID("L2"), fact: fact("R2", .reversal(of: "P2"), on: 2).fact, channel: "",
            contentHash: "h")
        _ = try await losses.decide(try decided(on: 0), facts: facts + [other])
        #expect(try await losses.instructed(on: day.adding(days: 1)).isEmpty)
        #expect(try await losses.instructed(on: day.adding(days: 2)) == [Self.loan])
    }

    @Test func `decisions come back as they were`() async throws {
        try await books.disburse(["L1"])
        let kinds: [LoanFact.Kind] = [
            .assigned(
                Assignment(
                    reason: .compensation, from: Self.harbor, to: Self.keystone,
                    claims: ClaimAmounts(principal: 5, interest: 4, penalty: 3, fee: 2), price: 9,
                    ground: "first-loss", throughInstalment: 3)),
            .assigned(
                Assignment(
                    reason: .sale, from: Self.harbor, to: Self.keystone,
                    claims: ClaimAmounts(principal: 5), price: 0)),
            .assigned(
                Assignment(
                    reason: .buyBack, from: Self.harbor, to: Self.keystone,
                    claims: ClaimAmounts(principal: -5, interest: 2), price: -3, corrects: "A1")),
            .indemnified(
                Indemnity(
                    reason: .invocation, payer: Self.harbor, payee: Self.keystone,
                    amounts: LossAmounts(principal: -7), ground: "first-loss", corrects: "A3")),
            .indemnified(
                Indemnity(
                    reason: .lossSharing, payer: Self.harbor, payee: Self.keystone,
                    amounts: LossAmounts(principal: 7, interest: 1), ground: "own-ratio")),
        ]
        let facts = kinds.enumerated().map { fact("A\($0)", $1) }
        try await losses.decide(try decided(on: 0), facts: facts)
        let dossier = try await books.book.dossiers([Self.loan], bookedThrough: day)[0]
        #expect(Set(dossier.facts).isSuperset(of: facts.map(\.fact)))
    }
}
