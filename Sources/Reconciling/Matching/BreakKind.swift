/// What is wrong between a record of ours and a record of theirs.
package enum BreakKind: String, Hashable, Sendable, CaseIterable {
    case oursOnly = "ours-only"
    case theirsOnly = "theirs-only"
    /// The same key once more on our side than on theirs.
    case duplicateOurs = "duplicate-ours"
    case duplicateTheirs = "duplicate-theirs"
    /// An amount beyond its tolerance.
    case amount
    case date
    /// A compared text, or the currency.
    case field
    /// Amounts differ, each within its tolerance, and nothing else does.
    case rounding
    /// Dates differ, each within the window, and nothing else does.
    case timing
    /// The file is not the one its manifest describes.
    case controlTotal = "control-total"
    case missingFile = "missing-file"
    /// A closing balance that does not follow from the sender's earlier one and its own lines.
    case balanceChain = "balance-chain"
    /// Lines of one group that do not add up to the sender's own line over them.
    case groupSum = "group-sum"
    /// A share that its bank will not take back, for a loan that does without it.
    case funding

    /// Whether the two records count as matched all the same.
    package var isMatched: Bool { self == .rounding || self == .timing }

    /// Whether only one side has the record.
    package var isOneSided: Bool {
        switch self {
        case .oursOnly, .theirsOnly, .duplicateOurs, .duplicateTheirs: true
        default: false
        }
    }

    /// Whether the break is about a file or several of its lines together and claims no line.
    package var isAboutFile: Bool {
        self == .controlTotal || self == .missingFile || isWithinOneSide
    }

    /// Whether the partner's files contradict each other, whatever ours say.
    package var isWithinOneSide: Bool { self == .balanceChain || self == .groupSum }
}
