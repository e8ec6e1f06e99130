import BusinessCalendar
import LendingRules
import Operations

extension ConfigurationChange {
    static let columns = [
        "number", "state", "proposedBy", "proposedOn", "proposedAt", "reason", "decidedBy",
        "decidedOn", "decidedAt", "answer", "files",
    ]

    /// Who, when and why, and which files.
    var head: [Node.Member] {
        [
            Node.Member(name: "number", value: .count(number)),
            Node.Member(name: "state", value: .text(state.rawValue)),
            Node.Member(name: "proposedBy", value: .optional(proposer)),
            Node.Member(name: "proposedOn", value: .date(proposedOn)),
            Node.Member(name: "proposedAt", value: .text(Instant.text(proposedAt))),
            Node.Member(name: "reason", value: .text(proposed.reason)),
            Node.Member(name: "decidedBy", value: .optional(decider)),
            Node.Member(name: "decidedOn", value: .optional(decidedOn?.description)),
            Node.Member(name: "decidedAt", value: .optional(decidedAt.map(Instant.text))),
            Node.Member(name: "answer", value: .text(answer)),
            Node.Member(
                name: "files", value: .array(proposed.files.map { .text($0.path) })),
        ]
    }

    /// Without nesting, for CSV.
    var record: Node {
        .object(
            head.dropLast() + [
                Node.Member(
                    name: "files",
                    value: .text(proposed.files.map(\.path).joined(separator: " ")))
            ])
    }

    /// The same for people, a line each.
    var story: [String] {
        let words = proposed.reason.isEmpty ? "" : ": \(proposed.reason)"
        let first =
            proposer.map { "proposed by \($0) on \(proposedOn)\(words)" }
            ?? "taken as approved on \(proposedOn)"
        let verb = state == .rejected ? "rejected" : "approved"
        let second = decider.map { person in
            "\(verb) by \(person) on \(decidedOn?.description ?? "")"
                + (answer.isEmpty ? "" : ": \(answer)")
        }
        return ["change \(number), \(state.rawValue)", first] + (second.map { [$0] } ?? [])
    }

    /// Nil for what was adopted.
    private var proposer: String? { proposed.proposer.isEmpty ? nil : proposed.proposer }
}
