/// What becomes of a due date that is no business day.
package enum HolidayRule: String, Sendable, CaseIterable {
    /// It stays.
    case sameDay = "same-day"
    /// The next business day.
    case following
    /// The next business day, or the one before when that lies in another month.
    case modifiedFollowing = "modified-following"
}
