import LendingRules
import Operations
import Synchronization

/// Partner banks in memory: they keep every key for life, and lose answers where a test asks.
final class TestBanks: PartnerBanks {
    /// What becomes of a request when it is first sent.
    enum Fate: Sendable {
        case accepted, refused
        /// Accepts that much, whatever it is asked for.
        case part(Int64)
        /// Accepted from the bank's next day on.
        case pending
        /// The bank books it so; its answer gets lost.
        case answerLost(PartnerAnswer)
        /// It never reaches the bank, and nobody can tell.
        case lost
        /// It reaches the bank that many seconds later.
        case late(seconds: Int64)
        /// The bank answers that to everything about the key, and books nothing.
        case always(PartnerAnswer)
    }

    /// What the banks know, as a value.
    struct State: Sendable {
        var fates: [String: Fate] = [:]
        var down: Set<PartyID> = []
        /// How many more questions about a key stay without answer.
        var silence: [String: Int] = [:]
        var reversalsRefused: Set<String> = []
        /// Microseconds that each call takes.
        var sendTakes: Int64 = 0
        var askTakes: Int64 = 0
        var day = 0
        /// Days after which a key is dropped, whatever was booked under it.
        var keyWindowDays: Int?
        fileprivate(set) var receivedOn: [String: Int] = [:]
        fileprivate(set) var answers: [String: PartnerAnswer] = [:]
        fileprivate(set) var arrivals: [String: Int64] = [:]
        fileprivate(set) var pendingUntil: [String: Int] = [:]
        /// Calls in order of arrival, such as `send L1.harbor.1`.
        fileprivate(set) var calls: [String] = []
    }

    private let state: Mutex<State>
    private let clock: TestClock
    private let drawn: @Sendable (String) -> Fate

    /// - Parameter drawn: the fate of keys that have none in the state.
    init(
        _ state: State = State(), clock: TestClock,
        drawn: @escaping @Sendable (String) -> Fate = { _ in .accepted }
    ) {
        self.state = Mutex(state)
        self.clock = clock
        self.drawn = drawn
    }

    var now: State { state.withLock { $0 } }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    /// Calls of one kind about a key.
    func count(_ call: String) -> Int { now.calls.count { $0 == call } }

    func send(_ held: HeldRequest) async -> PartnerAnswer {
        let key = held.request.key
        return state.withLock { state in
            state.calls.append("send \(key)")
            clock.advance(state.sendTakes)
            if state.down.contains(held.request.party) { return .notSent(.init("refused")) }
            if let known = state.known(key, at: clock.now) { return known }
            let isFirst = state.calls.count { $0 == "send \(key)" } == 1
            let fate = state.fates[key] ?? drawn(key)
            return state.receive(key, fate, isFirst: isFirst, at: clock.now)
        }
    }

    func ask(_ held: HeldRequest) async -> PartnerAnswer {
        let key = held.request.key
        return state.withLock { state in
            state.calls.append("ask \(key)")
            clock.advance(state.askTakes)
            if state.down.contains(held.request.party) { return .notSent(.init("refused")) }
            if let left = state.silence[key], left > 0 {
                state.silence[key] = left - 1
                return .unknown(.init("silence"))
            }
            if case .always(let answer) = state.fates[key] { return answer }
            if state.hasDropped(key) { return .unknown(.init("410")) }
            return state.known(key, at: clock.now) ?? .neverSeen(.init("404"))
        }
    }

    func reverse(_ held: HeldRequest) async -> PartnerAnswer {
        let key = held.request.key
        return state.withLock { state in
            state.calls.append("reverse \(key)")
            if state.down.contains(held.request.party) { return .notSent(.init("refused")) }
            if let left = state.silence[key], left > 0 {
                state.silence[key] = left - 1
                return .unknown(.init("silence"))
            }
            if state.reversalsRefused.contains(key) { return .reversalRefused(reason: "paid out") }
            if state.hasDropped(key) { return .reversed(isTombstone: true) }
            let answer = PartnerAnswer.reversed(isTombstone: state.answers[key] == nil)
            state.answers[key] = answer
            return answer
        }
    }

    static func accepted(_ key: String) -> PartnerAnswer {
        .accepted(reference: "ref-\(key)", valueDate: nil)
    }

    static let refused = PartnerAnswer.refused(code: "limit", reason: "no room")
}

extension PartnerBanks {
    /// One after the other; who minds how many come at once has it otherwise.
    func send(_ requests: [HeldRequest]) async -> [PartnerAnswer] {
        var answers: [PartnerAnswer] = []
        for request in requests { answers.append(await send(request)) }
        return answers
    }
}

extension TestBanks.State {
    /// Forgets calls of other kinds.
    mutating func calls(keepingOnly kind: String) { calls.removeAll { !$0.hasPrefix(kind) } }

    /// The bank has the key no more, and what it booked it has booked.
    func hasDropped(_ key: String) -> Bool {
        guard let keyWindowDays, answers[key] != nil, let received = receivedOn[key] else {
            return false
        }
        return day - received > keyWindowDays
    }

    fileprivate func known(_ key: String, at now: Int64) -> PartnerAnswer? {
        guard let answer = answers[key], arrivals[key] ?? now <= now else { return nil }
        return (pendingUntil[key] ?? 0) > day ? .pending : answer
    }

    fileprivate mutating func receive(
        _ key: String, _ fate: TestBanks.Fate, isFirst: Bool, at now: Int64
    ) -> PartnerAnswer {
        receivedOn[key] = receivedOn[key] ?? day
        switch fate {
        case .always(let answer): return answer
        case .refused:
            answers[key] = TestBanks.refused
            return TestBanks.refused
        case .part(let amount):
            answers[key] = .acceptedPart(amount: amount, reference: "ref-\(key)", valueDate: nil)
            return answers[key] ?? .pending
        case .lost where isFirst: return .unknown(.init("lost"))
        case .answerLost(let answer) where isFirst:
            answers[key] = answer
            return .unknown(.init("answer lost"))
        case .late(let seconds) where isFirst:
            (answers[key], arrivals[key]) = (TestBanks.accepted(key), now + seconds * 1_000_000)
            return .unknown(.init("late"))
        case .pending where isFirst:
            (answers[key], pendingUntil[key]) = (TestBanks.accepted(key), day + 1)
            return .pending
        default:
            answers[key] = TestBanks.accepted(key)
            return TestBanks.accepted(key)
        }
    }
}
