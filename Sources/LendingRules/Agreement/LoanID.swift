/// A loan by the platform's own number.
package struct LoanID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func < (left: LoanID, right: LoanID) -> Bool { left.text < right.text }

    package var description: String { text }
}
