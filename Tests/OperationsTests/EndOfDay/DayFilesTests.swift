import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

/// What the files of a date say besides payments: plans, parts, statuses, accruals, full balances.
struct DayFilesTests {
    /// The records of one of our files for harbor, `key: amounts; fields`.
    private func records(_ layout: FileLayout, on date: String, in house: TestHouse) -> [String] {
        let files = house.store.world.testFiles(
            of: TestTerms.harbor, on: SampleLoan.date(date))
        return (files.first { $0.layout == layout }?.records ?? []).map { record in
            let values = record.amounts.map(String.init) + record.fields
            let date = record.valueDate.map { " \($0)" } ?? ""
            return record.key.joined(separator: "/") + ": " + values.joined(separator: " ") + date
        }
    }

    @Test func `a disbursement is written with the lender's plan`() async throws {
        let life = try await LoanLife()
        try await life.close("2026-01-02")
        #expect(
            records(.instalmentPlan, on: "2026-01-01", in: life.house) == [
                "L1/1: 23102 700 0 2026-02-01", "L1/2: 23333 469 0 2026-03-01",
                "L1/3: 23565 236 0 2026-04-01",
            ])
        #expect(records(.instalmentPlan, on: "2026-01-02", in: life.house).isEmpty)
    }

    @Test func `a payment of two instalments is written by instalment`() async throws {
        let life = try await LoanLife()
        try await life.open("2026-03-05")
        try await life.house.pay(PaymentFile.row("P1", "L1", "500.00", valueDate: "2026-03-05"))
        try await life.close("2026-03-05")
        let parts = records(.repaymentsByInstalment, on: "2026-03-05", in: life.house)
        #expect(parts.map { $0.prefix(7) } == ["P1/L1/1", "P1/L1/2"])
        #expect(parts[0] == "P1/L1/1: 0 23102 0 700 365 0 70")
        #expect(life.house.store.world.difference(from: life.house.store.world) == nil)
    }

    @Test func `a status is written when it changes and not when days pass`() async throws {
        let life = try await LoanLife()
        try await life.open("2026-03-04")
        try await life.house.pay(PaymentFile.row("P1", "L1", "700.00", valueDate: "2026-03-04"))
        try await life.close("2026-05-31")
        let changes = life.house.store.world.statusChanges.sorted().map {
            "\($0.date) \($0.from.rawValue) \($0.to.rawValue) \($0.daysPastDue) "
                + "\(DelinquencyBucket(daysPastDue: $0.daysPastDue)) \($0.accrual.rawValue)"
        }
        #expect(
            changes == [
                "2026-01-01 none current 0 M0 accrual",
                "2026-02-02 current past-due 1 M1 accrual",
                "2026-03-04 past-due current 0 M0 accrual",
                "2026-04-02 current past-due 1 M1 accrual",
                "2026-05-02 past-due past-due 31 M2 accrual",
            ])
        try await life.close("2026-07-01")
        #expect(
            records(.statusChanges, on: "2026-07-01", in: life.house) == [
                "L1: past-due past-due 91 M4 non-accrual"
            ])
    }

    @Test func `a loan that is paid off says so once`() async throws {
        let life = try await LoanLife()
        for (number, date) in ["2026-02-01", "2026-03-01", "2026-04-01"].enumerated() {
            try await life.open(date)
            let amount = number == 2 ? "340.01" : "340.03"
            try await life.house.pay(PaymentFile.row("P\(number)", "L1", amount, valueDate: date))
        }
        try await life.close("2026-04-30")
        let last = try #require(life.house.store.world.statusChanges.max())
        #expect("\(last.date) \(last.to.rawValue)" == "2026-04-01 paid-off")
        #expect(records(.balances, on: "2026-04-30", in: life.house).isEmpty)
    }

    @Test func `accruals count from the start of the open period`() async throws {
        let life = try await LoanLife()
        try await life.close("2026-03-31")
        // Ten days of penalty would be 10 × 231.02 × 18 % ÷ 365; the whole is in the balance.
        let balance = life.house.store.world.balances.last { $0.lender == TestTerms.harbor }
        #expect(balance.map { "\($0.date)" } == "2026-03-01")
        #expect(balance?.accrual.interest == 8)
        #expect(balance?.accrual.penalty == 11)
        let full = records(.accruals, on: "2026-03-31", in: life.house)
        #expect(full.count == 1)
    }

    @Test(arguments: [FullFiles.monthly, .never, .daily])
    func `full files come when the setting says so`(setting: FullFiles) async throws {
        let house = try TestHouse(catalogue: try TestTerms.catalogue(fullFiles: setting))
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
        try await house.close(through: "2026-02-02")
        func count(_ date: String) -> Int {
            records(.balances, on: date, in: house).count
        }
        #expect(["2026-01-01", "2026-02-01"].map(count) == [1, 1], "loans that moved are there")
        #expect(count("2026-01-31") == (setting == .never ? 0 : 1))
        #expect(count("2026-01-20") == (setting == .daily ? 1 : 0))
        #expect(
            records(.accruals, on: "2026-01-20", in: house).count
                == (setting == .daily ? 1 : 0))
    }
}

