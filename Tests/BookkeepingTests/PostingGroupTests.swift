import Bookkeeping
import Monetary
import TestSupport
import Testing

/// A payout of 100.00 of which a bank funds 70.00 (RULES § 8).
private func payout(_ currency: Currency, bankClaim: Int64 = 70_00, mirror: Int64 = -70_00)
    -> [Posting]
{
    [
        line("platform", .principal, 30_00, in: currency),
        line("platform", .dueToFrom, 70_00, with: "harbor", in: currency),
        line("platform", .payoutInFlight, -100_00, in: currency),
        line("harbor", .principal, bankClaim, in: currency),
        line("harbor", .dueToFrom, mirror, with: "platform", in: currency),
    ]
}

@Test func `a payout balances in every book and mirrors between them`() throws {
    let currency = try #require(yuan)
    let zero = line("summit", .cash, 0, in: currency)
    let group = try PostingGroup(payout(currency) + [zero])
    #expect(group.postings == payout(currency))
    #expect(try PostingGroup([]).postings.isEmpty)
}

@Test func `a book that does not balance is named with its difference`() throws {
    let currency = try #require(yuan)
    #expect(throws: UnbalancedGroup.book(BookID("harbor"), currency, sum: -1)) {
        try PostingGroup(payout(currency, bankClaim: 69_99))
    }
}

@Test func `a pair that does not mirror is named with its difference`() throws {
    let currency = try #require(yuan)
    #expect(
        throws: UnbalancedGroup.pair(
            BookID("harbor"), BookID("platform"), currency, difference: 1)
    ) {
        try PostingGroup(payout(currency, bankClaim: 69_99, mirror: -69_99))
    }
}

@Test func `open and held claims mirror apart`() throws {
    let currency = try #require(yuan)
    let lines = [
        line("a", .dueToFrom, 5, with: "b", in: currency), line("a", .cash, -5, in: currency),
        line("b", .dueToFromHeld, -5, with: "a", in: currency), line("b", .cash, 5, in: currency),
    ]
    #expect(throws: UnbalancedGroup.pair(BookID("a"), BookID("b"), currency, difference: 5)) {
        try PostingGroup(lines)
    }
}

@Test func `a claim on oneself never mirrors`() throws {
    let currency = try #require(yuan)
    #expect(throws: UnbalancedGroup.pair(BookID("a"), BookID("a"), currency, difference: 10)) {
        try PostingGroup([
            line("a", .dueToFrom, 5, with: "a", in: currency), line("a", .cash, -5, in: currency),
        ])
    }
}

@Test func `memorandum accounts balance apart from money`() throws {
    let currency = try #require(yuan)
    let commitment = [
        line("harbor", .commitments, 70, in: currency),
        line("harbor", .commitmentsContra, -70, in: currency),
    ]
    #expect(try PostingGroup(commitment).postings.count == 2)
    #expect(throws: UnbalancedGroup.book(BookID("harbor"), currency, sum: -70)) {
        try PostingGroup([commitment[0], line("harbor", .cash, -70, in: currency)])
    }
}

@Test func `currencies balance apart`() throws {
    let (first, second) = (try #require(yuan), try #require(dollar))
    #expect(throws: UnbalancedGroup.book(BookID("a"), first, sum: 5)) {
        try PostingGroup([
            line("a", .cash, 5, in: first), line("a", .unallocated, -5, in: second),
        ])
    }
}

@Test func `sums beyond 64 bits are refused`() throws {
    let currency = try #require(yuan)
    #expect(throws: UnbalancedGroup.overflow) {
        try PostingGroup([
            line("a", .cash, .max, in: currency), line("a", .cash, 1, in: currency),
        ])
    }
    #expect(throws: UnbalancedGroup.overflow) {
        try PostingGroup([
            line("a", .cash, .max, in: currency), line("a", .interest, 1, in: currency),
        ])
    }
    #expect(throws: UnbalancedGroup.overflow) {
        try PostingGroup([
            line("a", .dueToFrom, .min, with: "b", in: currency),
            line("a", .cash, .max, in: currency), line("a", .interest, 1, in: currency),
            line("b", .dueToFrom, .min, with: "a", in: currency),
            line("b", .cash, .max, in: currency), line("b", .interest, 1, in: currency),
        ])
    }
}

@Test func `any group off by one minor unit is refused`() throws {
    let currency = try #require(yuan)
    try Property.check(20_000) { random in
        var lines: [Posting] = []
        for _ in 0..<random.pick(1...4) {
            let (payer, payee) = random.pick([("p", "a"), ("a", "b"), ("b", "p")])
            let amount = random.pick(1...100_000 as ClosedRange<Int64>)
            lines += [
                line(payer, .dueToFrom, -amount, with: payee, in: currency),
                line(payer, .cash, amount, in: currency),
                line(payee, .dueToFrom, amount, with: payer, in: currency),
                line(payee, .cash, -amount, in: currency),
            ]
        }
        _ = try PostingGroup(lines)
        let index = random.pick(0...lines.count - 1)
        let wrong = lines[index]
        lines[index] = Posting(
            book: wrong.book, account: wrong.account, counterparty: wrong.counterparty,
            currency: wrong.currency, amount: wrong.amount + (random.isOne(in: 2) ? 1 : -1))
        let refusal = (try? PostingGroup(lines)) == nil
        try hold(refusal, "line \(index) of \(lines) is off by one and passes")
    }
}
