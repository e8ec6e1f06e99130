import LendingRules
import Monetary
import TestSupport
import Testing

/// Covers by hand: what each event makes of ceiling, available, invoked and unabsorbed.
struct CoverAccountTests {
    /// A case as text: events with what each must lead to, `ceiling available invoked unabsorbed`.
    struct Story: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let kind: CoverTerms.Kind
        let lines: String
    }

    @Test(arguments: [
        Story(
            testDescription: "the case of the RBI, in lakh, and how it goes on",
            kind: .frozenSet(percent: .parts(5, of: 100), setLimit: 4_000),
            lines: """
                disbursed 1000 -> 200 50 0 0
                disbursed 1000 -> 200 100 0 0
                matured 500    -> 200 100 0 0
                defaulted 200  -> 200 0 100 100
                recovered 100  -> 200 0 100 100
                disbursed 1000 -> 200 50 100 100
                disbursed 2000 -> 200 100 100 100
                writtenOff 50  -> 200 100 100 100
                toppedUp 1000  -> 200 100 100 100
                defaulted 30   -> 200 70 130 100
                defaulted 71   -> 200 0 200 101
                """),
        Story(
            testDescription: "a part of what is outstanding falls with repayments and losses",
            kind: .outstanding(percent: .parts(5, of: 100)),
            lines: """
                disbursed 10019 -> 500 500 0 0
                matured 4000    -> 300 300 0 0
                defaulted 120   -> 300 180 120 0
                recovered 20    -> 299 179 120 0
                writtenOff 3999 -> 100 0 120 0
                defaulted 7     -> 100 0 120 7
                toppedUp 50     -> 100 0 120 7
                disbursed 1000  -> 150 30 120 7
                matured 5000    -> 0 0 120 7
                """),
        Story(
            testDescription: "a reserve that is filled up by what is recovered",
            kind: .reserve(amount: 1_000, replenishes: true),
            lines: """
                disbursed 90000 -> 1000 1000 0 0
                recovered 300   -> 1000 1000 0 0
                defaulted 800   -> 1300 500 800 0
                defaulted 700   -> 1300 0 1300 200
                recovered 400   -> 1700 400 1300 200
                recovered 2000  -> 2300 1000 1300 200
                toppedUp 250    -> 2550 1250 1300 200
                matured 5       -> 2550 1250 1300 200
                """),
        Story(
            testDescription: "a reserve that its provider fills up: recoveries come first",
            kind: .reserve(
                amount: 1_000, replenishes: true, topUp: CoverTopUp(every: .day, atMost: 900)),
            lines: """
                fillUp 0       -> 1000 1000 0 0
                defaulted 800  -> 1000 200 800 0
                recovered 300  -> 1300 500 800 0
                fillUp 500     -> 1800 1000 800 0
                fillUp 0       -> 1800 1000 800 0
                recovered 500  -> 2300 1500 800 0
                defaulted 1400 -> 2300 100 2200 0
                fillUp 400     -> 2700 500 2200 0
                fillUp 0       -> 2700 500 2200 0
                """),
        Story(
            testDescription: "a reserve that its provider fills up without end",
            kind: .reserve(amount: 100, replenishes: false, topUp: CoverTopUp(every: .month)),
            lines: """
                defaulted 130 -> 100 0 100 30
                recovered 50  -> 100 0 100 30
                fillUp 100    -> 200 100 100 30
                toppedUp 25   -> 225 125 100 30
                fillUp 0      -> 225 125 100 30
                defaulted 60  -> 225 65 160 30
                fillUp 35     -> 260 100 160 30
                """),
        Story(
            testDescription: "a reserve that is not",
            kind: .reserve(amount: 1_000, replenishes: false),
            lines: """
                defaulted 800  -> 1000 200 800 0
                recovered 500  -> 1000 200 800 0
                toppedUp 100   -> 1100 300 800 0
                defaulted 301  -> 1100 0 1100 1
                writtenOff 301 -> 1100 0 1100 1
                """),
    ])
    func `each event leads to what a person computes`(story: Story) throws {
        var account = CoverAccount(story.kind)
        for line in story.lines.split(separator: "\n") {
            if line.hasPrefix("fillUp") {
                #expect(try account.fillUp() == Int64(line.split(separator: " ")[1]), "\(line)")
            } else {
                try account.take(CoverEvent(line))
            }
            let told = line.split(separator: ">")[1].split(separator: " ").map(String.init)
            #expect(account.told == told, "\(line)")
        }
    }

    @Test
    func `what a correction gives back is there again only where it is restored`() throws {
        let kind = CoverTerms.Kind.reserve(amount: 1_000, replenishes: false)
        var (restored, used) = (CoverAccount(kind), CoverAccount(kind))
        for loss in [600, 500] as [Int64] {
            try restored.take(.defaulted(loss))
            try used.take(.defaulted(loss))
        }
        try restored.giveBack(300, isRestored: true)
        try used.giveBack(300, isRestored: false)
        #expect(restored.told == ["1000", "300", "700", "100"])
        #expect(used.told == ["1000", "0", "1000", "100"])
        for isRestored in [true, false] {
            #expect(throws: CoverError.givesBackTooMuch(paid: 700)) {
                try restored.giveBack(701, isRestored: isRestored)
            }
            #expect(throws: CoverError.givesBackTooMuch(paid: 700)) {
                try used.giveBack(701, isRestored: isRestored)
            }
            #expect(throws: CoverError.notAboveZero(0)) {
                try used.giveBack(0, isRestored: isRestored)
            }
        }
    }

    @Test
    func `a reserve is full again also where recoveries are taken back`() throws {
        var account = CoverAccount(
            .reserve(amount: 100, replenishes: true, topUp: CoverTopUp(every: .day)),
            figures: CoverFigures(recovered: 80, invoked: 180))
        #expect(account.told == ["180", "0", "180", "0"])
        var taken = CoverMovement(from: nil, to: LenderPosition())
        taken.recovered = -30
        try account.move(taken)
        #expect(try account.fillUp() == 130 && account.available == 100)
    }

    @Test
    func `an amount that is not above zero or does not fit changes nothing`() throws {
        let events: [(Int64) -> CoverEvent] = [
            { .disbursed($0) }, { .matured($0) }, { .defaulted($0) }, { .recovered($0) },
            { .writtenOff($0) }, { .toppedUp($0) },
        ]
        for event in events {
            var account = CoverAccount(.reserve(amount: 5, replenishes: true))
            try account.take(event(2))
            let before = account
            #expect(throws: CoverError.notAboveZero(0)) { try account.take(event(0)) }
            #expect(throws: CoverError.notAboveZero(-1)) { try account.take(event(-1)) }
            #expect(throws: CoverError.overflow) { try account.take(event(.max)) }
            #expect(account == before)
        }
    }

    @Test
    func `percents of the greatest amounts are exact`() throws {
        let share = Share.parts(9_999_999_999, of: 10_000_000_000)
        var account = CoverAccount(.frozenSet(percent: share, setLimit: .max))
        try account.take(.disbursed(.max))
        // 2⁶³ − 1 less its ten-thousand-millionth, which is 922337203.68…
        #expect(account.available == Int64.max - 922_337_204)
        #expect(account.ceiling == account.available)
    }
}

extension CoverAccount {
    /// Ceiling, available, invoked, unabsorbed.
    var told: [String] { [ceiling, available, invoked, unabsorbed].map { "\($0)" } }
}

extension CoverEvent {
    /// An event as tests write it: `disbursed 10 -> …`.
    init(_ line: Substring) throws {
        let words = line.split(separator: " ")
        let amount = try #require(words.count > 1 ? Int64(words[1]) : nil)
        switch words[0] {
        case "disbursed": self = .disbursed(amount)
        case "matured": self = .matured(amount)
        case "defaulted": self = .defaulted(amount)
        case "recovered": self = .recovered(amount)
        case "writtenOff": self = .writtenOff(amount)
        case "toppedUp": self = .toppedUp(amount)
        default: throw Violation(description: "no event: \(line)")
        }
    }
}

extension Share {
    /// A share of tests, which is known to be one.
    static func parts(_ numerator: Int64, of denominator: Int64) -> Share {
        guard let share = try? Share(numerator, of: denominator) else {
            preconditionFailure("no share")
        }
        return share
    }
}
