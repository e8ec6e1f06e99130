package import Bookkeeping

/// A party by its short name: platform, partner bank, guarantor or securitisation vehicle.
package struct PartyID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let name: String

    package init(_ name: String) { self.name = name }

    package static func < (left: PartyID, right: PartyID) -> Bool { left.name < right.name }

    package var description: String { name }

    /// The party's book.
    package var book: BookID { BookID(name) }
}
