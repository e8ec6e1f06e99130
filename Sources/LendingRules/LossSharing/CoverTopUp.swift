import BusinessCalendar

/// How whoever gives a reserve fills it up to its amount again (RULES § 5).
package struct CoverTopUp: Hashable, Sendable {
    /// How often: at the close of the first date of each such calendar period.
    package enum Period: String, Hashable, Sendable, CaseIterable {
        case day, month, quarter, year
    }

    package let every: Period
    /// The most that is added to one cover in all, minor units above zero; nil without a limit.
    package let atMost: Int64?

    package init(every: Period, atMost: Int64? = nil) {
        self.every = every
        self.atMost = atMost
    }

    /// What is added to a reserve.
    ///
    /// - Parameters:
    ///   - missing: What it lacks of its amount, minor units.
    ///   - toppedUp: What was added before.
    /// - Returns: Zero or above.
    func added(to missing: Int128, toppedUp: Int64) -> Int64 {
        let room = atMost.map { Int128($0) - Int128(toppedUp) } ?? missing
        return Int64(clamping: max(0, min(missing, room)))
    }
}

extension CoverTopUp.Period {
    /// Whether a period begins after one date and not after another.
    func begins(after earlier: BusinessDate, through date: BusinessDate) -> Bool {
        number(of: earlier) < number(of: date)
    }

    /// Counts periods: equal for the dates of one, greater for those of a later one.
    private func number(of date: BusinessDate) -> Int {
        let (year, month, _) = date.components
        return switch self {
        case .day: Int(date.dayNumber)
        case .month: year * 12 + month
        case .quarter: year * 4 + (month + 2) / 3
        case .year: year
        }
    }
}

extension CoverTerms {
    /// Whether one of its reserves is filled up after one date and not after another: as long as it
    /// has not expired, and one of a calendar period while that lasts.
    func isFilledUp(
        _ key: String, after earlier: BusinessDate, through date: BusinessDate
    ) -> Bool {
        guard case .reserve(_, _, let topUp?) = kind, span.isOpen(key, on: date) else {
            return false
        }
        if let last = expiresOn, date > last { return false }
        return topUp.every.begins(after: earlier, through: date)
    }
}

extension [CoverID: CoverAccount] {
    /// Fills up those whose terms say so, before anything is drawn on them.
    ///
    /// - Returns: Those to which something was added.
    /// - Throws: ``LossError``.
    mutating func fillUp(
        by terms: [CoverID: CoverTerms], after earlier: BusinessDate, through date: BusinessDate
    ) throws(LossError) -> Set<CoverID> {
        var filled: Set<CoverID> = []
        for id in keys.sorted() {
            guard var account = self[id],
                terms[id]?.isFilledUp(id.key, after: earlier, through: date) == true
            else { continue }
            do throws(CoverError) {
                if try account.fillUp() > 0 { filled.insert(id) }
            } catch {
                throw .cover(id, error)
            }
            self[id] = account
        }
        return filled
    }
}
