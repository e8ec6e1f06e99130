/// By which arithmetic a loan is computed, kept with it from its booking on (RULES § 1).
///
/// It rises when a later program would find other amounts from the same facts and terms; loans that
/// were booked before are then computed as before.
package struct CalculationVersion: Hashable, Sendable {
    /// From 1.
    package let number: Int

    package init(_ number: Int) { self.number = number }

    /// That of loans booked now.
    package static let current = CalculationVersion(1)

    /// Whether this program computes by it.
    package var isKnown: Bool { self == .current }
}
