import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore
import Testing

/// Pools as the store keeps them: selected, sold and paid once each.
@Suite(.everyEngine) struct PoolContractTests {
    private let books: Books
    private let pools: SQLPools
    private let day = Books.firstDate
    private static let share = ShareID(loan: LoanID("L1"), holder: Books.harbor)

    init() async throws {
        books = try await Books()
        pools = SQLPools(engine: books.engine, firstDate: Books.firstDate)
    }

    private func pool(_ name: String = "spring") -> KeptPool {
        KeptPool(
            PoolHead(
                name: name, cutOff: day.adding(days: -1), settlesOn: day.adding(days: 3),
                terms: PoolPaper(
                    text: "pool: \(name)\nprice: par\n", currency: "USD",
                    calendar: "calendar: US\n"),
                keptOn: day),
            shares: [
                KeptPoolShare(
                    share: Self.share,
                    claims: Components(
                        principal: 1, overduePrincipal: 2, interest: 3, overdueInterest: 4,
                        penalty: 5, penaltyOnInterest: 6, fee: 7), price: 28)
            ])
    }

    private var order: NewFact {
        let order = AssignmentOrder(
            reason: .poolSale, from: Books.harbor, to: PartyID("vehicle"), ground: "spring",
            counted: CountedPrice(price: 28, cutOff: day.adding(days: -1)))
        return NewFact(
            loan: Self.share.loan,
            fact: LoanFact(
                id: "L1.pool.spring", kind: .instructed(.assignment(order)),
                valueDate: day.adding(days: 3), bookingDate: day, instant: 9),
            channel: "", contentHash: "h")
    }

    private func collections(_ interest: Int64) -> PeriodCollections {
        PeriodCollections(
            from: day, to: day.adding(days: 30), paysOn: day.adding(days: 40), interest: interest,
            principal: 2, prepaid: 3, recoveries: 4, losses: 5, loans: 6,
            buckets: [10, 11, 12, 13, 14, 15, 16, 17], accrued: 7, isCalled: true)
    }

    @Test func `a selection is kept once, with its shares`() async throws {
        try await pools.keep(pool())
        try await pools.keep(pool("autumn"))
        #expect(try await pools.heads() == [pool("autumn").head, pool().head])
        #expect(try await pools.pool("spring") == pool())
        #expect(try await pools.pool("winter") == nil)
        await #expect(throws: StoreError.overtaken(record: "pool spring")) {
            try await pools.keep(pool())
        }
    }

    @Test func `it is sold once, with what the close is to decide`() async throws {
        try await books.disburse(["L1"])
        try await pools.keep(pool())
        try await pools.sell("spring", [order], on: day)
        #expect(try await pools.heads().map(\.soldOn) == [day])
        let losses = SQLLosses(engine: books.engine)
        #expect(try await losses.instructed(on: day.adding(days: 3)) == [Self.share.loan])
        let facts = try await books.audit.dossiers(after: nil, limit: 9).flatMap(\.facts)
        #expect(facts.contains(order.fact))
        await #expect(throws: StoreError.overtaken(record: "pool spring")) {
            try await pools.sell("spring", [], on: day)
        }
    }

    /// A day on which claims are to go that two parties do not have, of a pool and otherwise.
    private func day(selling loan: LoanID, to vehicle: PartyID) throws -> LossDay {
        let schedule = try Schedule.build(
            ScheduleTerms(
                principal: 100_00, currency: Books.usd, rate: AnnualRate(units: 0),
                method: .bullet, instalments: 1, disbursedOn: day.adding(days: -40)))
        let contract = try LoanContract(
            loan: loan, agreement: "plain", schedule: schedule,
            lenders: [PartyID("platform"), Books.harbor, PartyID("keystone")],
            fundedAmounts: [100_00, 0, 0], platform: PartyID("platform"), serviceFees: [],
            penalty: PenaltyTerms(multipleThousandths: 0, graceDays: 0), materiality: 0)
        func fact(_ id: String, _ kind: LoanFact.Kind) -> LoanFact {
            LoanFact(id: id, kind: kind, valueDate: day, bookingDate: day, instant: 1)
        }
        var close = LossClose(on: day, covers: [:], by: [:])
        let orders = [
            AssignmentOrder(reason: .poolSale, from: Books.harbor, to: vehicle),
            AssignmentOrder(reason: .sale, from: PartyID("keystone"), to: vehicle),
        ]
        let lent = LoanFact(
            id: "D", kind: .disbursed, valueDate: contract.disbursedOn, bookingDate: day,
            instant: 0)
        try close.take(
            contract,
            [lent] + orders.enumerated().map { fact("O\($0)", .instructed(.assignment($1))) },
            under: .none)
        return try close.decided()
    }

    @Test func `a share is withdrawn that a close has found gone on its day, for its buyer`()
        async throws
    {
        try await books.disburse(["L1"])
        let vehicle = PartyID("vehicle")
        let decided = try day(selling: Self.share.loan, to: vehicle)
        #expect(decided.draws.map(\.shortfall) == [.gone, .gone])
        try await SQLLosses(engine: books.engine).decide(decided, facts: [])
        func withdrawn(_ buyer: PartyID, _ date: BusinessDate) async throws -> Set<ShareID> {
            let other = ShareID(loan: Self.share.loan, holder: PartyID("keystone"))
            return try await pools.withdrawn([Self.share, other], to: buyer, on: date)
        }
        #expect(try await withdrawn(vehicle, day) == [Self.share])
        #expect(try await withdrawn(PartyID("second"), day).isEmpty)
        #expect(try await withdrawn(vehicle, day.adding(days: 1)).isEmpty)
    }

    @Test func `a payment date is recorded once under its number`() async throws {
        try await pools.keep(pool())
        try await pools.pay("spring", payment(2, -8), [], [])
        try await pools.pay("spring", payment(1, 9), [], [])
        #expect(try await pools.payments(of: "spring") == [payment(1, 9), payment(2, -8)])
        #expect(try await pools.payments(of: "autumn").isEmpty)
        await #expect(throws: StoreError.self) {
            try await pools.pay("spring", payment(2, 1), [], [])
        }
    }

    @Test func `its entries are posted with it, once`() async throws {
        let rows = [entry(.notesIssued, -5), entry(.cash, 5)]
        try await pools.pay("spring", payment(1, 9), [], rows)
        await #expect(throws: StoreError.self) {
            try await pools.pay("spring", payment(1, 9), [], rows)
        }
        let posted = try await books.ledger.entries(from: day, through: day, book: nil)
        #expect(posted.sorted() == rows.sorted())
        let late = KeptPoolPayment(
            number: 2, recordedOn: day.adding(days: 1), booked: [],
            collections: collections(1))
        await #expect(throws: StoreError.dateNotOpen("\(day.adding(days: 1))")) {
            try await pools.pay("spring", late, [], rows)
        }
    }

    private func payment(_ number: Int, _ interest: Int64) -> KeptPoolPayment {
        KeptPoolPayment(
            number: number, recordedOn: day, booked: number == 1 ? [] : [Books.harbor],
            collections: collections(interest))
    }

    private func entry(_ account: Account, _ amount: Int64) -> LedgerRow {
        LedgerRow(
            date: day, shard: 7, kind: .poolNotes, agreement: "spring/senior",
            posting: Posting(
                book: BookID("vehicle"), account: account,
                currency: Books.usd, amount: amount))
    }

    @Test func `nothing is kept on a date that is not open`() async throws {
        let other = day.adding(days: 1)
        await #expect(throws: StoreError.dateNotOpen("\(other)")) {
            try await pools.sell("spring", [], on: other)
        }
    }
}
