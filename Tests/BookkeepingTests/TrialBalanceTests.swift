import Bookkeeping
import Testing

@Test func `a trial balance keeps one sum per book, account, counterparty and currency, in order`()
    throws
{
    let (first, second) = (try #require(yuan), try #require(dollar))
    var balance = TrialBalance()
    for posting in [
        line("b", .cash, 1, in: first), line("a", .cash, 2, in: second),
        line("a", .dueToFrom, 3, with: "c", in: first),
        line("a", .dueToFrom, 4, with: "b", in: first),
        line("a", .cash, 5, in: first), line("b", .cash, 6, in: first),
    ] { try balance.add(posting) }
    let rows = balance.rows.map {
        "\($0.key.book) \($0.key.account) \($0.key.counterparty?.name ?? "-") "
            + "\($0.key.currency) \($0.amount)"
    }
    #expect(
        rows == [
            "a 1010 - CNY 5", "a 1010 - USD 2", "a 1310 b CNY 4", "a 1310 c CNY 3",
            "b 1010 - CNY 7",
        ])
}

@Test func `an empty trial balance is balanced`() throws { try TrialBalance().check() }

@Test func `the first unbalanced book in order is named`() throws {
    let currency = try #require(yuan)
    var balance = TrialBalance()
    for book in ["c", "b", "d"] { try balance.add(line(book, .cash, 7, in: currency)) }
    #expect(throws: UnbalancedGroup.book(BookID("b"), currency, sum: 7)) { try balance.check() }
}

@Test func `a chart names its accounts and falls back to the number`() {
    let chart = ChartOfAccounts([
        .init(account: .interest, name: "Interest", kind: .asset),
        .init(account: .cash, name: "Kasse", kind: .asset),
        .init(account: .cash, name: "Cash", kind: .asset),
    ])
    #expect(chart.entries.map(\.name) == ["Cash", "Interest"])
    #expect(chart.entry(of: .cash)?.kind == .asset)
    #expect(chart.name(of: .principal) == "1110")
    #expect(Account.commitments.isMemorandum)
    #expect(!Account.serviceFeeExpense.isMemorandum)
    #expect(Account.required.filter(\.isInterparty) == [.dueToFrom, .dueToFromHeld, .reserve])
    #expect(Account.required.filter(\.isDue) == [.dueToFrom, .dueToFromHeld])
}
