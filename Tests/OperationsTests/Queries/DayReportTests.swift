import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

/// The figures of a closed date, against what the store holds.
struct DayReportTests {
    private func report(_ house: TestHouse) -> DayReport {
        DayReport(
            sources: DayReport.Sources(
                days: house.store, sums: house.store, books: house.store, audit: house.store,
                snapshots: house.store, breaks: house.store, settlements: house.store),
            platform: TestTerms.platform, currency: SampleLoan.dollars,
            firstDate: World.firstDate, surroundings: house.surroundings)
    }

    @Test func `no more than thirty dates are shown, none before the books`() async throws {
        let house = try await AuditedStore.house()
        let early = try await report(house).run(SampleLoan.date("2026-01-04"))
        #expect(early.days.map(\.date.dayOfMonth) == [1, 2, 3, 4])
        let late = try await report(house).run(SampleLoan.date("2026-02-03"))
        #expect(late.days.count == 30 && late.today.date == SampleLoan.date("2026-02-03"))
    }

    @Test func `books and loans agree on what is outstanding, every evening`() async throws {
        let house = try await AuditedStore.house()
        let last = try #require(house.store.world.closed.last?.date)
        for number in 0...last.days(since: World.firstDate) {
            let figures = try await report(house).run(World.firstDate.adding(days: number))
            let held = figures.books.reduce(0) { $0 + $1.outstanding }
            #expect(held == figures.ageing.total.principal, "\(figures.date)")
        }
    }

    @Test func `the evenings' moves lead from one to the next`() async throws {
        let house = try await AuditedStore.house()
        let last = try #require(house.store.world.closed.last?.date)
        var standing: [Ageing.Standing: Int] = [:]
        for number in 0...last.days(since: World.firstDate) {
            let figures = try await report(house).run(World.firstDate.adding(days: number))
            var before: [Ageing.Standing: Int] = [:]
            var after: [Ageing.Standing: Int] = [:]
            for (move, count) in figures.ageing.moves {
                if move.from != .absent { before[move.from, default: 0] += count }
                after[move.to, default: 0] += count
            }
            #expect(before == standing, "\(figures.date)")
            standing = after
        }
        #expect(standing.values.reduce(0, +) > 2)
    }

    @Test func `what falls due is paid in time or missed`() async throws {
        let house = try await AuditedStore.house()
        let figures = try await report(house).run(SampleLoan.date("2026-02-01"))
        let store = house.store.world
        let terms = TermsLibrary(store.snapshots)
        let due = try store.loans.values.filter { $0.disbursedOn != nil }.reduce(
            Int64(0)
        ) {
            let contract = try terms.contract(
                of: try #require(store.dossier($1.record.loan, bookedThrough: nil)),
                platform: TestTerms.platform)
            return $0
                + contract.schedule.instalments.filter { $0.dueOn == figures.date }
                .reduce(0) { $0 + $1.total }
        }
        #expect(figures.today.due == due && due > 0)
        #expect(figures.today.onTime > 0 && figures.today.missed > 0)
    }

    @Test func `a payment taken back is missed on the date it was due, once that is known`()
        async throws
    {
        let house = try await AuditedStore.house()
        let dueOn = SampleLoan.date("2026-02-01")
        func line(_ date: String) async throws -> DayLine {
            let figures = try await report(house).run(SampleLoan.date(date))
            return try #require(figures.days.first { $0.date == dueOn })
        }
        let (before, after) = (try await line("2026-02-05"), try await line("2026-02-06"))
        #expect(before.due == after.due)
        #expect(before.onTime - after.onTime == 340_03)
        #expect(after.missed - before.missed == 340_03)
        let today = try await report(house).run(SampleLoan.date("2026-02-06")).today
        #expect(today.due == 0 && today.onTime == 0 && today.collected == -340_03)
    }

