import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// What holds whenever payments are taken back, one after the other, that earlier decisions had
/// counted with.
struct RevivalLawTests {
    @Test
    func `a claim sold whole leaves its seller nothing, whatever revives`() throws {
        try Property.check(60) { random in
            let life = RevivalLife(&random, from: "02-21", days: 20)
            let told = try LossScenario(
                [:], "\(life.text); O1 02-20 order sale harbor>keystone @\(random.pick(90...103))%",
                to: "03-15")
            for date in life.dates {
                let left = try told.principal(1, date)
                try hold(left == 0, "\(left) stays with harbor on \(date): \(life.text)")
            }
        }
    }

    @Test
    func `what follows a part sold is that part of all that revives, rounded once`() throws {
        try Property.check(60) { random in
            let life = RevivalLife(&random, from: "02-21", days: 20)
            let part = random.pick(1...9_999)
            let told = try LossScenario(
                [:],
                "\(life.text); O1 02-20 order sale harbor>keystone \(Story.text(Int64(part)))%",
                to: "03-15")
            let all = told.decided.map(\.kind).compactMap { kind -> Int64? in
                if case .assigned(let one) = kind { one.claims.principal } else { nil }
            }
            guard let gone = all.first else { return }
            let sold = Story.date("02-20")
            func there(_ facts: [LoanFact]) throws -> Int64 {
                let lenders = try told.story.contract.position(
                    facts: facts.filter { $0.bookingDate <= sold }, at: sold
                ).lenders
                return lenders[1].claims.allPrincipal + lenders[2].claims.allPrincipal
            }
            let had = try there(told.facts)
            let revived = try there(told.facts.neverCame) - had
            let followed = all.dropFirst().reduce(0, +)
            try hold(
                followed == revived * gone / had,
                "\(followed) of \(revived) follow \(gone) of \(had): \(life.text)")
        }
    }

    /// At par plus accrued; the last payment is taken back after the sale.
    @Test
    func `who sold into a pool has the cash that it would have, had payments never come`() throws {
        try Property.check(60) { random in
            let life = RevivalLife(&random, from: "02-21", days: 20)
            let cutOff = random.pick(["01-31", "02-03", "02-10", "02-19"])
            func sold(_ text: String) throws -> LossScenario {
                let claims = try LossScenario([:], text, to: cutOff).whole.position(cutOff)
                    .lenders[1].claims.total
                return try LossScenario(
                    [:], "\(text); O1 02-20 count harbor>keystone \(cutOff) @\(Story.text(claims))",
                    to: "03-15")
            }
            let (told, other) = (try sold(life.text), try sold(life.standing))
            let (cash, wanted) = (try told.cash(of: 1), try other.cash(of: 1))
            try hold(cash == wanted, "\(cash) and not \(wanted) at \(cutOff): \(life.text)")
            let left = try told.principal(1, "03-15")
            try hold(left == 0, "\(left) stays with harbor: \(life.text)")
        }
    }

    @Test
    func `an invocation comes to the loss of its date, sold or not, but for what people took back`()
        throws
    {
        try Property.check(40) { random in
            let life = RevivalLife(&random, from: "03-27", days: 12)
            let reserve = random.pick(10_000...90_000)
            let terms = Self.terms("invocation", reserve)
            let before = try LossScenario(terms, life.text, to: "03-24")
            guard let decision = before.decided.first else { return }
            let back = random.isOne(in: 2) ? random.pick(1...9_000) : 0
            var text = "\(life.text); O1 03-25 order sale harbor>platform"
            if back > 0 {
                text += "; O2 03-26 correct \(decision.id) -\(Story.text(Int64(back)))/0/0"
            }
            let told = try LossScenario(terms, text, to: "04-10")
            let date = decision.valueDate
            let loss = try told.story.contract.position(
                facts: told.facts.neverCame.filter { $0.valueDate <= date }, at: date
            ).lenders[1].claims.allPrincipal
            let paid = told.decided.map(\.kind).reduce(Int64(0)) { sum, kind in
                if case .indemnified(let one) = kind { sum + one.amounts.principal } else { sum }
            }
            try hold(
                paid == min(loss, Int64(reserve)) - Int64(back),
                "\(paid) paid of \(loss), cover \(reserve), \(back) taken back: \(text)")
            let left = try told.principal(1, "04-10")
            try hold(left == 0, "\(left) stays with harbor: \(text)")
        }
    }

    @Test
    func `compensated and sold on, all that revives ends at today's holder`() throws {
        try Property.check(40) { random in
            let life = RevivalLife(&random, from: "03-26", days: 14)
            let told = try LossScenario(
                Self.terms("compensation", nil),
                "\(life.text); O1 03-25 order sale keystone>platform", to: "04-10")
            for date in life.dates {
                let (lender, guarantor) = (
                    try told.principal(1, date), try told.principal(2, date)
                )
                try hold(
                    lender == 0 && guarantor == 0,
                    "harbor \(lender), keystone \(guarantor) on \(date): \(life.text)")
            }
        }
    }

