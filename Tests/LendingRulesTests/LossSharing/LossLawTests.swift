import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// What holds of every date's losses.
struct LossLawTests {
    @Test
    func `what layers bear and what is left make the loss`() throws {
        try Property.check(5_000) { random in
            let cases = Self.cases(&random)
            let outcome = try LossRun.run(cases, covers: [:], on: SampleDates.june)
            for entry in cases where entry.isDue {
                let left = outcome.left.filter { $0.loan == entry.loan }
                let draws = outcome.draws.filter { $0.loan == entry.loan }
                let loss = entry.stakes.reduce(Int64(0)) { $0 + $1.loss }
                let borne = draws.reduce(Int64(0)) { $0 + $1.taken.total }
                let rest = left.reduce(Int64(0)) { $0 + $1.amounts.total }
                try hold(borne + rest == loss, "\(entry.loan): \(borne) + \(rest) of \(loss)")
                try hold(left.count == entry.stakes.count, "somebody is not told")
                for stake in entry.stakes { try check(stake, outcome, entry.loan) }
            }
            let due = Set(cases.filter(\.isDue).map(\.loan))
            try hold(outcome.left.allSatisfy { due.contains($0.loan) }, "nothing was due")
        }
    }

    /// Each lender's own sum, and nothing below zero.
    private func check(_ stake: LossStake, _ outcome: LossOutcome, _ loan: LoanID) throws {
        var rest = stake.loss
        for draw in outcome.draws where draw.loan == loan && draw.lender == stake.party {
            try hold(draw.taken.principal >= 0 && draw.taken.interest >= 0, "below zero")
            try hold(
                draw.taken.principal <= draw.asked.principal
                    && draw.taken.interest <= draw.asked.interest, "more than was asked")
            let isPaid = draw.taken == draw.asked && draw.asked != .zero
            try hold((draw.shortfall == nil) == isPaid, "no word of why")
            rest -= draw.taken.total
        }
        for payment in outcome.transfers where payment.loan == loan {
            try hold(payment.amount > 0, "a payment of nothing")
            if payment.from == stake.party { rest += payment.amount }
            if payment.to == stake.party { rest -= payment.amount }
        }
        let left = outcome.left.first { $0.loan == loan && $0.lender == stake.party }?.amounts
        try hold(left?.total == rest, "\(stake.party) has \(left?.total ?? -1), not \(rest)")
        try hold((left?.principal ?? -1) >= 0 && (left?.interest ?? -1) >= 0, "below zero")
    }

    @Test
    func `no layer pays above its cap, and covers count what layers pay`() throws {
        try Property.check(5_000) { random in
            let cases = Self.cases(&random)
            let given = Self.covers(of: cases, &random)
            let outcome = try LossRun.run(cases, covers: given, on: SampleDates.june)
            for (id, cover) in outcome.covers {
                let before = given[id] ?? CoverAccount(cover.kind)
                let paid = outcome.draws.filter { $0.cover == id }.reduce(Int64(0)) {
                    $0 + $1.taken.total
                }
                try hold(cover.invoked - before.invoked == paid, "\(id) counts otherwise")
                try hold(paid <= before.available, "\(id) pays \(paid), above its cap")
                let refused = outcome.draws.filter { $0.cover == id && $0.isAccepted }
                    .reduce(Int64(0)) { $0 + $1.asked.total - $1.taken.total }
                try hold(cover.unabsorbed - before.unabsorbed == refused, "\(id) loses a loss")
            }
        }
    }

    @Test
    func `neither the order of loans nor shards matter`() throws {
        try Property.check(5_000) { random in
            let cases = Self.cases(&random)
            let given = Self.covers(of: cases, &random)
            let whole = try LossRun.run(cases, covers: given, on: SampleDates.june)
            let shuffled = try LossRun.run(
                cases.shuffled(using: &random), covers: given, on: SampleDates.june)
            try hold(whole == shuffled, "the order of loans matters")
            var shards = [[LossCase]](repeating: [], count: random.pick(1...4))
            for entry in cases { shards[random.pick(0...shards.count - 1)].append(entry) }
            let sorted = shards.flatMap { $0.sorted(by: LossRun.precedes) }
            try hold(
                whole == LossRun.run(sorted, covers: given, on: SampleDates.june),
                "shards matter")
        }
    }

    @Test
    func `what is not due changes nothing`() throws {
        try Property.check(2_000) { random in
            let cases = Self.cases(&random)
            let given = Self.covers(of: cases, &random)
            let whole = try LossRun.run(cases, covers: given, on: SampleDates.june)
            let due = try LossRun.run(
                cases.filter(\.isDue), covers: given, on: SampleDates.june)
            try hold(whole == due, "loans that are not due matter")
        }
    }

