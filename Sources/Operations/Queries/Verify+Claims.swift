import LendingRules
import Reconciling

extension Verify {
    /// A break about a share that stays with its bank is about a request of that bank for that
    /// much; it is the request's only one, and open only while the bank holds the share. What was
    /// decided about a request two persons said.
    func checkClaims() async throws -> Divergence? {
        let breaks = try await source.keptBreaks().filter { $0.kind == .funding }
        let words = try await source.resolutions()
        if breaks.isEmpty, words.isEmpty { return nil }
        let requests = Dictionary(
            try await source.requests().map { ($0.request.key, $0) }
        ) { first, _ in first }
        var seen: Set<String> = []
        for kept in breaks.sorted(by: { $0.id < $1.id }) {
            let key = kept.key.first ?? ""
            let fault =
                seen.insert(key).inserted
                ? kept.fault(of: requests[key]) : "request \(key) has another break"
            guard let fault else { continue }
            return Divergence(.breaks, on: kept.firstDate, at: kept.id, fault)
        }
        for (key, said) in words.sorted(by: { $0.key < $1.key }) {
            guard let held = requests[key] else { continue }
            guard let fault = said.fault ?? said.fault(of: held) else { continue }
            return Divergence(.funding, on: held.request.valueDate, at: key, fault)
        }
        return nil
    }
}

extension [Resolution] {
    /// Every decision is a second person's agreement with the word before it, or a fault.
    fileprivate var fault: String? {
        for (index, word) in enumerated() {
            if word.number != index + 1 { return "words about it are missing" }
            guard word.isDecision else { continue }
            guard index > 0, !self[index - 1].isDecision,
                self[index - 1].outcome == word.outcome, self[index - 1].state == word.state,
                self[index - 1].person != word.person
            else { return "\(word.person) alone decided what became of it" }
        }
        return nil
    }
}

extension [Resolution] {
    /// A decision that its request never followed.
    fileprivate func fault(of held: HeldRequest) -> String? {
        guard let word = last(where: \.isDecision),
            let event = word.state.event(resolving: word.outcome),
            let decided = try? word.state.after(event)
        else { return nil }
        if decided.canBecome(held.state) { return nil }
        return "two persons said \(word.outcome.rawValue), and it is \(held.state.rawValue)"
    }
}

extension KeptBreak {
    fileprivate func fault(of held: HeldRequest?) -> String? {
        guard let held, held.request.party == party, held.request.loan.text == loan else {
            return "it is about no request of \(party) for loan \(loan)"
        }
        if due != DisputedDue(ours: nil, theirs: -held.heldAmount) {
            return "it is not about the \(held.heldAmount) of request \(held.request.key)"
        }
        // Taken back by the bank's own word, the break goes with the next run of funding.
        let isBack: Set<RequestState> = [.reversed, .reversing, .reversalInDoubt]
        if held.state == .reversalRefused || isBack.contains(held.state) { return nil }
        return "request \(held.request.key) is \(held.state.rawValue)"
    }
}
