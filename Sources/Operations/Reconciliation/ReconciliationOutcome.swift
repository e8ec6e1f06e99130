package import BusinessCalendar
package import LendingRules

/// How reconciling one partner's date went.
package struct ReconciliationOutcome: Hashable, Sendable {
    package let party: PartyID
    package let date: BusinessDate
    package internal(set) var state: ReconciliationState
    package internal(set) var breaks: [KeptBreak]
    /// A file that could not be used; the date waits for a better one, until its deadline.
    package internal(set) var fault: UnreadableFile?
    package internal(set) var isUnreachable: Bool
    /// The partner offers what is in force already; nothing was done.
    package internal(set) var isUnchanged = false
    /// Earlier versions that the received files took the place of.
    package internal(set) var superseded: [SupersededFile] = []
    /// Lines that were read by the partner's own loan numbers.
    package internal(set) var readByOwnNumber = 0
    /// Files the manifest lists and that are not there.
    package internal(set) var absent: [String] = []
    /// Files the manifest lists and that no rule reads.
    package internal(set) var unread: [String] = []

    package init(
        party: PartyID, date: BusinessDate, state: ReconciliationState, breaks: [KeptBreak] = [],
        fault: UnreadableFile? = nil, isUnreachable: Bool = false
    ) {
        self.party = party
        self.date = date
        self.state = state
        self.breaks = breaks
        self.fault = fault
        self.isUnreachable = isUnreachable
    }
}