extension DayFilesTests {
    /// Quiet loans are taken from their anchors: the closed form is the position's.
    @Test(arguments: RandomDaysTests.cases)
    func `full balances and accruals of random days are the positions of every loan`(
        days: RandomDays
    ) async throws {
        let clock = TestClock()
        let catalogue = try RandomDays.catalogue()
        let daily = Catalogue(
            platform: catalogue.platform, agreements: catalogue.agreements,
            products: catalogue.products, calendars: TestTerms.calendars,
            partners: catalogue.partners, fullFiles: .daily)
        let house = try TestHouse(
            banks: days.banks(TestBanks.State(), clock), clock: clock, catalogue: daily)
        for number in 0..<40 {
            let date = World.firstDate.adding(days: number)
            try await days.live(date, in: house)
            _ = try await house.closeDay().run(date)
            let (quiet, scalar) = try balances(of: house, on: date)
            #expect(
                Set(quiet).symmetricDifference(scalar).isEmpty && quiet.count == scalar.count,
                "\(date), \(days.seeded.repeatCommand("OperationsTests"))")
        }
        #expect(try await house.verify.run() == nil)
        let sums = Dictionary(grouping: house.store.world.parts) {
            "\($0.line) \($0.lender) \($0.postedOn)"
        }
        for row in house.store.world.distributions {
            let parts = sums["\(row.line) \(row.lender) \(row.postedOn)"] ?? []
            #expect(parts.reduce(into: Components()) { $0 += $1.components } == row.components)
            #expect(parts.reduce(0) { $0 + $1.serviceFee } == row.serviceFee)
        }
    }

    /// Harbor's files, and what its loans owe it and accrue for it by their positions.
    private func balances(of house: TestHouse, on date: BusinessDate) throws
        -> (file: [String], positions: [String])
    {
        let terms = TermsLibrary(house.store.world.snapshots)
        var expected: [String] = []
        for id in house.store.world.loans.keys.sorted() {
            guard let dossier = house.store.world.dossier(id, bookedThrough: date),
                !dossier.facts.isEmpty
            else { continue }
            let contract = try terms.contract(of: dossier, platform: house.catalogue.platform)
            let position = try contract.position(facts: dossier.facts, at: date)
            guard let index = contract.lenders.firstIndex(of: TestTerms.harbor) else { continue }
            let owed = position.lenders[index]
            let moved = house.store.world.balances.contains {
                $0.loan == id && $0.date == date
            }
            guard owed.outstanding != 0 || moved else { continue }
            expected.append(
                "\(id): \(owed.principal) \(owed.overduePrincipal) \(owed.interest) "
                    + "\(owed.overdueInterest) \(owed.penalty) \(owed.penaltyOnInterest) "
                    + "\(owed.fee) \(position.daysPastDue)")
            let accrual = position.openAccruals[index]
            expected.append(
                "\(id): accrued \(accrual.interest) \(accrual.penalty) "
                    + "\(accrual.penaltyOnInterest)")
        }
        let file = records(.balances, on: "\(date)", in: house).map {
            $0.split(separator: " ").dropLast(2).joined(separator: " ")
        }
        let accruals = records(.accruals, on: "\(date)", in: house).map {
            $0.replacing(": ", with: ": accrued ")
        }
        return ((file + accruals).sorted(), expected.sorted())
    }
}
