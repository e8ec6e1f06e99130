import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport
import Testing

struct SettleTests {
    /// A Friday before a Monday that the calendar `US` has as a holiday.
    private static let friday = "2026-01-16"

    @Test(arguments: [
        (1, "every-day", friday, "2026-01-17"), (0, "every-day", friday, "2026-01-16"),
        (3, "every-day", friday, "2026-01-19"), (0, "US", friday, "2026-01-16"),
        (1, "US", friday, "2026-01-20"), (1, "US", "2026-01-13", "2026-01-14"),
        (4, "US", "2026-01-13", "2026-01-20"),
    ])
    func `a date is due on the first settlement day after its lag`(
        lag: Int, calendar: String, date: String, due: String
    ) async throws {
        let house = try Self.house(lag: lag, calendar: calendar)
        house.owe([(date, .repayments, 100)])
        house.open("\(SampleLoan.date(due).adding(days: -1))")
        #expect(try await house.settle.run().isEmpty)
        house.open(due)
        let instructions = try await house.settle.run()
        #expect(instructions.map(\.amount) == [100])
        #expect(instructions.map(\.settlesOn) == [SampleLoan.date(due)])
    }

    @Test func `on a holiday nothing is instructed, however old`() async throws {
        let house = try Self.house(calendar: "US")
        house.owe([("2026-01-05", .repayments, 100)])
        for day in ["2026-01-17", "2026-01-18", "2026-01-19"] {
            house.open(day)
            #expect(try await house.settle.run().isEmpty)
        }
        house.open("2026-01-20")
        #expect(try await house.settle.run().count == 1)
    }

    @Test func `a date that is not reconciled holds back itself and what follows`() async throws {
        let house = try Self.house()
        house.owe(
            [
                ("2026-01-05", .repayments, 100), ("2026-01-06", .repayments, 20),
                ("2026-01-07", .repayments, 3),
            ])
        house.reconciled("2026-01-06", .missing)
        house.open("2026-01-09")
        #expect(try await house.settle.run().map(\.amount) == [100])
        #expect(try await house.settle.run().isEmpty)
        house.reconciled("2026-01-06", .withBreaks)
        house.open("2026-01-10")
        #expect(try await house.settle.run().map(\.amount) == [23])
    }

    @Test func `a partner gets one instruction a settlement day`() async throws {
        let house = try Self.house()
        house.owe([("2026-01-05", .repayments, 100), ("2026-01-06", .repayments, 20)])
        house.reconciled("2026-01-06", .awaiting)
        house.open("2026-01-07")
        #expect(try await house.settle.run().map(\.amount) == [100])
        house.reconciled("2026-01-06", .reconciled)
        house.owe([("2026-01-05", .repayments, 7)], to: TestTerms.meridian)
        #expect(try await house.settle.run().map(\.party) == [TestTerms.meridian])
        house.open("2026-01-08")
        #expect(try await house.settle.run().map(\.amount) == [20])
    }

    @Test func `one partner's open date holds back nobody else`() async throws {
        let house = try Self.house()
        house.owe([("2026-01-05", .repayments, 100)])
        house.owe([("2026-01-05", .repayments, 7)], to: TestTerms.meridian)
        house.reconciled("2026-01-05", .awaiting)
        house.open("2026-01-06")
        #expect(try await house.settle.run().map(\.party) == [TestTerms.meridian])
    }

    @Test func `dates without settlement are netted into the next instruction`() async throws {
        let house = try Self.house()
        house.owe(
            [
                ("2026-01-05", .repayments, 100), ("2026-01-05", .serviceFees, -10),
                ("2026-01-06", .fundingDue, -700), ("2026-01-07", .repayments, 50),
            ])
        house.open("2026-01-08")
        let instruction = try #require(try await house.settle.run().first)
        #expect(instruction.amount == -560)
        #expect(instruction.dates.map { "\($0)" } == ["2026-01-05", "2026-01-06", "2026-01-07"])
        #expect(house.store.world.instructions == [instruction])
    }

