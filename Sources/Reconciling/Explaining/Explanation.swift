/// Why a break exists, said so that a person can act on it.
package struct Explanation: Hashable, Sendable {
    package let kind: BreakKind
    package let cause: Cause
    /// The breaks this one follows from or closes, at most ``relatedLimit``.
    package let related: [BreakID]
    /// Both records, the first point of divergence and the cause, without any line number.
    package let sentence: String
    /// The rule applied.
    package let rule: String

    /// How many related breaks an explanation names.
    package static let relatedLimit = 8
}

/// A break with its explanation.
package struct ExplainedBreak: Hashable, Sendable {
    package let found: Break
    package let explanation: Explanation
}
