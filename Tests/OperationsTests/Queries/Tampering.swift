import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// One change to a store behind the back of the program, and the law that it breaks.
struct Tampering: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let law: Divergence.Law
    let change: @Sendable (inout World) -> Void

    init(_ what: String, _ law: Divergence.Law, _ change: @escaping @Sendable (inout World) -> Void)
    {
        testDescription = what
        self.law = law
        self.change = change
    }

    static let all = ledger + lines + facts + funding

    private static let ledger = [
        Tampering("a cent on one account", .balance) { $0.shift(1, on: [.interest]) },
        Tampering("a row of the ledger is gone", .balance) { world in
            if let row = world.ledgerRows.last { world.ledger[row.of(0)] = nil }
        },
        Tampering("a cent on both sides of an entry", .ledger) {
            $0.shift(1, on: [.interest], and: [.interestIncome])
        },
        Tampering("an entry nobody made", .ledger) { world in
            for (account, amount) in [(Account.cash, Int64(5)), (.unallocated, -5)] {
                world.add(.made(on: "2026-01-20", .repayment, account, amount))
            }
        },
        Tampering("a commitment too many, balanced", .log) { world in
            for (account, amount) in [(Account.commitments, Int64(5)), (.commitmentsContra, -5)] {
                world.add(.made(on: "2026-01-20", .commitment, account, amount))
            }
        },
        Tampering("a settlement of another amount", .balance) { world in
            let row = world.ledgerRows.first { $0.kind == .settlement }
            if let row { world.add(row.of(1)) }
        },
        Tampering("another head", .log) { world in
            let day = world.closed[9]
            world.closed[9] = ClosedDay(date: day.date, head: day.head.reversed())
        },
    ]

    private static let lines = [
        Tampering("a cent from one lender to another", .distributions) { world in
            for index in 0..<2 {
                world.distributions[index] = world.distributions[index].with(
                    principal: index == 0 ? 1 : -1)
            }
        },
        Tampering("a line is gone", .distributions) { $0.distributions.removeLast() },
        Tampering("a line twice", .distributions) { world in
            world.distributions.append(world.distributions[0])
        },
        Tampering("another balance", .balances) { world in
            world.balances[3] = world.balances[3].with(principal: 1)
        },
        Tampering("a balance is gone", .balances) { $0.balances.removeFirst() },
        Tampering("a part of a payment is gone", .distributions) { $0.parts.removeLast() },
        Tampering("a part twice", .distributions) { $0.parts.append($0.parts[0]) },
        Tampering("a change of status is gone", .statuses) { $0.statusChanges.removeFirst() },
    ]

    private static let facts = [
        Tampering("a payment of another amount", .ledger) { world in
            world.replace("P2") { .repayment(amount: $0 + 1) }
        },
        Tampering("a payment is gone", .ledger) { world in
            world.facts[LoanID("L3")]?.removeAll { $0.id == "P2" }
        },
        Tampering("a reversal without its payment", .conservation) { world in
            world.facts[LoanID("L1")]?.removeAll { $0.id == "P1" }
        },
        Tampering("a payment of nothing", .conservation) { world in
            world.replace("P2") { _ in .repayment(amount: 0) }
        },
        Tampering("terms that are gone", .conservation) { $0.snapshots = [] },
        Tampering("shares that do not make the principal", .conservation) { world in
            world.loans[LoanID("L1")]?.plan = SharePlan(shares: [
                PlannedShare(party: TestTerms.platform, amount: 1)
            ])
        },
        Tampering("shares that are another split", .ledger) { world in
            world.loans[LoanID("L1")]?.plan = SharePlan(shares: [
                PlannedShare(party: TestTerms.platform, amount: 300_01),
                PlannedShare(party: TestTerms.harbor, amount: 699_99),
            ])
        },
    ]

    private static let funding = [
        Tampering("a request of another amount", .funding) { world in
            world.requests["L1.harbor.1"] = world.requests["L1.harbor.1"]?.asking(700_01)
        },
        Tampering("a share without a confirmed request", .funding) { world in
            world.requests["L1.harbor.1"] = world.requests["L1.harbor.1"]?.with(.refused)
        },
        Tampering("a share funded twice", .funding) { world in
            world.requests["L1.harbor.2"] = world.requests["L1.harbor.1"]
        },
        Tampering("a refusing lender's request that is confirmed", .funding) { world in
            world.requests["L2.harbor.1"] = world.requests["L2.harbor.1"]?.with(.confirmed)
        },
        Tampering("a declined loan's request that is confirmed", .funding) { world in
            world.requests["L4.harbor.1"] = world.requests["L4.harbor.1"]?.with(.confirmed)
        },
        Tampering("a declined loan's request that is accepted", .funding) { world in
            world.requests["L4.harbor.1"] = world.requests["L4.harbor.1"]?.with(.accepted)
        },
    ]
}
