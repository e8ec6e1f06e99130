import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport

/// Loans whose banks answer, stay silent, speak up late, go down and come back at random, while
/// runs are killed; what they end in is decided by the banks' books.
struct RandomFunding {
    static let loans = ["L1", "L2", "L3"]
    let seeded: SeededCase
    let acceptsParts: Bool
    private let onRefusal: RefusalRule
    private let fallback: [PartyID]
    private let inDoubtDays: Int
    private let keyWindowDays: Int?
    private let fates: [String: TestBanks.Fate]
    private let stubborn: Set<String>
    private var random: SeededGenerator
    private var spoken = 0

    init(_ seeded: SeededCase) {
        self.seeded = seeded
        var random = seeded.generator
        acceptsParts = random.isOne(in: 2)
        onRefusal = random.pick(RefusalRule.allCases)
        fallback = random.pick([
            [], [TestTerms.summit], [TestTerms.summit, TestTerms.orchard],
            [TestTerms.orchard, TestTerms.harbor, TestTerms.summit],
        ])
        inDoubtDays = random.pick(1...3)
        keyWindowDays = random.pick([nil, 1, 2])
        var fates: [String: TestBanks.Fate] = [:]
        var stubborn: Set<String> = []
        for loan in Self.loans {
            for party in ["harbor", "meridian", "summit", "orchard"] {
                for number in 1...5 {
                    let key = "\(loan).\(party).\(number)"
                    fates[key] = Self.fate(of: key, &random)
                    if random.isOne(in: 9) { stubborn.insert(key) }
                }
            }
        }
        (self.fates, self.stubborn, self.random) = (fates, stubborn, random)
    }

    private static func fate(of key: String, _ random: inout SeededGenerator) -> TestBanks.Fate {
        switch random.pick(0...10) {
        case 0, 1: .refused
        case 2: .pending
        case 3: .answerLost(TestBanks.accepted(key))
        case 4: .answerLost(TestBanks.refused)
        case 5: .lost
        case 6: .late(seconds: random.pick(1...9 as ClosedRange<Int64>))
        case 7: .always(.unknown(.init("garbage")))
        case 8: .part(random.pick(-1...800_00 as ClosedRange<Int64>))
        default: .accepted
        }
    }

    /// Lives through some dates, then lets everybody answer until nothing is left to do.
    mutating func lived() async throws -> TestHouse {
        let clock = TestClock()
        let snapshots = Snapshots(
            store: MemoryStore(), banks: TestBanks(clock: clock), clock: clock)
        let house = try RerouteHouse.house(
            onRefusal: onRefusal, fallback: fallback, acceptsParts: acceptsParts,
            inDoubtDays: inDoubtDays, keyWindowDays: keyWindowDays, store: snapshots.store,
            banks: snapshots.banks, clock: clock
        ) { snapshots.pass($0) }
        house.banks.change { [fates, stubborn, window = keyWindowDays] in
            ($0.fates, $0.reversalsRefused) = (fates, stubborn)
            $0.keyWindowDays = window
        }
        try await house.book(
            LoanFile.row("L1", product: "orphan"), LoanFile.row("L2", product: "contested"),
            LoanFile.row("L3", product: "contested"))
        var callbacks = CallbackHouse(over: house)
        for _ in 0..<4 {
            disturb(house)
            for _ in 0..<random.pick(1...2) {
                try await speak(house, callbacks)
                if try await funded(house, snapshots) { callbacks = CallbackHouse(over: house) }
            }
            try await nextDate(house)
        }
        house.banks.change { $0.down = [] }
        for _ in 0..<14 {
            house.banks.change { $0.silence = [:] }
            _ = try await house.fund().run()
            try await resolve(house)
            try await nextDate(house)
        }
        return house
    }

    /// Two persons say what banks' books hold under keys that the banks have dropped.
    private func resolve(_ house: TestHouse) async throws {
        let resolve = ResolveRequest(store: house.store, surroundings: house.surroundings)
        for (key, held) in house.store.world.requests.sorted(by: { $0.key < $1.key })
        where held.state == .reversalInDoubt {
            let outcome: ResolutionOutcome =
                switch house.banks.now.answers[key] {
                case .accepted, .acceptedPart: .accepted
                default: .notFunded
                }
            for name in ["ann", "ben"] {
                _ = try await resolve.run(
                    key, outcome, reason: "the bank's books", by: try Person(name))
            }
        }
    }

    /// True when the run was killed: what was written after a point is gone, there and here.
    private mutating func funded(_ house: TestHouse, _ snapshots: Snapshots) async throws -> Bool {
        snapshots.forget()
        let batch = random.pick([1, 2, 500])
        _ = try await house.fund { $0.batch = batch }.run()
        guard random.isOne(in: 3), !snapshots.points.isEmpty else { return false }
        let point = random.pick(snapshots.points)
        house.store.write { $0 = point.world }
        house.banks.change { $0 = point.banks }
        return true
    }

    private mutating func disturb(_ house: TestHouse) {
        let parties = [TestTerms.harbor, TestTerms.meridian, TestTerms.summit]
        let down = random.isOne(in: 3) ? random.pick(parties) : nil
        var silence: [String: Int] = [:]
        for key in fates.keys.sorted() where random.isOne(in: 5) {
            silence[key] = random.pick(1...9)
        }
        house.banks.change {
            $0.down = Set([down].compactMap(\.self))
            $0.silence = silence
        }
    }

    /// A bank tells of a request what its books say, with a count that grows with its life.
    private mutating func speak(_ house: TestHouse, _ callbacks: CallbackHouse) async throws {
        for key in house.banks.now.answers.keys.sorted() where random.isOne(in: 3) {
            if house.banks.now.hasDropped(key) { continue }
            guard let request = house.store.world.requests[key]?.request,
                let answer = house.banks.now.answers[key]
            else { continue }
            let asked = request.amount
            let said: (PartnerWord, Int64, Int64)? =
                switch answer {
                case .accepted: (random.pick([.accepted, .confirmed]), 2, asked)
                case .acceptedPart(let amount, _, _): (.accepted, 2, amount)
                case .refused: (.refused, 2, asked)
                case .reversed: (.reversed, 3, asked)
                default: nil
                }
            guard let (word, sequence, amount) = said else { continue }
            spoken += 1
            _ = try await callbacks.take(
                callbacks.callback(of: request, word, sequence, amount, nonce: "n\(spoken)"))
        }
    }

    private mutating func nextDate(_ house: TestHouse) async throws {
        _ = try await house.closeDay().run(house.store.world.open)
        house.banks.change { $0.day += 1 }
        house.clock.advance(20_000_000)
    }
}

extension CallbackHouse {
    /// What a bank says of any request.
    func callback(
        of request: FundingRequest, _ word: PartnerWord, _ sequence: Int64, _ amount: Int64,
        nonce: String
    ) -> PartnerCallback {
        let content = "\(request.key) \(word) \(sequence) \(amount)"
        return PartnerCallback(
            party: request.party, key: request.key, word: word, sequence: sequence,
            money: Money(minorUnits: amount, currency: request.currency),
            proof: CallbackProof(
                nonce: nonce, expiresAt: 300, content: content,
                digest: content, signature: "s"))
    }
}
