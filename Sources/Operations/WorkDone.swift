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

extension Surroundings {
    /// Notes a row that was checked; now and then, since rows are quick.
    func noteRow(_ number: Int, of total: Int) {
        if number.isMultiple(of: 1_000) { progress(WorkDone("rows checked", number, of: total)) }
    }
}
