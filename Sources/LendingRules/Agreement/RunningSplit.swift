package import Monetary

/// Amounts split one after the other on their running total, so that no rounding drifts.
package struct RunningSplit: Hashable, Sendable {
    /// One amount's place in the running total; parts in agreement order, minor units.
    package struct Step: Hashable, Sendable {
        package let cumulative: Int64
        /// The parts of the running total.
        package let parts: [Int64]
        /// This amount's parts: the new parts less those before.
        package let step: [Int64]
    }

    package let scale: ProportionalScale
    private var cumulative: Int64 = 0
    private var count = 0

    package init(_ scale: ProportionalScale) { self.scale = scale }

    /// Adds an amount, which may be negative while the running total is not.
    ///
    /// - Throws: ``SplitError/runningTotal(index:_:)`` with the position of the amount; nothing is
    ///   added then.
    package mutating func add(_ amount: Int64) throws(SplitError) -> Step {
        do {
            let next = try cumulative.plus(amount)
            let parts = try scale.parts(of: next)
            let step = try scale.parts(from: cumulative, to: next)
            cumulative = next
            count += 1
            return Step(cumulative: next, parts: parts, step: step)
        } catch { throw .runningTotal(index: count, error) }
    }
}
