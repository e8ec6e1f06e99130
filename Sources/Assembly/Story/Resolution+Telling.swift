import LendingRules
import Operations

extension Resolution {
    /// What a person said of a request, and whether a second one's word made it count.
    var node: Node {
        .object([
            "person": .text(person), "outcome": .text(outcome.rawValue), "reason": .text(reason),
            "was": .text(state.rawValue), "decides": .flag(isDecision),
        ])
    }
}
