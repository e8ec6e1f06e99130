extension ScheduleTerms {
    /// Instalments a schedule may have; the upper bound keeps hostile terms cheap.
    package static let instalmentLimits = 1...10_000
    /// Rate units (10⁻⁸ a year) the arithmetic is proven for: up to 10,000 %.
    package static let rateLimits: ClosedRange<Int64> = 0...10_000_000_000
    /// Minor units an instalment may be rounded to a multiple of.
    package static let multipleLimits: ClosedRange<Int64> = 1...1_000_000_000_000
    /// Units of one period; the calendar holds fewer days than the upper bound.
    package static let periodLimits = 1...3_652_059

    /// Refuses terms outside the limits; dates are judged when they are counted.
    ///
    /// - Throws: ``ScheduleError`` naming the first term that is out of range.
    func checkLimits() throws(ScheduleError) {
        guard principal > 0 else { throw .principalNotPositive(principal) }
        guard Self.instalmentLimits.contains(instalments) else {
            throw .instalmentsOutOfRange(instalments, allowed: Self.instalmentLimits)
        }
        guard Self.rateLimits.contains(rate.units) else {
            throw .rateOutOfRange(rate, allowed: Self.rateLimits)
        }
        guard Self.periodLimits.contains(every.count) else { throw .periodOutOfRange(every) }
        guard Self.multipleLimits.contains(instalmentMultiple) else {
            throw .multipleOutOfRange(instalmentMultiple, allowed: Self.multipleLimits)
        }
    }
}
