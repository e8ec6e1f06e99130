import BusinessCalendar
import Monetary
import Reconciling
import Testing

/// One day of the files that move no money, and the causes its breaks must get.
struct DetailCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let day: DetailDay
    let summary: [String]

    init(_ description: String, _ summary: [String], _ change: (inout DetailDay) -> Void) {
        testDescription = description
        self.summary = summary
        var day = DetailDay()
        change(&day)
        self.day = day
    }
}

/// A partner's day by file: what is not changed agrees.
struct DetailDay {
    var computation = PartnerComputation.scale
    var tolerance: Int64 = 0
    var open: [OpenBreak] = []
    private(set) var ours: [String: [Record]] = [
        "disbursements": [Samples.disbursement("K", principal: 1_000_100)],
        "in-flight": [DetailDay.record(["Q"], [500], ["L-2"])],
        "instalment-plan": [
            DetailDay.plan(1), DetailDay.plan(2), DetailDay.plan(3),
        ],
        "repayments": [DetailDay.payment(78949)],
        "repayments-by-instalment": [DetailDay.part(1, 78849), DetailDay.part(2, 100)],
        "balances": [Samples.balance()],
        "accruals": [DetailDay.record(["L-1"], [300, 20, 0])],
        "status-changes": [DetailDay.status()],
    ]
    private(set) var theirs: [String: [Record]] = [:]

    init() { theirs = ours }

    static func record(_ key: [String], _ amounts: [Int64], _ fields: [String] = []) -> Record {
        Record(key: key, amounts: amounts, currency: Samples.dollar, fields: fields, line: 1)
    }

    static func plan(_ number: Int, interest: Int64 = 700, later: Int = 0) -> Record {
        Record(
            key: ["L-1", "\(number)"], amounts: [30_000, interest, 0], currency: Samples.dollar,
            valueDate: Samples.date.adding(days: 30 * number + later), line: 1)
    }

    static func payment(_ principal: Int64) -> Record {
        Samples.payment("P", principal: principal, interest: 0, serviceFee: 0)
    }

    static func part(_ number: Int, _ principal: Int64) -> Record {
        record(["P", "L-1", "\(number)"], [principal, 0, 0, 0, 0, 0, 0])
    }

    static func status(_ dpd: Int = 1, bucket: String = "M1") -> Record {
        Record(
            key: ["L-1"], amounts: [], currency: .unstated,
            fields: ["current", "past-due", "\(dpd)", bucket, "accrual"], line: 1)
    }

    /// Another content of one of their files.
    mutating func send(_ file: String, _ records: Record...) { theirs[file] = records }

    /// Another content of one of ours.
    mutating func keep(_ file: String, _ records: Record...) { ours[file] = records }

    func result() throws -> DayResult {
        let files = FileLayout.reconciled.map { layout in
            let records = theirs[layout.name] ?? []
            return FilePair(
                layout: layout, ours: ours[layout.name] ?? [], theirs: records,
                manifest: Samples.manifest(layout, records),
                tolerance: Tolerance(minorUnits: tolerance))
        }
        return try PartnerDay(
            partner: "harbor", businessDate: Samples.date, files: files,
            computation: computation, openBreaks: open, hash: Samples.hash
        ).reconciled()
    }
}

