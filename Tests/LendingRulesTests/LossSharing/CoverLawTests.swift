import LendingRules
import Monetary
import TestSupport
import Testing

/// What holds of every cover after every event.
struct CoverLawTests {
    @Test
    func `invoked and unabsorbed make what defaulted, and no draw exceeds what is there`() throws {
        try Property.check(20_000) { random in
            var account = CoverAccount(Self.kind(&random))
            var defaulted: Int64 = 0
            for _ in 0..<random.pick(1...20) {
                let before = account
                let event = Self.event(&random)
                try account.take(event)
                if case .defaulted(let amount) = event {
                    defaulted += amount
                    try hold(
                        account.invoked - before.invoked == min(amount, before.available),
                        "a draw is not what was available")
                } else {
                    try hold(account.invoked == before.invoked, "\(event) invokes something")
                }
                try Self.check(account, before, defaulted)
            }
        }
    }

    @Test
    func `a top-up makes good what was taken, up to the amount and what may be added`() throws {
        try Property.check(10_000) { random in
            let amount = random.magnitude(digits: 6)
            let topUp = CoverTopUp(
                every: .day, atMost: random.isOne(in: 2) ? random.magnitude(digits: 7) : nil)
            var account = CoverAccount(
                .reserve(amount: amount, replenishes: random.isOne(in: 2), topUp: topUp))
            for _ in 0..<random.pick(1...20) {
                let event = Self.event(&random)
                if case .toppedUp = event { continue }
                try account.take(event)
                let before = account
                let added = try account.fillUp()
                try hold(account.figures.toppedUp == before.figures.toppedUp + added, "not kept")
                try hold(added >= 0 && account.invoked == before.invoked, "\(added) added")
                let isUsedUp = topUp.atMost == account.figures.toppedUp
                try hold(account.available >= amount || isUsedUp, "\(account) is not full")
                try hold(added == 0 || account.available <= amount, "\(account) is overfull")
                let replenished = account.ceiling - amount - account.figures.toppedUp
                try hold(account.available <= amount + replenished, "\(account) has too much")
                try hold(account.figures.toppedUp <= topUp.atMost ?? .max, "too much is added")
            }
        }
    }

    @Test
    func `events that are no losses may come in any order`() throws {
        try Property.check(5_000) { random in
            let kind = Self.kind(&random)
            var events = (0..<random.pick(2...8)).map { _ in Self.event(&random) }
            events.removeAll { if case .defaulted = $0 { true } else { false } }
            var (one, other) = (CoverAccount(kind), CoverAccount(kind))
            for event in events { try one.take(event) }
            for event in events.shuffled(using: &random) { try other.take(event) }
            try hold(one == other, "\(events) in another order gives another account")
        }
    }

    @Test
    func `a loss that is cut in two takes as much as a whole one`() throws {
        try Property.check(5_000) { random in
            var whole = CoverAccount(Self.kind(&random))
            for _ in 0..<random.pick(1...6) { try whole.take(Self.event(&random)) }
            guard whole.figures.recovered == 0 || !whole.replenishes else { return }
            var cut = whole
            let (first, second) = (random.magnitude(digits: 6), random.magnitude(digits: 6))
            try whole.take(.defaulted(first + second))
            try cut.take(.defaulted(first))
            try cut.take(.defaulted(second))
            try hold(whole == cut, "\(whole) cut is \(cut)")
        }
    }

    @Test
    func `a correction keeps invoked and unabsorbed the loss that is left`() throws {
        try Property.check(5_000) { random in
            var account = CoverAccount(Self.kind(&random))
            for _ in 0..<random.pick(1...9) { try account.take(Self.event(&random)) }
            guard account.invoked > 0 else { return }
            let before = account
            let amount = random.pick(1...account.invoked)
            let isRestored = random.isOne(in: 2)
            try account.giveBack(amount, isRestored: isRestored)
            try hold(account.unabsorbed == before.unabsorbed, "the rest changes")
            try hold(
                account.invoked == before.invoked - (isRestored ? amount : 0),
                "invoked is not what is left")
            let grown = account.available - before.available
            try hold(grown >= 0 && grown <= (isRestored ? amount : 0), "available grew by \(grown)")
        }
    }

    private static func check(
        _ account: CoverAccount, _ before: CoverAccount, _ defaulted: Int64
    ) throws {
        try hold(account.invoked + account.unabsorbed == defaulted, "not what defaulted")
        try hold(account.available >= 0 && account.ceiling >= 0, "below zero")
        try hold(account.available <= account.ceiling, "more is there than it gives in all")
        switch account.kind {
        case .frozenSet:
            try hold(account.ceiling == before.ceiling, "the set is not frozen")
            try hold(account.invoked + account.available <= account.ceiling, "above its cap")
        case .reserve:
            try hold(account.invoked + account.available == account.ceiling, "not its ceiling")
            try hold(account.ceiling >= before.ceiling, "a reserve shrinks")
        case .outstanding:
            try hold(
                account.available == max(0, account.ceiling - account.invoked), "not the rest")
        }
    }

    private static func kind(_ random: inout SeededGenerator) -> CoverTerms.Kind {
        let percent = Share.parts(random.pick(1...1_000), of: 1_000)
        switch random.pick(0...2) {
        case 0: return .frozenSet(percent: percent, setLimit: random.magnitude(digits: 8))
        case 1: return .outstanding(percent: percent)
        default:
            return .reserve(
                amount: random.magnitude(digits: 7), replenishes: random.isOne(in: 2),
                topUp: RandomLoss.topUp(&random))
        }
    }

    private static func event(_ random: inout SeededGenerator) -> CoverEvent {
        let amount = random.magnitude(digits: 7)
        switch random.pick(0...7) {
        case 0, 1: return .disbursed(amount)
        case 2: return .matured(amount)
        case 3: return .recovered(amount)
        case 4: return .writtenOff(amount)
        case 5: return .toppedUp(amount)
        default: return .defaulted(amount)
        }
    }
}

extension CoverAccount {
    fileprivate var replenishes: Bool {
        if case .reserve(_, let replenishes, _) = kind { replenishes } else { false }
    }
}
