package import BusinessCalendar
package import Monetary

/// How a partner computes its own part of a loan (RULES § 2).
package enum LenderComputation: Hashable, Sendable {
    /// On the loan's scales, cumulatively.
    case scale
    /// Every instalment split by itself.
    case perInstalment
    /// Instalments of its own from its funded amount, rate, day count and rounding.
    case ownSchedule(OwnSchedule)

    /// The words of the configuration.
    package enum Name: String, Sendable, CaseIterable {
        case scale
        case perInstalment = "per-instalment"
        case ownSchedule = "own-schedule"
    }

    package var name: Name {
        switch self {
        case .scale: .scale
        case .perInstalment: .perInstalment
        case .ownSchedule: .ownSchedule
        }
    }

    /// The conventions of a schedule of a lender's own.
    package struct OwnSchedule: Hashable, Sendable {
        package let dayCount: DayCount
        package let rounding: Rounding
        package let instalmentRounding: Rounding

        package init(dayCount: DayCount, rounding: Rounding, instalmentRounding: Rounding) {
            self.dayCount = dayCount
            self.rounding = rounding
            self.instalmentRounding = instalmentRounding
        }
    }
}