    @Test
    func `lenders bear what is left by their own shares to the cent`() throws {
        try Property.check(5_000) { random in
            let first = Int64(random.pick(0...10))
            let layer = LossLayer.shared(["harbor": first, "meridian": 10 - first], of: 10)
            let stakes = ["harbor", "meridian"].map { name in
                LossStake(
                    party: PartyID(name),
                    claim: LossAmounts(principal: random.magnitude(digits: 6)))
            }
            let entry = LossCase(
                loan: LoanID("A"), agreement: LossStory.agreement,
                terms: LossTerms(layers: [layer]), disbursedOn: SampleDates.loan, daysPastDue: 9,
                previousDaysPastDue: 8, isWrittenOff: true, stakes: stakes)
            let outcome = try LossRun.run([entry], covers: [:], on: SampleDates.june)
            let total = stakes.reduce(Int64(0)) { $0 + $1.claim.principal }
            // Twice the error of the part of ten, in whole numbers.
            let error = outcome.left[0].amounts.principal * 10 - total * first
            try hold(abs(error) <= 5, "harbor bears \(outcome.left[0]) of \(total)")
        }
    }
}

// MARK: - Drawing

extension LossLawTests {
    private static let parties = ["platform", "harbor", "meridian"]

    private static func cases(_ random: inout SeededGenerator) -> [LossCase] {
        let terms = LossTerms(
            layers: (0..<random.pick(0...4)).map { layer($0, &random) },
            chargeOffAt: random.isOne(in: 2) ? 120 : nil)
        return (0..<random.pick(1...8)).map { number in
            let days = random.pick([0, 5, 29, 30, 31, 90, 91, 120, 121])
            return LossCase(
                loan: LoanID("L-\(number)"), agreement: LossStory.agreement, terms: terms,
                disbursedOn: SampleDates.loan, daysPastDue: days,
                previousDaysPastDue: random.isOne(in: 3) ? 0 : max(0, days - 1),
                instructed: random.isOne(in: 4) ? ["layer-0", "layer-1"] : [],
                isWrittenOff: random.isOne(in: 4),
                stakes: parties.prefix(random.pick(1...3)).map { stake($0, days, &random) })
        }
    }

    private static func stake(
        _ party: String, _ days: Int, _ random: inout SeededGenerator
    ) -> LossStake {
        let claim = amounts(&random)
        let paid = random.isOne(in: 3) ? amounts(&random) : .zero
        let instalments = (0..<random.pick(0...3)).map { place in
            let days = max(0, days - 30 * place)
            return InstalmentStake(
                number: place + 1, daysPastDue: days, previousDaysPastDue: max(0, days - 1),
                claim: amounts(&random))
        }
        return LossStake(
            party: PartyID(party), claim: claim, paid: paid, instalments: instalments)
    }

    private static func amounts(_ random: inout SeededGenerator) -> LossAmounts {
        LossAmounts(
            principal: random.pick(0...1) * random.magnitude(digits: 5),
            interest: random.pick(0...1) * random.magnitude(digits: 3))
    }

    private static func layer(_ number: Int, _ random: inout SeededGenerator) -> LossLayer {
        if random.isOne(in: 5) {
            return .shared(["platform": 5, "harbor": 3, "meridian": 2], of: 10)
        }
        let trigger = random.pick([
            LossTrigger.daysPastDue(30), .daysPastDue(90), .chargeOff, .instruction,
        ])
        return .first(
            "layer-\(number)", by: random.pick(["platform", "keystone"]), on: trigger,
            way: random.pick([.invocation, .compensation(.loan), .compensation(.instalment)]),
            both: random.isOne(in: 2),
            share: random.isOne(in: 2) ? .parts(random.pick(1...9), of: 9) : nil,
            cover: random.isOne(in: 4) ? nil : cover(&random))
    }

    private static func cover(_ random: inout SeededGenerator) -> CoverTerms {
        let percent = Share.parts(5, of: 100)
        let kind = random.pick([
            CoverTerms.Kind.frozenSet(percent: percent, setLimit: 1_000_000),
            .outstanding(percent: percent), .reserve(amount: random.magnitude(digits: 5)),
        ])
        return CoverTerms(
            kind: kind, span: random.pick(CoverTerms.Span.allCases),
            latestDaysPastDue: random.isOne(in: 3) ? 120 : nil,
            expiresOn: random.isOne(in: 6) ? SampleDates.loan : nil)
    }

    /// Most covers of the cases as they may stand.
    private static func covers(of cases: [LossCase], _ random: inout SeededGenerator)
        -> [CoverID: CoverAccount]
    {
        var covers: [CoverID: CoverAccount] = [:]
        for entry in cases {
            for layer in entry.terms.layers {
                guard case .provided(let provision) = layer.bearing, let cover = provision.cover
                else { continue }
                for stake in entry.stakes where !random.isOne(in: 4) {
                    guard
                        let id = entry.cover(
                            of: layer, for: stake.party, on: SampleDates.june)
                    else { continue }
                    covers[id] = CoverAccount(
                        cover.kind,
                        figures: CoverFigures(
                            disbursed: random.magnitude(digits: 7),
                            matured: random.magnitude(digits: 5),
                            invoked: random.magnitude(digits: 3)))
                }
            }
        }
        return covers
    }
}

extension LossStake {
    /// What it loses at the trigger.
    fileprivate var loss: Int64 {
        max(0, claim.principal - paid.principal) + max(0, claim.interest - paid.interest)
    }
}

extension LossDraw {
    /// Whether the cover was asked at all.
    fileprivate var isAccepted: Bool { shortfall == nil || shortfall == .exhausted }
}
