package import LendingRules

/// Why a change of the configuration is not taken.
package enum ChangeFault: CodedError, Hashable {
    case samePerson(Int, String)
    case wrongState(Int, ChangeState, decider: String?)
    /// Another change is approved, and its files are not all in their places.
    case unfinished(Int, other: Int)
    case baseChanged(Int, String)
    case nothingChanges
    case unknown(Int)
    case noReason(Int)
    /// A file that has no place in a configuration.
    case noPlace(String)

    package var code: String {
        switch self {
        case .samePerson: "CHANGE-001"
        case .wrongState, .unfinished: "CHANGE-002"
        case .baseChanged: "CHANGE-003"
        case .nothingChanges: "CHANGE-004"
        case .unknown: "CHANGE-005"
        case .noReason: "CHANGE-006"
        case .noPlace: "CHANGE-007"
        }
    }

    package var sentence: String {
        switch self {
        case .samePerson(let number, let person):
            "\(person) proposed change \(number) and cannot approve it; another person must, "
                + "with --as"
        case .wrongState(let number, let state, let decider):
            "change \(number) is \(state.rawValue)\(decider.map { " by \($0)" } ?? "") already; "
                + "propose anew what shall be different"
        case .unfinished(let number, let other):
            "change \(number) has to wait: the files of change \(other) are not all written; end "
                + "it with `colend config approve \(other)`"
        case .baseChanged(let number, let what):
            "change \(number) was proposed against another configuration: \(what); look at it "
                + "and propose it anew"
        case .nothingChanges:
            "nothing changes: the files say what holds already; name those that say something else"
        case .unknown(let number):
            "there is no change \(number); `colend config history` lists them all"
        case .noReason(let number):
            "no reason is given for rejecting change \(number); say why with --reason"
        case .noPlace(let path):
            "'\(path)' has no place in a configuration; name platform.yaml, "
                + "chart-of-accounts.yaml, a .yaml file in parties/, agreements/, products/, "
                + "calendars/ or rules/, or a directory with such"
        }
    }

    package var exit: ExitKind {
        switch self {
        case .noReason, .noPlace: .usage
        default: .failed
        }
    }
}
