import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import Portfolio
import Reconciling
import TestSupport
import Testing

/// What is changed behind the back of the program is found, whichever table it stands in.
struct VerifyTablesTests {
    /// A change to a store that held, and the law it breaks.
    struct Tampering: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let law: Divergence.Law
        let change: @Sendable (inout World) -> Void

        init(
            _ description: String, _ law: Divergence.Law,
            _ change: @escaping @Sendable (inout World) -> Void
        ) {
            testDescription = description
            self.law = law
            self.change = change
        }
    }

    static let loan = LoanID("L1")

    static let changes: [Tampering] = [
        Tampering("a doubled obligation", .obligations) { world in
            world.obligations[World.firstDate] = world.obligations[World.firstDate]?.map {
                Obligation(
                    date: $0.date, party: $0.party, currency: $0.currency, type: $0.type,
                    amount: 2 * $0.amount)
            }
        },
        Tampering("a deleted obligation", .obligations) { $0.obligations[World.firstDate] = [] },
        Tampering("another amount of a settlement", .settlements) { world in
            world.settlements = world.settlements.map { $0.with(amount: $0.amount + 1) }
        },
        Tampering("a line taken out of a settlement", .settlements) { world in
            world.settlements = world.settlements.map { $0.with(lines: []) }
        },
        Tampering("a date settled twice", .settlements) { world in
            world.settlements += world.settlements
        },
        Tampering("a deleted settlement", .settlements) { $0.settlements.removeLast() },
        Tampering("no settlement left", .settlements) { $0.settlements = [] },
        Tampering("a covered date that is unmarked", .settlements) { $0.covered = [] },
        Tampering("an approval that is gone", .settlements) { world in
            world.settlements = world.settlements.map { kept in
                kept.with(events: kept.events.filter { $0.event != .approved(by: nil) })
            }
        },
        Tampering("a confirmation that is gone", .settlements) { world in
            world.settlements[0] = world.settlements[0].with(
                events: Array(world.settlements[0].events.prefix(3)))
        },
        Tampering("an event on another date", .settlements) { world in
            world.settlements[0] = world.settlements[0].with(
                events: world.settlements[0].events.map {
                    BookedSettlementEvent($0.event, on: $0.bookedOn.adding(days: 1))
                })
        },
        Tampering("a rest that arrived nowhere", .settlements) { world in
            world.settlements = world.settlements.map { kept in
                kept.with(
                    events: kept.events.map { booked in
                        guard case .netted(let amount, _) = booked.event else { return booked }
                        return BookedSettlementEvent(
                            .netted(amount, into: "S20270101.USD.harbor"), on: booked.bookedOn)
                    })
            }
        },
        Tampering("a statement line that is gone", .settlements) { $0.receipts = [:] },
        Tampering("a statement line too many", .settlements) { world in
            world.receipts["B2"] = world.receipts["B1"].map {
                CashReceipt(
                    bankRef: "B2", amount: $0.amount, currency: $0.currency,
                    valueDate: $0.valueDate, remittance: "")
            }
        },
        Tampering("another content of a kept file", .files) { world in
            world.files = world.files.mapValues { files in
                files.map { FileContent(name: $0.name, bytes: $0.bytes + [10]) }
            }
        },
        Tampering("another balance that a partner stated", .sayings) { world in
            world.say { PartnerSayings(numbers: $0.numbers, balances: $0.balances.map(\.more)) }
        },
        Tampering("a partner's number of a loan it has no part in", .sayings) { world in
            world.say {
                PartnerSayings(
                    numbers: [LoanNumber(number: "H", loan: "L9")], balances: $0.balances)
            }
        },
        Tampering("a deleted anchor", .anchors) { $0.anchors[loan] = nil },
        Tampering("a changed anchor", .anchors) { $0.anchors[loan] = $0.anchors[loan]?.ended },
        Tampering("another state of a disbursed loan", .states) {
            $0.loans[loan]?.state = .cancelled
        },
        Tampering("a loan that is disbursed without a fact", .states) {
            $0.loans[LoanID("L2")]?.state = .disbursed
        },
    ]

    @Test(arguments: changes)
    func `what was changed outside the program is found`(tampering: Tampering) async throws {
        let house = try await Self.settled()
        #expect(try await house.verify.run() == nil)
        house.store.write { tampering.change(&$0) }
        #expect(try await house.verify.run()?.law == tampering.law)
    }

    static let changesOfCash: [Tampering] = [
        Tampering("another gross of a date's collections", .cash) { world in
            world.cashBatches[0] = world.cashBatches[0].with(gross: 1)
        },
        Tampering("another fee of a transfer", .cash) { world in
            world.cashBooked[0] = world.cashBooked[0].with(fee: 1)
        },
        Tampering("collections that are gone", .cash) { $0.cashBatches.removeFirst() },
        Tampering("collections twice", .cash) { $0.cashBatches.append($0.cashBatches[0]) },
        Tampering("another amount shown by a statement", .cash) { world in
            world.cashBooked[0] = world.cashBooked[0].with(amount: -1)
        },
        Tampering("what a statement showed is gone", .cash) { $0.cashBooked = [] },
        Tampering("what a statement showed, twice", .cash) { world in
            world.cashBooked.append(world.cashBooked[0])
        },
        Tampering("what a statement showed, booked on another date", .cash) { world in
            world.cashBooked[0] = BookedCash(
                bookedOn: world.cashBooked[0].bookedOn.adding(days: 1),
                posting: world.cashBooked[0].posting)
        },
        Tampering("an entry of cash that nobody made, on the open date", .cash) { world in
            world.add(.ofCash(1, .cash, on: world.open))
            world.add(.ofCash(-1, .cashInTransit, on: world.open))
        },
        Tampering("an entry of cash on a closed date", .log) { world in
            world.add(.ofCash(1, .cash, on: World.firstDate))
            world.add(.ofCash(-1, .cashInTransit, on: World.firstDate))
        },
    ]

    @Test(arguments: changesOfCash)
    func `what was changed of cash is found`(tampering: Tampering) async throws {
        let cash = try await CashHouse.withPayments()
        try await cash.live([.first, .transfer, .none])
        #expect(try await cash.house.verify.run() == nil)
        cash.house.store.write { tampering.change(&$0) }
        #expect(try await cash.house.verify.run()?.law == tampering.law)
    }

    /// A settlement that the account's own statement has confirmed in part.
    @Test(arguments: [
        Tampering("the statement line is gone", .settlements) { $0.receipts = [:] },
        Tampering("the statement line shows more", .settlements) { world in
            world.receipts["B1"] = StatementHouse.Line("B1", -61).receipt
        },
        Tampering("the confirmation is gone", .settlements) { world in
            world.settlements[0] = world.settlements[0].with(
                events: world.settlements[0].events.dropLast())
        },
        Tampering("the confirmation names another line", .settlements) { world in
            world.settlements[0] = world.settlements[0].with(
                events: world.settlements[0].events.dropLast() + [
                    BookedSettlementEvent(.received(60, bankRef: "B2"), on: world.open)
                ])
        },
    ])
    func `what was changed of a confirmation is found`(tampering: Tampering) async throws {
        let story = try await StatementHouse()
        try await story.live([StatementHouse.Line("B1", -60)])
        let house = story.cash.house
        #expect(try await house.verifySettlements() == nil)
        house.store.write { tampering.change(&$0) }
        #expect(try await house.verifySettlements()?.law == tampering.law)
    }

    @Test func `a close that was stopped in its slices is no divergence`() async throws {
        let snapshots = Snapshots(
            store: MemoryStore(), banks: TestBanks(clock: TestClock()), clock: TestClock())
        let house = try snapshots.house()
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
        try await house.close(through: "2026-02-01")
        for point in snapshots.points {
            let stopped = try TestHouse(store: MemoryStore(point.world))
            #expect(try await stopped.verify.run() == nil, "\(point.point)")
        }
    }

    /// L1 is disbursed on the first date and what its lender owes for it settled on the next; L2
    /// waits for its lender.
    private static func settled() async throws -> TestHouse {
        let clock = TestClock()
        let banks = TestBanks(clock: clock)
        let house = try TestHouse(banks: banks, clock: clock)
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
        try await house.book(LoanFile.row("L2"))
        try await house.close(through: "2026-01-01")
        await house.answer(from: TestTerms.harbor, on: World.firstDate)
        _ = try await house.reconcile.run(openDate: house.store.world.open)
        let settled = try await house.settle.run().instructed
        let line = CashReceipt(
            bankRef: "B1", amount: 100, currency: settled[0].id.currency,
            valueDate: World.firstDate, remittance: "\(settled[0].id)")
        _ = try await house.confirm.run([line])
        try await house.close(through: "2026-01-02")
        _ = try await house.settle.run()
        try await house.close(through: "2026-01-03")
        return house
    }
}

