import BusinessCalendar
import Monetary
import Reconciling
import Testing

@Suite struct CarriedBreakTests {
    private let nextDate = Samples.date.adding(days: 31)

    /// A day on which the partner did not book P, as the next day will see its breaks.
    private func openAfterMissedPayment() throws -> [OpenBreak] {
        var day = Day()
        day.ourPayments = [Samples.payment("P")]
        day.ourBalances = [Samples.balance()]
        day.theirBalances = [Samples.balance(principal: 1_000_000, interest: 10000)]
        return try day.reconciled().compactMap { explained in
            let layout = FileLayout.reconciled.first { $0.name == explained.found.file }
            return layout.flatMap {
                OpenBreak(explained.found, layout: $0, firstDate: Samples.date)
            }
        }
    }

    @Test func `a balance that is still off by an old break follows from it`() throws {
        let open = try openAfterMissedPayment()
        var day = Day()
        day.open = open.reversed()
        day.ourPayments = [Samples.payment("Q")]
        day.theirPayments = [Samples.payment("Q")]
        day.ourBalances = [Samples.balance(principal: 842302)]
        day.theirBalances = [Samples.balance(principal: 921151, interest: 10000, penalty: 1200)]
        let explained = try day.reconciled(nextDate)
        #expect(explained.summary == ["balances amount follows-from"])
        #expect(explained[0].explanation.related == [open[1].id])
    }

