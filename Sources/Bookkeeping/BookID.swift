/// The book of one party; books are this system's view per party.
package struct BookID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let name: String

    package init(_ name: String) { self.name = name }

    package static func < (left: BookID, right: BookID) -> Bool { left.name < right.name }

    package var description: String { name }
}
