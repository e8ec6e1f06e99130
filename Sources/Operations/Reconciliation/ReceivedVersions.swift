package import BusinessCalendar
package import LendingRules

/// One version of a partner's file; a new content is a new version, the old ones stay readable.
package struct ReceivedVersion: Hashable, Sendable {
    /// With its suffix.
    package let name: String
    /// From 1.
    package let version: Int
    /// Lower-case hexadecimal.
    package let sha256: String
    package let bytes: Int
    /// Whether the date was last reconciled with it.
    package let isInForce: Bool

    package init(name: String, version: Int, sha256: String, bytes: Int, isInForce: Bool) {
        self.name = name
        self.version = version
        self.sha256 = sha256
        self.bytes = bytes
        self.isInForce = isInForce
    }
}

/// Partners' files as they came; each method is one transaction.
package protocol ReceivedVersions: Sendable {
    /// Every version of a date's files, in name and version order.
    func versions(from party: PartyID, on date: BusinessDate) async throws -> [ReceivedVersion]
    /// The content of one version, nil when there is none.
    func content(of name: String, version: Int, from party: PartyID, on date: BusinessDate)
        async throws -> [UInt8]?
}

/// A file that took the place of an earlier version of itself.
package struct SupersededFile: Hashable, Sendable {
    package let name: String
    /// The version that is in force no longer.
    package let version: Int

    package init(name: String, version: Int) {
        self.name = name
        self.version = version
    }
}
