package import BusinessCalendar

/// Changes of the configuration; each method is one transaction.
package protocol ChangeStore: Sendable {
    /// Every change in order of number.
    func changes() async throws -> [ConfigurationChange]
    /// Keeps a proposal and gives its number; on `firstDate` in a store that has no open date.
    func propose(_ change: ProposedChange, firstDate: BusinessDate, now: Int64) async throws
        -> ConfigurationChange
    /// Keeps what a person decided of a proposal; refused when it, or anything that counts, has
    /// changed since.
    func decide(_ decision: ChangeDecision, now: Int64) async throws
    /// Keeps that the files of an approved change are in their places; once is enough.
    func finish(_ number: Int) async throws
}

/// What a person decided of a proposal.
package struct ChangeDecision: Hashable, Sendable {
    package let number: Int
    package let isApproval: Bool
    package let person: String
    package let reason: String
    /// How many changes counted when it was decided.
    package let counted: Int
    /// The texts of the guarded files that two persons have agreed on from now on, by path; empty
    /// where one is enough. Only an approval changes them.
    package let approvedFiles: [String: String]

    package init(
        number: Int, isApproval: Bool, person: String, reason: String, counted: Int,
        approvedFiles: [String: String] = [:]
    ) {
        self.number = number
        self.isApproval = isApproval
        self.person = person
        self.reason = reason
        self.counted = counted
        self.approvedFiles = approvedFiles
    }
}

/// What two persons have agreed on; each method is one transaction.
package protocol ApprovedFiles: Sendable {
    /// Texts by path; empty where nobody asks for two persons.
    func approvedFiles() async throws -> [String: String]
    /// Takes files as agreed on, where nothing is yet; false when something was.
    func adopt(_ files: [String: String], firstDate: BusinessDate, now: Int64) async throws -> Bool
}
