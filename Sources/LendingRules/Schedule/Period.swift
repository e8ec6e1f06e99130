/// The step from one due date to the next.
package struct Period: Hashable, Sendable {
    /// Calendar unit of a period.
    package enum Unit: String, Sendable, CaseIterable {
        case days, weeks, months, years
    }

    /// At least 1.
    package let count: Int
    package let unit: Unit

    package init(count: Int, unit: Unit) {
        self.count = count
        self.unit = unit
    }

    package static let month = Period(count: 1, unit: .months)
}

extension Period {
    /// The period in calendar months, or nil when it is counted in days.
    var months: Int? {
        switch unit {
        case .months: count
        case .years: count * 12
        case .days, .weeks: nil
        }
    }

    /// The period in days, or nil when it is counted in months.
    var days: Int? {
        switch unit {
        case .days: count
        case .weeks: count * 7
        case .months, .years: nil
        }
    }
}