@Suite struct DetailCauseTests {
    static let plans: [DetailCase] = [
        DetailCase("all agrees", []) { _ in },
        DetailCase("a request in flight is not listed", ["in-flight ours-only left-out-of-file"]) {
            $0.send("in-flight")
        },
        DetailCase("a request in flight twice", ["in-flight duplicate-theirs written-twice"]) {
            let row = DetailDay.record(["Q"], [500], ["L-2"])
            $0.send("in-flight", row, row)
        },
        DetailCase("a request unknown to us", ["in-flight theirs-only not-booked-by-us"]) {
            $0.keep("in-flight")
        },
        DetailCase("another amount in flight", ["in-flight amount other-than-agreed"]) {
            $0.send("in-flight", DetailDay.record(["Q"], [501], ["L-2"]))
        },
        DetailCase(
            "paid out by us, in flight at the partner",
            ["disbursements ours-only unknown", "in-flight theirs-only follows-from"]
        ) {
            $0.keep(
                "disbursements", Samples.disbursement("K", principal: 1_000_100),
                Samples.disbursement("R", loan: "L-3", principal: 700))
            $0.send(
                "in-flight", DetailDay.record(["Q"], [500], ["L-2"]),
                DetailDay.record(["R"], [700], ["L-3"]))
        },
        DetailCase("one instalment printed wrong", ["instalment-plan amount other-than-agreed"]) {
            $0.send(
                "instalment-plan", DetailDay.plan(1), DetailDay.plan(2, interest: 1_700),
                DetailDay.plan(3))
        },
        DetailCase("the cents of an own method", ["instalment-plan amount interest-method"]) {
            $0.computation = .ownSchedule
            $0.tolerance = 2
            $0.send(
                "instalment-plan", DetailDay.plan(1, interest: 701), DetailDay.plan(2),
                DetailDay.plan(3, interest: 690))
        },
        DetailCase("no method moves a due date", ["instalment-plan date other-than-agreed"]) {
            $0.computation = .ownSchedule
            $0.send(
                "instalment-plan", DetailDay.plan(1, later: 30), DetailDay.plan(2),
                DetailDay.plan(3))
        },
        DetailCase(
            "nor does one whose cents differ too", ["instalment-plan amount other-than-agreed"]
        ) {
            $0.computation = .perInstalment
            $0.send(
                "instalment-plan", DetailDay.plan(1, interest: 701, later: 30), DetailDay.plan(2),
                DetailDay.plan(3))
        },
        DetailCase("ten dollars are no method", ["instalment-plan amount other-than-agreed"]) {
            $0.computation = .ownSchedule
            $0.send(
                "instalment-plan", DetailDay.plan(1), DetailDay.plan(2),
                DetailDay.plan(3, interest: 1_700))
        },
        DetailCase("an instalment is missing", ["instalment-plan ours-only left-out-of-file"]) {
            $0.send("instalment-plan", DetailDay.plan(1), DetailDay.plan(3))
        },
        DetailCase("an instalment twice", ["instalment-plan duplicate-theirs written-twice"]) {
            $0.send(
                "instalment-plan", DetailDay.plan(1), DetailDay.plan(2), DetailDay.plan(2),
                DetailDay.plan(3))
        },
        DetailCase("another due date", ["instalment-plan date other-than-agreed"]) {
            $0.send(
                "instalment-plan", DetailDay.plan(1, later: 1), DetailDay.plan(2),
                DetailDay.plan(3))
        },
    ]

    static let parts: [DetailCase] = [
        DetailCase("a part is missing", ["repayments-by-instalment ours-only left-out-of-file"]) {
            $0.send("repayments-by-instalment", DetailDay.part(1, 78849))
        },
        DetailCase("a part too many", ["repayments-by-instalment theirs-only stray-line"]) {
            $0.keep("repayments-by-instalment", DetailDay.part(1, 78849))
        },
        DetailCase("a part misprinted", ["repayments-by-instalment amount misprinted-detail"]) {
            $0.send(
                "repayments-by-instalment", DetailDay.part(1, 77849), DetailDay.part(2, 100))
        },
        DetailCase(
            "laid on other instalments",
            [
                "repayments-by-instalment amount other-instalment",
                "repayments-by-instalment amount other-instalment",
            ]
        ) {
            $0.send(
                "repayments-by-instalment", DetailDay.part(1, 78799), DetailDay.part(2, 150))
        },
        DetailCase(
            "the payment itself is another one",
            [
                "repayments amount misprinted", "repayments-by-instalment amount follows-from",
            ]
        ) {
            $0.send("repayments", DetailDay.payment(78449))
            $0.send(
                "repayments-by-instalment", DetailDay.part(1, 78349), DetailDay.part(2, 100))
        },
        DetailCase("cents of an own method", []) {
            $0.computation = .perInstalment
            $0.tolerance = 1
            $0.send("repayments-by-instalment", DetailDay.part(1, 78848), DetailDay.part(2, 101))
        },
    ]