    @Test(arguments: [(Int64(100), "platform 1310 100"), (-100, "platform 1310 -100"), (0, "")])
    func `what the platform pays is positive, and clears what is due in both books`(
        amount: Int64, first: String
    ) async throws {
        let house = try Self.house()
        house.owe([("2026-01-05", .repayments, 500), ("2026-01-05", .fundingDue, amount - 500)])
        house.open("2026-01-06")
        let instruction = try #require(try await house.settle.run().first)
        #expect(instruction.amount == amount)
        let lines = instruction.postings.map { "\($0.book) \($0.account) \($0.amount)" }
        let rest = [
            "platform 1020 \(-amount)", "harbor 1310 \(-amount)", "harbor 1020 \(amount)",
        ]
        #expect(lines == (amount == 0 ? [] : [first] + rest))
        #expect(
            house.store.world.ledgerRows.allSatisfy {
                $0.kind == .settlement && $0.date == SampleLoan.date("2026-01-06")
            })
        #expect(try await house.settle.run().isEmpty, "a net of nothing is settled too")
    }

    @Test func `currencies are never netted`() async throws {
        let house = try Self.house()
        house.owe([("2026-01-05", .repayments, 100)])
        house.owe([("2026-01-05", .repayments, -30)], in: SampleLoan.currency("CNY"))
        house.open("2026-01-06")
        let instructions = try await house.settle.run()
        #expect(instructions.map { "\($0.currency) \($0.amount)" } == ["CNY -30", "USD 100"])
    }

    @Test func `nothing is instructed twice, wherever a run is killed`() async throws {
        let clock = TestClock()
        let snapshots = Snapshots(
            store: MemoryStore(), banks: TestBanks(clock: clock), clock: clock)
        let house = try snapshots.house()
        house.owe([("2026-01-05", .repayments, 100)])
        house.owe([("2026-01-05", .repayments, 7)], to: TestTerms.meridian)
        house.open("2026-01-06")
        #expect(try await house.settle.run().count == 2)
        #expect(try await house.settle.run().isEmpty)
        let points = snapshots.points
        #expect(points.map(\.point) == [.settlementBeforeInstruction, .settlementAfterInstruction])
        for point in points {
            let again = try TestHouse(store: MemoryStore(point.world))
            _ = try await again.settle.run()
            #expect(again.store.world.difference(from: house.store.world) == nil)
        }
    }

    @Test func `amounts beyond 64 bits are an error, and nothing is instructed`() async throws {
        let house = try Self.house()
        house.owe([("2026-01-05", .repayments, .max), ("2026-01-06", .repayments, 1)])
        house.open("2026-01-08")
        await #expect(throws: AmountError.overflow) { try await house.settle.run() }
        #expect(house.store.world.instructions.isEmpty)
    }

    private static func house(lag: Int = 1, calendar: String = "every-day") throws -> TestHouse {
        let terms = SettlementTerms(lagDays: lag, calendar: calendar)
        return try TestHouse(catalogue: try TestTerms.catalogue(settlement: terms))
    }
}

extension TestHouse {
    fileprivate func open(_ date: String) {
        store.write { $0.open = SampleLoan.date(date) }
    }

    fileprivate func reconciled(
        _ date: String, _ state: ReconciliationState, with party: PartyID = TestTerms.harbor
    ) {
        let pair = World.Pair(party: party, date: SampleLoan.date(date))
        store.write {
            $0.reconciled[pair] = ReconciledDate(
                party: party, date: pair.date, state: state, received: [], claims: [], breaks: [],
                healed: [])
        }
    }

    /// Obligations frozen at the close of dates that are reconciled.
    fileprivate func owe(
        _ amounts: [(date: String, type: ObligationType, amount: Int64)],
        to party: PartyID = TestTerms.harbor, in currency: Currency = SampleLoan.dollars
    ) {
        for owed in amounts {
            let date = SampleLoan.date(owed.date)
            reconciled(owed.date, .reconciled, with: party)
            store.write { world in
                if !world.closed.contains(where: { $0.date == date }) {
                    world.closed.append(ClosedDay(date: date, head: []))
                }
                world.obligations[date, default: []].append(
                    Obligation(
                        date: date, party: party, currency: currency, type: owed.type,
                        amount: owed.amount))
            }
        }
    }
}
