/// The ageing bucket M0…M7 by days past due: M0 is 0, M1 1–30, M2 31–60, …, M7 more than 180.
package struct DelinquencyBucket: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// 0 to 7; 7 stands for everything beyond.
    package let number: Int

    package init(daysPastDue: Int) {
        number = min(7, (max(0, daysPastDue) + 29) / 30)
    }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }

    /// `M0` … `M6`, `M7+`.
    package var description: String { number == 7 ? "M7+" : "M\(number)" }
}