extension World {
    /// Other sayings of every date.
    fileprivate mutating func say(_ change: (PartnerSayings) -> PartnerSayings) {
        reconciled = reconciled.mapValues { result in
            ReconciledDate(
                party: result.party, date: result.date, state: result.state,
                received: result.received, claims: result.claims, breaks: result.breaks,
                changes: result.changes, sayings: change(result.sayings))
        }
    }
}

extension StatedBalance {
    /// The same with a cent more.
    fileprivate var more: StatedBalance {
        StatedBalance(
            loan: loan, date: date, currency: currency, stated: stated + 1, expected: expected)
    }
}

extension Settlement {
    fileprivate func with(
        amount: Int64? = nil, lines: [SettlementLine]? = nil,
        events: [BookedSettlementEvent]? = nil
    ) -> Settlement {
        Settlement(
            id: id, amount: amount ?? self.amount, lines: lines ?? self.lines,
            events: events ?? self.events)
    }
}

extension CashBatch {
    fileprivate func with(gross more: Int64) -> CashBatch {
        CashBatch(date: date, currency: currency, gross: gross + more, fee: fee, dueOn: dueOn)
    }
}

extension BookedCash {
    fileprivate func with(amount more: Int64 = 0, fee extra: Int64 = 0) -> BookedCash {
        BookedCash(
            bookedOn: bookedOn,
            posting: CashPosting(
                kind: posting.kind, statement: posting.statement,
                remittance: posting.remittance, currency: posting.currency,
                amount: posting.amount + more, fee: posting.fee + extra))
    }
}

extension LedgerRow {
    fileprivate static func ofCash(_ amount: Int64, _ account: Account, on date: BusinessDate)
        -> LedgerRow
    {
        LedgerRow(
            date: date, shard: 0, kind: .cash, agreement: "",
            posting: Posting(
                book: TestTerms.platform.book, account: account, currency: SampleLoan.dollars,
                amount: amount))
    }
}

extension LoanAnchor {
    /// The same anchor of a loan that needs no further close.
    fileprivate var ended: LoanAnchor {
        LoanAnchor(
            loan: loan, shard: shard, agreement: agreement, currency: currency,
            lenders: lenders, fundedAmounts: fundedAmounts, startsOn: startsOn, dueOn: dueOn,
            openingBalance: openingBalance, rate: rate, fraction: fraction,
            interestBefore: interestBefore, rounding: rounding, isQuiet: isQuiet, isLive: false)
    }
}
