package import LendingRules

extension LossError: CodedError {
    package var code: String { "LOSS-001" }

    package var sentence: String {
        let words =
            switch self {
            case .amounts(let loan):
                "the losses of loan \(loan) are beyond the range of amounts, or a claim of it is "
                    + "below zero"
            case .cover(let id, .notAboveZero(let amount)):
                "cover \(id) was asked for \(amount) minor units"
            case .cover(let id, .overflow):
                "the cover \(id) is beyond the range of amounts"
            case .cover(let id, .givesBackTooMuch(let paid)):
                "cover \(id) would be given back more than the \(paid) minor units it has paid"
            case .repeated(let loan): "loan \(loan) stands twice among the losses of one date"
            }
        return "\(words); look at its facts with colend loans show"
    }

    package var exit: ExitKind { .failed }
}