    @Test func `what is paid late is arrears, and was not paid in time`() async throws {
        let house = try await AuditedStore.house()
        let dueOn = SampleLoan.date("2026-02-01")
        try await house.pay(PaymentFile.row("P9", "L3", "50.00", valueDate: "2026-02-07"))
        try await house.close(through: "2026-02-07")
        let before = try await report(house).run(SampleLoan.date("2026-02-06"))
        let after = try await report(house).run(SampleLoan.date("2026-02-07"))
        #expect(after.today.arrears + after.today.penalty == 50_00)
        let lines = [before, after].map { $0.days.first { $0.date == dueOn } }
        #expect(lines[0]?.onTime == lines[1]?.onTime && lines[0]?.due == lines[1]?.due)
    }

    @Test func `fees that are owed and fees that were paid are told apart`() async throws {
        let house = try await AuditedStore.house()
        let date = try #require(house.store.world.closed.last?.date)
        let book = TestTerms.harbor.book
        func row(_ kind: EntryKind, _ account: Account, _ amount: Int64) -> LedgerRow {
            LedgerRow(
                date: date, shard: 0, kind: kind, agreement: "duo",
                posting: Posting(
                    book: book, account: account, counterparty: nil,
                    currency: SampleLoan.dollars, amount: amount))
        }
        let plain = try await report(house).run(date)
        house.store.write { world in
            for row in [
                row(.fee, .fees, 300), row(.fee, .feeIncome, -300), row(.repayment, .fees, -120),
            ] { world.add(row) }
        }
        let figures = try await report(house).run(date)
        #expect(figures.books.map(\.fees) == figures.lenders.map { $0.book == book ? 180 : 0 })
        #expect(figures.today.fees == 120)
        #expect(figures.today.collected == plain.today.collected + 120)
        let results = [plain, figures].map { $0.books.reduce(0) { $0 + $1.result } }
        #expect(results[1] - results[0] == 300)
    }

