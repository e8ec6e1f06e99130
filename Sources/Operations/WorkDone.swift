/// How far a piece of long work has come.
package struct WorkDone: Hashable, Sendable {
    /// What is counted, such as `loans booked`.
    package let noun: String
    package let done: Int
    /// Nil when nobody knows yet how much there is.
    package let total: Int?

    package init(_ noun: String, _ done: Int, of total: Int? = nil) {
        self.noun = noun
        self.done = done
        self.total = total
    }
}