    static let accruals: [DetailCase] = [
        DetailCase("an accrual misprinted", ["accruals amount misprinted-detail"]) {
            $0.send("accruals", DetailDay.record(["L-1"], [1_300, 20, 0]))
        },
        DetailCase("an accrual of an own method", ["accruals amount interest-method"]) {
            $0.computation = .ownSchedule
            $0.tolerance = 2
            $0.send("accruals", DetailDay.record(["L-1"], [290, 20, 0]))
        },
        DetailCase(
            "an accrual that the balance shows too",
            ["balances amount misprinted-balance", "accruals amount follows-from"]
        ) {
            $0.send("balances", Samples.balance(interest: 4))
            $0.send("accruals", DetailDay.record(["L-1"], [304, 20, 0]))
        },
        DetailCase(
            "no row of the loan at all",
            ["balances ours-only left-out-of-file", "accruals ours-only follows-from"]
        ) {
            $0.send("balances")
            $0.send("accruals")
        },
        DetailCase("a status is missing", ["status-changes ours-only left-out-of-file"]) {
            $0.send("status-changes")
        },
        DetailCase("a status of nobody", ["status-changes theirs-only stray-line"]) {
            $0.keep("status-changes")
        },
        DetailCase("other days past due", ["status-changes field misprinted-detail"]) {
            $0.send("status-changes", DetailDay.status(31, bucket: "M2"))
        },
        DetailCase("another ladder", ["status-changes field own-ladder"]) {
            $0.send("status-changes", DetailDay.status(bucket: "special-mention"))
        },
        DetailCase(
            "a status that follows from the balance's",
            ["balances field misprinted-detail", "status-changes field follows-from"]
        ) {
            $0.send("balances", Samples.balance(daysPastDue: 9))
            $0.send("status-changes", DetailDay.status(9))
        },
        DetailCase("a fee we know nothing of", ["fees theirs-only stray-line"]) {
            $0.send("fees", DetailDay.record(["F"], [100, 0, 100], ["service-fee"]))
        },
    ]

    @Test(arguments: plans + parts + accruals)
    func `every break of a detail has its cause`(example: DetailCase) throws {
        let explained = try example.day.result().explained
        // What the partner's files contradict among themselves follows from these.
        let own = explained.filter(\.found.kind.isWithinOneSide)
        #expect(own.allSatisfy { $0.explanation.cause == .followsFrom })
        let others = explained.filter { !$0.found.kind.isWithinOneSide }
        #expect(others.summary == example.summary)
        for one in explained { #expect(!one.explanation.sentence.isEmpty) }
    }

    /// One unit of the currency, ten yen.
    @Test(
        arguments: [
            ("USD", 100, .interestMethod), ("USD", 101, .misprintedDetail),
            ("JPY", 10, .interestMethod), ("JPY", 11, .misprintedDetail),
            ("KWD", 1_000, .interestMethod), ("KWD", 1_001, .misprintedDetail),
        ] as [(String, Int64, Cause)])
    func `how far a method goes depends on the currency`(
        code: String, difference: Int64, cause: Cause
    ) throws {
        let currency = try #require(Currency(code: code))
        func accrual(_ interest: Int64) -> Record {
            Record(key: ["L-1"], amounts: [interest, 20, 0], currency: currency, line: 1)
        }
        var day = DetailDay()
        day.computation = .ownSchedule
        day.keep("accruals", accrual(5_000))
        day.send("accruals", accrual(5_000 - difference))
        #expect(try day.result().explained.map(\.explanation.cause) == [cause])
    }

    @Test func `within tolerance a detail agrees, since the cents are counted elsewhere`() throws {
        var day = DetailDay()
        day.tolerance = 1
        day.send("accruals", DetailDay.record(["L-1"], [301, 20, 0]))
        #expect(try day.result().explained.isEmpty)
        day.send("balances", Samples.balance(interest: 1))
        #expect(try day.result().explained.map(\.found.kind) == [.rounding])
    }

    @Test func `a request in flight on which both lists agree again is healed`() throws {
        var day = DetailDay()
        day.send("in-flight")
        let found = try #require(try day.result().explained.first?.found)
        let before = Samples.date.adding(days: -1)
        let open = try #require(
            OpenBreak(found, layout: .inFlight, firstDate: before))
        day.open = [open]
        #expect(try day.result().healed.isEmpty)
        day.keep("in-flight")
        #expect(try day.result().healed == [open.id])
    }

    @Test func `a sentence about a status says what the status is`() throws {
        var day = DetailDay()
        day.send("status-changes", DetailDay.status(31, bucket: "M2"))
        let sentence = try #require(try day.result().explained.first?.explanation.sentence)
        #expect(sentence.contains("theirs from current, to past-due, dpd 31, class M2"))
    }
}