    @Test
    func `claims taken over stand beside other principal, and their holder among the lenders`()
        async throws
    {
        let house = try await AuditedStore.house()
        let date = try #require(house.store.world.closed.last?.date)
        let plain = try await report(house).run(date)
        let guarantor = PartyID("guarantor")
        house.store.write { world in
            for (book, account, amount) in [
                (TestTerms.harbor.book, Account.overduePrincipal, -500),
                (guarantor.book, .claimsAcquired, 512),
            ] {
                world.add(
                    LedgerRow(
                        date: date, shard: 0, kind: .compensation, agreement: "duo",
                        posting: Posting(
                            book: book, account: account, counterparty: nil,
                            currency: SampleLoan.dollars, amount: Int64(amount))))
            }
        }
        let figures = try await report(house).run(date)
        #expect(
            figures.lenders
                == (plain.lenders + [guarantor]).sorted { left, right in
                    (left == TestTerms.platform ? "" : left.name)
                        < (right == TestTerms.platform ? "" : right.name)
                })
        #expect(figures.books.map(\.acquired) == figures.lenders.map { $0 == guarantor ? 512 : 0 })
        // Moving claims changes nothing about what borrowers owe.
        #expect(figures.outstandingPrincipal == plain.outstandingPrincipal)
    }

    @Test func `no date is ever paid more in time than fell due on it`() async throws {
        let house = try await AuditedStore.house()
        let last = try #require(house.store.world.closed.last?.date)
        for number in 0...last.days(since: World.firstDate) {
            let figures = try await report(house).run(World.firstDate.adding(days: number))
            for day in figures.days {
                #expect(day.onTime >= 0 && day.missed >= 0, "\(day.date) on \(figures.date)")
            }
        }
    }

    @Test func `a past date lists the breaks that were open in its evening`() async throws {
        let story = try BreakStory()
        try await story.day("2026-01-05", ours: ["P1": 70_00], theirs: [:])
        try await story.day("2026-01-06", ours: ["P2": 30_00], theirs: ["P1": 70_00])
        let second = try #require(
            story.house.store.world.breaks.values.first { $0.key == ["P2"] })
        let (ann, bob) = (try Person("ann"), try Person("bob"))
        try await story.desk.apply(
            try story.desk.propose(second, .ours, note: "", by: ann))
        let proposed = try #require(story.house.store.world.breaks[second.id])
        try await story.desk.apply(try story.desk.approve(proposed, note: "", by: bob))
        try await story.day("2026-01-07", ours: [:], theirs: [:])
        func open(_ date: String) async throws -> [String] {
            try await report(story.house).run(SampleLoan.date(date)).breaks
                .flatMap(\.key).sorted()
        }
        #expect(story.house.store.world.breaks.values.allSatisfy { !$0.state.isOpen })
        #expect(try await open("2026-01-04") == [])
        #expect(try await open("2026-01-05") == ["P1"])
        // P1 healed in the runs of the 6th; P2 was approved by people on the 7th.
        #expect(try await open("2026-01-06") == ["P2"])
        #expect(try await open("2026-01-07") == [])
    }

    @Test func `a past date tells settlements as they stood in its evening`() async throws {
        let story = try BreakStory()
        try await story.day("2026-01-05", ours: ["P1": 70_00], theirs: ["P1": 70_00])
        let id = try #require(story.house.store.world.settlements.first?.id)
        try await story.day("2026-01-06", ours: [:], theirs: [:])
        let line = CashReceipt(
            bankRef: "B1", amount: -70_00, currency: SampleLoan.dollars,
            valueDate: SampleLoan.date("2026-01-06"), remittance: id.description)
        _ = try await story.house.confirm.run([line], dryRun: false)
        try await story.day("2026-01-09", ours: [:], theirs: [:])
        func states(_ date: String) async throws -> [[String]] {
            let figures = try await report(story.house).run(SampleLoan.date(date))
            return try [figures.movedSettlements, figures.openSettlements].map { settlements in
                try settlements.map { try $0.machine().state.rawValue }
            }
        }
        #expect(try await states("2026-01-04") == [[], []])
        #expect(try await states("2026-01-05") == [["instructed"], ["instructed"]])
        // The statement came on the 7th, before the 7th was closed.
        #expect(try await states("2026-01-06") == [["confirmed"], []])
        #expect(try await states("2026-01-07") == [[], []])
    }

    @Test func `dates that are not closed are refused`() async throws {
        let house = try await AuditedStore.house()
        for date in ["2025-12-31", "2027-01-01"] {
            let asked = SampleLoan.date(date)
            let closed = house.store.world.closed.last?.date
            await #expect(throws: DateNotClosed(date: asked, lastClosed: closed)) {
                try await report(house).run(asked)
            }
        }
    }
}

/// One loan's postings, stretch by stretch.
struct LoanLifeTests {
    @Test func `stretches post what the position holds, whatever the facts`() throws {
        try Property.check(3_000) { random in
            let contract = SampleLoan.contract(using: &random)
            let facts = SampleFacts.facts(of: contract, using: &random)
            let date = SampleFacts.horizon(of: contract, facts: facts)
            let disbursed = LoanFact(
                id: "d", kind: .disbursed, valueDate: contract.disbursedOn,
                bookingDate: contract.disbursedOn, instant: 0)
            let life = try Operations.LoanLife(
                contract: contract, facts: facts + [disbursed], through: date)
            guard let life else { return try hold(false, "a disbursed loan has no life") }
            var sums: [Posting: Int64] = [:]
            for line in life.stretches.flatMap(\.postings) {
                let key = Posting(
                    book: line.posting.book, account: line.posting.account,
                    counterparty: line.posting.counterparty, currency: line.posting.currency,
                    amount: 0)
                sums[key, default: 0] += line.posting.amount
            }
            let whole = LoanPostings.difference(of: contract, from: nil, to: life.position)
            for line in whole {
                let key = Posting(
                    book: line.posting.book, account: line.posting.account,
                    counterparty: line.posting.counterparty, currency: line.posting.currency,
                    amount: 0)
                sums[key, default: 0] -= line.posting.amount
            }
            try hold(sums.values.allSatisfy { $0 == 0 }, "stretches and position differ")
        }
    }
}