    @Test func `the same amount missed again on top of an old break is a break of its own`() throws
    {
        let open = try openAfterMissedPayment()
        var day = Day()
        day.open = open
        day.ourPayments = [Samples.payment("Q")]
        day.ourBalances = [Samples.balance(principal: 842302)]
        day.theirBalances = [Samples.balance(principal: 1_000_000, interest: 20000)]
        let explained = try day.reconciled(nextDate)
        #expect(
            explained.summary == [
                "repayments ours-only not-booked-by-partner", "balances amount follows-from",
            ])
        #expect(explained[1].explanation.related == [open[1].id, explained[0].found.id])
    }

    @Test func `an old difference that persists is preferred to a new one as large`() throws {
        var day = Day()
        day.open = try openAfterMissedPayment()
        day.ourPayments = [Samples.payment("Q")]
        day.ourBalances = [Samples.balance(principal: 842302)]
        day.theirBalances = [Samples.balance(principal: 921151, interest: 10000)]
        #expect(
            try day.reconciled(nextDate).summary == [
                "repayments ours-only left-out-of-file", "balances amount follows-from",
            ])
    }

    @Test func `the line that arrives a day later closes the break it left`() throws {
        let open = try openAfterMissedPayment()
        var day = Day()
        day.open = open
        day.theirPayments = [Samples.payment("P")]
        day.theirBalances = [Samples.balance()]
        let explained = try day.reconciled(Samples.date.adding(days: 1))
        #expect(
            explained.summary == [
                "repayments theirs-only arrived-late", "balances theirs-only follows-from",
            ])
        #expect(explained[0].explanation.related == [open[0].id])
    }

    @Test func `a line that arrives and a balance that agrees again heal their breaks`() throws {
        let open = try openAfterMissedPayment()
        var day = Day()
        day.open = open
        day.theirPayments = [Samples.payment("P")]
        #expect(try day.result(nextDate).healed == [open[0].id])
        day.theirPayments = []
        day.ourBalances = [Samples.balance(principal: 842302)]
        day.theirBalances = [Samples.balance(principal: 842302)]
        #expect(try day.result(nextDate).healed == [open[1].id])
        day.theirBalances = [Samples.balance(principal: 842301)]
        #expect(try day.result(nextDate).healed.isEmpty)
    }

    @Test func `a second run of a date is not explained by the first`() throws {
        var day = Day()
        day.ourBalances = [Samples.balance()]
        day.theirBalances = [Samples.balance(principal: 921152)]
        let first = try day.reconciled()
        day.open = first.compactMap {
            OpenBreak($0.found, layout: .balances, firstDate: Samples.date)
        }
        #expect(day.open.count == 1)
        #expect(try day.reconciled() == first)
    }

    @Test func `a movement that broke without balances is carried until they come`() throws {
        let open = try openAfterMissedPayment().filter { $0.layout.role == .movement }
        var day = Day()
        day.open = open
        day.ourBalances = [Samples.balance(principal: 842302)]
        day.theirBalances = [Samples.balance(principal: 921151, interest: 10000)]
        let explained = try day.reconciled(nextDate)
        #expect(explained.summary == ["balances amount follows-from"])
        #expect(explained[0].explanation.related == open.map(\.id))
    }

    @Test(arguments: [false, true])
    func `the latest comparison of a balance is the one carried`(_ isReversed: Bool) throws {
        let open = [(1, 300), (2, 500)].map { days, minorUnits in
            OpenBreak(
                id: BreakID(text: "day-\(days)"), layout: .balances, kind: .amount, key: ["L-1"],
                loan: "L-1", firstDate: Samples.date.adding(days: days),
                differences: [("principal", Int64(minorUnits))])
        }
        var day = Day()
        day.open = isReversed ? open.reversed() : open
        day.ourBalances = [Samples.balance(principal: 1000)]
        for (theirs, related) in [(500, [BreakID(text: "day-2")]), (700, [])] {
            day.theirBalances = [Samples.balance(principal: Int64(theirs))]
            #expect(try day.reconciled(nextDate)[0].explanation.related == related)
        }
    }

    @Test(arguments: [FileLayout.disbursements, .repayments, .balances])
    func `each amount moves its own part of the balance`(_ layout: FileLayout) {
        let expected: [String: (BalanceComponent, Int128)] = [
            "disbursements principal": (.principal, 1), "repayments principal": (.principal, -1),
            "repayments overdue_principal": (.principal, -1),
            "repayments interest": (.interest, -1),
            "repayments overdue_interest": (.interest, -1), "repayments penalty": (.penalty, -1),
            "repayments fee": (.fee, -1), "balances principal": (.principal, 1),
            "balances overdue_principal": (.principal, 1), "balances interest": (.interest, 1),
            "balances overdue_interest": (.interest, 1),
            "balances penalty_principal": (.penalty, 1),
            "balances penalty_interest": (.penalty, 1), "balances fee": (.fee, 1),
        ]
        for column in layout.amountColumns {
            let effect = BalanceEffect(file: layout, differences: [(column.name, 7)])
            // Facts lower what is owed as payments do; they have no lines yet.
            let file = FileLayout.laterFacts.contains(layout) ? "repayments" : layout.name
            let name = "\(file) \(column.name)"
            for component in BalanceComponent.allCases {
                let sign = expected[name]?.0 == component ? expected[name]?.1 ?? 0 : 0
                #expect(effect[component] == 7 * sign, "\(name)")
            }
        }
    }

    /// Signed as what the lender has more: a claim given up is below zero.
    @Test(arguments: FileLayout.ofFacts)
    func `claims given up move the balance, cash for them does not`(_ layout: FileLayout) {
        let isClaim = ["waivers", "charge-offs", "corrections"].contains(layout.name)
        let components: [String: BalanceComponent] = [
            "principal": .principal, "overdue_principal": .principal, "interest": .interest,
            "overdue_interest": .interest, "penalty": .penalty, "fee": .fee,
        ]
        for column in layout.amountColumns {
            let effect = BalanceEffect(file: layout, differences: [(column.name, -7)])
            for component in BalanceComponent.allCases {
                let isMoved = isClaim && components[column.name] == component
                #expect(effect[component] == (isMoved ? -7 : 0), "\(layout.name) \(column.name)")
            }
        }
    }

    @Test func `an open break comes back from a store as it went`() throws {
        for one in try openAfterMissedPayment() {
            let stored = one.layout.amountColumns.map {
                (column: $0.name, minorUnits: Int64(one.layout.name == "balances" ? 1 : 2))
            }
            let restored = OpenBreak(
                id: one.id, layout: one.layout, kind: one.kind, key: one.key, loan: one.loan,
                firstDate: one.firstDate, differences: stored + [("unknown", 9)])
            let sign: Int128 = one.layout.name == "balances" ? 2 : -4
            #expect(restored.effect[.principal] == sign)
            #expect(restored.effect[.interest] == sign)
        }
    }
}
