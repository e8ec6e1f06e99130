import LendingRules
import Monetary
package import Operations
import Reconciling

/// What a person decides about a break.
package enum BreakDecision: Sendable {
    /// Nil to who decides.
    case assign(to: String?)
    case comment(String)
    case propose(accept: String?, note: String)
    case approve(note: String)
    case reject(note: String)
}

extension Application {
    /// `breaks assign | comment | propose | approve | reject`.
    ///
    /// - Throws: ``PersonFault``, ``BreakFault``, ``UsageFault``, ``NotFound``, or what the store
    ///   refuses.
    package func decide(_ decision: BreakDecision, about id: String, by user: Person?) async throws
        -> Answer
    {
        guard let person = user else { throw PersonFault.nobody }
        let kept = try await findBreak(id)
        let desk = BreakDesk(store: stores.decisions, surroundings: surroundings)
        let history = try await stores.decisions.history(of: id)
        let change = try change(decision, of: kept, at: desk, by: person, history)
        if !isDryRun { try await desk.apply(change) }
        let open = try await stores.days.status().open
        let entries = postings(of: change.movements, with: kept.party)
        let after = change.kept
        return Answer(
            .object([
                "break": after.node(on: open, catalogue.breakRules),
                "events": .array(change.acts.map { .text($0.event.name) }),
                "moved": .array(
                    change.movements.map {
                        .object([
                            "kind": .text($0.kind.rawValue),
                            "amount": .amount($0.amount, $0.currency),
                            "currency": .text($0.currency.code),
                        ])
                    }),
                "entries": .count(entries.count), "dryRun": .flag(isDryRun),
            ]),
            lines: [sentence(change, by: person)]
                + change.movements.map {
                    "  \($0.kind.rawValue) \($0.amount.text($0.currency)) \($0.currency)"
                })
    }

    private func change(
        _ decision: BreakDecision, of kept: KeptBreak, at desk: BreakDesk, by person: Person,
        _ history: [BreakRecord]
    ) throws -> BreakChange {
        switch decision {
        case .assign(let owner):
            try desk.assign(
                kept, to: try owner.map { try Person($0) } ?? person, by: person,
                history: history)
        case .comment(let text):
            try desk.comment(kept, text, by: person)
        case .propose(let accept, let note):
            try desk.propose(
                kept, try Application.word(Acceptance.self, accept, "--accept"), note: note,
                by: person, history: history)
        case .approve(let note):
            try desk.approve(kept, note: note, by: person, history: history)
        case .reject(let note):
            try desk.reject(kept, note: note, by: person, history: history)
        }
    }

    private func sentence(_ change: BreakChange, by person: Person) -> String {
        let kept = change.kept
        if change.acts.isEmpty {
            return "break \(kept.id): \(person.name) has said so already; it is "
                + kept.state.rawValue
        }
        return "break \(kept.id)\(isDryRun ? " would be" : ""): "
            + change.acts.map(\.event.name).joined(separator: ", ")
            + " by \(person.name); it is \(kept.state.rawValue)"
    }
}
