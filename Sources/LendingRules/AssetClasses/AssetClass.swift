/// How a lender classes a claim, the best first.
package enum AssetClass: String, Sendable, CaseIterable, Comparable {
    case normal
    case specialMention = "special-mention"
    case substandard, doubtful, loss

    package static func < (left: Self, right: Self) -> Bool { left.order < right.order }

    /// Whether supervisors count the claim as bad (DOMAIN § 11).
    package var isNonPerforming: Bool { self >= .substandard }

    private var order: Int {
        switch self {
        case .normal: 0
        case .specialMention: 1
        case .substandard: 2
        case .doubtful: 3
        case .loss: 4
        }
    }
}
