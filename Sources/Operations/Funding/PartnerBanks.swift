package import BusinessCalendar

/// What a partner's answer — or its absence — proves.
package enum PartnerAnswer: Hashable, Sendable {
    /// No byte of the request left; sending again with the same key is safe.
    case notSent(Evidence)
    case accepted(reference: String, valueDate: BusinessDate?)
    /// The lender holds less than it was asked for, in minor units, and that is agreed.
    case acceptedPart(amount: Int64, reference: String, valueDate: BusinessDate?)
    case pending
    case refused(code: String, reason: String)
    /// The partner holds nothing under the key. A tombstone names no amount: it is what a partner
    /// says of a key that it does not know, or knows no longer.
    case reversed(isTombstone: Bool)
    case reversalRefused(reason: String)
    /// The partner has no record of the key.
    case neverSeen(Evidence)
    /// Sent, and no trustworthy answer came, or one that does not fit the request.
    case unknown(Evidence)

    /// What the wire showed; operational, never business data and never a secret.
    package struct Evidence: Hashable, Sendable {
        package let text: String

        package init(_ text: String) { self.text = text }
    }
}

/// The partner banks over whatever wire; no method throws, since every outcome is an answer.
package protocol PartnerBanks: Sendable {
    /// Sends the request once.
    func send(_ request: HeldRequest) async -> PartnerAnswer
    /// Sends requests of one party together, each once; one answer for each, in their order. What
    /// is wrong with the answer to one of them says nothing about the others.
    func send(_ requests: [HeldRequest]) async -> [PartnerAnswer]
    /// Asks what became of the key.
    func ask(_ request: HeldRequest) async -> PartnerAnswer
    /// Demands the reversal of the key.
    func reverse(_ request: HeldRequest) async -> PartnerAnswer
}

extension PartnerAnswer {
    /// No byte of the request left.
    var hasNotLeft: Bool {
        if case .notSent = self { true } else { false }
    }

    /// Nothing was learned from the partner.
    var isSilence: Bool {
        switch self {
        case .notSent, .unknown: true
        default: false
        }
    }
}
