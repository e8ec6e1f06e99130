// A plan that the platform has sent again: dates and principal of the instalments to come.

/// One instalment as the platform tells it.
package struct ToldInstalment: Equatable, Sendable {
    /// From 1.
    let number: Int
    let dueOn: Day
    /// Of the bank's share, in minor units.
    let principal: Int64
    let interest: Int64

    /// A row of the file.
    package init(number: Int, dueOn: Day, principal: Int64, interest: Int64) {
        self.number = number
        self.dueOn = dueOn
        self.principal = principal
        self.interest = interest
    }
}

/// The instalments of one loan in the plan file of a date.
package struct PlanNotice: Equatable, Sendable {
    let bookedOn: Day
    /// In order, without gaps.
    let rows: [ToldInstalment]

    /// The rows of a loan; nil when their numbers have gaps.
    package init?(_ rows: [ToldInstalment], on day: Day) {
        let ordered = rows.sorted { $0.number < $1.number }
        let numbers = ordered.map(\.number)
        guard let first = numbers.first, numbers == Array(first..<first + numbers.count) else {
            return nil
        }
        bookedOn = day
        self.rows = ordered
    }

    /// The day from which it can hold: its own, or where it tells of dues that have passed the
    /// start of the first of them.
    func holdsFrom(_ share: ShareOfLoan) -> Day {
        let place = rows[0].number - 1
        guard rows[0].dueOn < bookedOn, place < share.instalments.count else { return bookedOn }
        return share.instalments[place].startsOn
    }

    /// The rows from a place on; nil when it begins later.
    func rows(from place: Int) -> ArraySlice<ToldInstalment>? {
        let skipped = place + 1 - rows[0].number
        return skipped >= 0 && skipped < rows.count ? rows[skipped...] : nil
    }
}
