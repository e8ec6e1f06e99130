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
        try Self.checkRate(rate)
        guard Self.periodLimits.contains(every.count) else { throw .periodOutOfRange(every) }
        guard Self.multipleLimits.contains(instalmentMultiple) else {
            throw .multipleOutOfRange(instalmentMultiple, allowed: Self.multipleLimits)
        }
        if method.repaysAtEnd, instalmentMultiple != 1 { throw .multipleWithoutUse(method) }
        if method == .statementCycle {
            if instalmentMultiple != 1 { throw .multipleWithoutUse(method) }
            if statement == nil { throw .statementMissing }
        }
        if monthEnd != .clamp, every.months == nil { throw .monthEndWithoutMonths }
        try checkGraces()
    }

    /// - Throws: ``ScheduleError/rateOutOfRange(_:allowed:)``.
    static func checkRate(_ rate: AnnualRate) throws(ScheduleError) {
        guard rateLimits.contains(rate.units) else {
            throw .rateOutOfRange(rate, allowed: rateLimits)
        }
    }

    private func checkGraces() throws(ScheduleError) {
        let allowed = 0...instalments - 1
        for (grace, count) in [
            (ScheduleGrace.principal, principalGrace), (.interest, interestGrace),
        ] where count != 0 {
            if !method.hasUse(of: grace) {
                throw .graceWithoutUse(grace, method)
            }
            guard allowed.contains(count) else {
                throw .graceOutOfRange(grace, count, allowed: allowed)
            }
        }
        if method == .principalGrace, principalGrace == 0 { throw .graceMissing }
    }
}

extension ScheduleMethod {
    fileprivate func hasUse(of grace: ScheduleGrace) -> Bool {
        switch grace {
        case .principal: !repaysAtEnd && self != .statementCycle
        case .interest: self != .bullet && self != .statementCycle
        }
    }
}
