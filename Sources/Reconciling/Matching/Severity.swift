/// How much a break matters, from least to most.
package enum Severity: String, Hashable, Sendable, CaseIterable {
    case info
    case low
    case medium
    case high
}

/// The table that grades breaks.
///
/// | break | severity |
/// |---|---|
/// | rounding, timing | info |
/// | date, text field | low |
/// | currency, control total, missing file | high |
/// | amount, chain, group | low below `mediumFrom`, medium below `highFrom`, high from there |
/// | one-sided, duplicate, funding | medium, high from `highFrom` |
package struct SeverityTable: Hashable, Sendable {
    /// Minor units over all columns from which an amount break is medium.
    package let mediumFrom: UInt64
    /// Minor units over all columns from which a break is high.
    package let highFrom: UInt64

    package static let standard = SeverityTable(mediumFrom: 1_00, highFrom: 1_000_00)

    package init(mediumFrom: UInt64, highFrom: UInt64) {
        precondition(mediumFrom <= highFrom, "a break is medium before it is high")
        self.mediumFrom = mediumFrom
        self.highFrom = highFrom
    }

    /// The severity of a kind of break that is `magnitude` minor units large.
    package func severity(of kind: BreakKind, magnitude: UInt64, isCurrency: Bool = false)
        -> Severity
    {
        switch kind {
        case .rounding, .timing: return .info
        case .controlTotal, .missingFile: return .high
        case .field, .date: return isCurrency ? .high : .low
        case .amount where magnitude < mediumFrom: return .low
        case .balanceChain where magnitude < mediumFrom: return .low
        case .groupSum where magnitude < mediumFrom: return .low
        case .amount, .balanceChain, .groupSum, .oursOnly, .theirsOnly, .duplicateOurs,
            .duplicateTheirs, .funding:
            return magnitude < highFrom ? .medium : .high
        }
    }
}