    @Test
    func `compensated by instalment, in the end everybody has what the payments that stand leave`()
        throws
    {
        try Property.check(60) { random in
            let life = RevivalLife(&random, from: "02-21", days: 48)
            let terms = Self.terms("compensation", nil, scope: "instalment")
            let told = try LossScenario(terms, life.text, to: "04-10")
            let plain = try LossScenario(terms, life.standing, to: "04-10")
            for (place, shares) in try told.shares.enumerated() {
                let there = try plain.shares[place]
                try hold(shares == there, "\(place): \(shares), not \(there): \(life.text)")
            }
        }
    }

    @Test
    func `an instalment compensated and sold whole leaves its guarantor nothing`() throws {
        try Property.check(60) { random in
            let life = RevivalLife(&random, from: "02-21", days: 48)
            let sold = Story.date("02-22").adding(days: random.pick(0...46))
            let terms = Self.terms("compensation", nil, scope: "instalment")
            let text = "\(life.text); O1 \(Story.text(of: sold)) order sale keystone>platform"
            let told = try LossScenario(terms, text, to: "04-10")
            let plain = try LossScenario(terms, life.standing, to: "04-10")
            let shares = try told.shares
            let there = try plain.shares
            try hold(shares[1] == there[1], "harbor has \(shares[1]), not \(there[1]): \(text)")
            for number in told.instalments(compensatedBefore: sold) {
                let left = shares[2][number - 1]
                try hold(left == 0, "keystone has \(left) of instalment \(number): \(text)")
            }
        }
    }

    private static func terms(_ way: String, _ reserve: Int?, scope: String? = nil) -> Story.Words {
        var layer: Story.Words = [
            "name": "first-loss", "provider": "keystone", "lenders": ["harbor"], "trigger": 20,
            "way": way,
        ]
        if let scope { (layer["scope"], layer["covers"]) = (scope, "principal-and-interest") }
        if let reserve {
            layer["cover"] = ["kind": "reserve", "amount": Story.text(Int64(reserve))]
        }
        return ["layers": [layer]]
    }
}

/// A borrower who has paid a little between 02-01 and 02-19, of which nothing is true in the end:
/// less than two instalments, so that the loan is past due on 03-21 whatever has come.
private struct RevivalLife {
    let text: String
    /// Those of its payments that nobody takes back.
    let standing: String
    /// On which payments are taken back.
    let dates: [String]

    init(_ random: inout SeededGenerator, from first: String, days: Int) {
        var (facts, standing, dates) = ([String](), [String](), [String]())
        for number in 1...random.pick(1...4) {
            let paid = Story.text(of: Story.date("02-01").adding(days: random.pick(0...18)))
            facts.append("P\(number) \(paid) \(Story.text(Int64(random.pick(1_000...20_000))))")
            let back = Story.text(of: Story.date(first).adding(days: random.pick(0...days)))
            if random.isOne(in: 5) {
                standing.append(facts[facts.count - 1])
                continue
            }
            facts.append("-P\(number) \(back)")
            dates.append(back)
        }
        text = facts.joined(separator: "; ")
        self.standing = standing.joined(separator: "; ")
        self.dates = dates
    }
}

extension LossScenario {
    /// All that a lender has got by the end of 03-15.
    fileprivate func cash(of lender: Int) throws -> Int64 {
        let position = try whole.position("03-15")
        return position.effects.reduce(position.lenders[lender].paid.total) {
            $0 + $1.cash[lender]
        }
    }

    fileprivate func principal(_ lender: Int, _ date: String) throws -> Int64 {
        try whole.position(date).lenders[lender].claims.allPrincipal
    }

    /// Numbers of the instalments of which it was decided before a date.
    fileprivate func instalments(compensatedBefore date: BusinessDate) -> [Int] {
        decided.compactMap { fact in
            if case .assigned(let one) = fact.kind, one.reason == .compensation,
                one.corrects.isEmpty, fact.valueDate < date
            {
                one.throughInstalment
            } else {
                nil
            }
        }
    }

    /// What each party has left of the principal of each instalment at the end.
    fileprivate var shares: [[Int64]] {
        get throws {
            try story.contract.planShares(facts: facts).map { $0.map(\.principal) }
        }
    }
}

extension [LoanFact] {
    /// Without payments taken back, and what takes them back.
    fileprivate var neverCame: [LoanFact] {
        var gone: Set<String> = []
        for fact in self {
            if case .reversal(let payment) = fact.kind { gone.formUnion([payment, fact.id]) }
        }
        return filter { !gone.contains($0.id) }
    }
}
