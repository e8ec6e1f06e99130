import BusinessCalendar
import LendingRules
import Operations
import Synchronization

/// A payment channel in memory: it keeps every key for life, and loses answers where a test asks.
final class TestChannel: PaymentChannel {
    /// What becomes of a try when it is first sent.
    enum Fate: Sendable {
        case paid, failed
        /// The channel decides so; its answer gets lost.
        case answerLost(isPaid: Bool)
        /// It never reaches the channel, and nobody can tell.
        case lost
    }

    /// What the channel knows, as a value.
    struct State: Sendable {
        /// By key and try, such as `L1.payout 2`.
        var fates: [String: Fate] = [:]
        var isDown = false
        /// How many more questions about a key stay without answer.
        var silence: [String: Int] = [:]
        /// The channel's own date.
        var date = World.firstDate
        /// Calls in order of arrival, such as `pay L1.payout 1`.
        fileprivate(set) var calls: [String] = []
        fileprivate var decided: [String: (number: Int, isPaid: Bool, on: BusinessDate)] = [:]
    }

    private let state: Mutex<State>

    init(_ state: State = State()) { self.state = Mutex(state) }

    var now: State { state.withLock { $0 } }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    /// How often money has gone out, by key.
    var paid: [String] { now.decided.filter { $0.value.isPaid }.keys.sorted() }

    func pay(_ payout: Payout) async -> PayoutAnswer {
        let name = "\(payout.key) \(payout.number)"
        return state.withLock { state in
            state.calls.append("pay \(name)")
            if state.isDown { return .notSent(.init("refused")) }
            if let known = state.answer(payout) { return known }
            let isFirst = state.calls.count { $0 == "pay \(name)" } == 1
            switch state.fates[name] {
            case .lost where isFirst: return .unknown(.init("lost"))
            case .answerLost(let isPaid) where isFirst:
                state.decided[payout.key] = (payout.number, isPaid, state.date)
                return .unknown(.init("answer lost"))
            case .failed: state.decided[payout.key] = (payout.number, false, state.date)
            default: state.decided[payout.key] = (payout.number, true, state.date)
            }
            return state.answer(payout) ?? .unknown(.init("nothing"))
        }
    }

    func ask(_ payout: Payout) async -> PayoutAnswer {
        state.withLock { state in
            state.calls.append("ask \(payout.key) \(payout.number)")
            if state.isDown { return .notSent(.init("refused")) }
            if let left = state.silence[payout.key], left > 0 {
                state.silence[payout.key] = left - 1
                return .unknown(.init("silence"))
            }
            return state.answer(payout) ?? .neverSeen(.init("404"))
        }
    }
}

extension TestChannel.State {
    /// Nil when the channel knows nothing of this try.
    fileprivate func answer(_ payout: Payout) -> PayoutAnswer? {
        guard let known = decided[payout.key] else { return nil }
        if known.isPaid { return .paid(reference: "PO-\(payout.loan)", on: known.on) }
        return known.number == payout.number
            ? .failed(reason: "no such account", on: known.on) : nil
    }
}
