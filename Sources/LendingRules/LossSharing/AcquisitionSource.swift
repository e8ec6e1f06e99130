/// By which layer claims were taken over, and from whom.
package struct AcquisitionSource: Hashable, Comparable, Sendable {
    package let layer: String
    package let lender: PartyID

    package static func < (left: AcquisitionSource, right: AcquisitionSource) -> Bool {
        (left.layer, left.lender) < (right.layer, right.lender)
    }
}
