package import BusinessCalendar
package import LendingRules

/// How an exchange of a file ended.
package enum FileAnswer: Hashable, Sendable {
    case stored
    case content([UInt8])
    /// Not there yet.
    case absent
    /// The partner holds other content under the name, or its manifest disagrees.
    case conflict(String)
    case unavailable(PartnerAnswer.Evidence)
}

/// Files to and from partners over whatever wire.
package protocol PartnerFiles: Sendable {
    /// Delivers one of our files of a date; the same content again changes nothing.
    func put(_ file: FileContent, to party: PartyID, on date: BusinessDate) async -> FileAnswer
    /// Fetches one of the party's files of a date.
    func get(_ name: String, from party: PartyID, on date: BusinessDate) async -> FileAnswer
}
