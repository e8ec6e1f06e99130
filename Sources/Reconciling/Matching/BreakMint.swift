import Monetary

/// Makes the breaks of one file: id, severity, currency.
struct BreakMint {
    private let file: String
    private let ids: BreakIDSource
    private let severities: SeverityTable
    /// Breaks made so far of the current key, by kind.
    private var ordinals: [BreakKind: Int] = [:]
    private var currentKey: [ExactText] = []

    init(file: String, ids: BreakIDSource, severities: SeverityTable) {
        self.file = file
        self.ids = ids
        self.severities = severities
    }

    /// A break of a key; those of one key are made one after the other.
    mutating func make(
        _ kind: BreakKind, key: [String], ours: Line? = nil, theirs: Line? = nil,
        differences: [Difference], currency: Currency?
    ) -> Break {
        let exact = ExactText.key(key)
        if exact != currentKey { (currentKey, ordinals) = (exact, [:]) }
        let ordinal = ordinals[kind, default: 0] + 1
        ordinals[kind] = ordinal
        return Break(
            id: ids.id(file: file, kind: kind, key: key, ordinal: ordinal), file: file, kind: kind,
            key: key, ours: ours, theirs: theirs, differences: differences, currency: currency,
            severity: severities.severity(
                of: kind, magnitude: Break.magnitude(of: differences),
                isCurrency: differences.contains(where: \.isCurrency)))
    }
}
