package import BusinessCalendar

/// What the channel's answer — or its absence — proves about one try of a payout.
package enum PayoutAnswer: Hashable, Sendable {
    /// No byte left; sending the same try again is safe.
    case notSent(PartnerAnswer.Evidence)
    /// The channel has paid, on its own date.
    case paid(reference: String, on: BusinessDate?)
    /// This try failed and no money moved.
    case failed(reason: String, on: BusinessDate?)
    /// The channel has no record of this try.
    case neverSeen(PartnerAnswer.Evidence)
    /// Sent, and no trustworthy answer came, or one that does not fit the payout.
    case unknown(PartnerAnswer.Evidence)
}

/// The payment channel over whatever wire; no method throws, since every outcome is an answer.
package protocol PaymentChannel: Sendable {
    /// Sends the payout once.
    func pay(_ payout: Payout) async -> PayoutAnswer
    /// Asks what became of this try of the key.
    func ask(_ payout: Payout) async -> PayoutAnswer
}

extension PayoutAnswer {
    /// No byte of it left.
    var hasNotLeft: Bool {
        if case .notSent = self { true } else { false }
    }

    /// Nothing was learned from the channel.
    var isSilence: Bool {
        switch self {
        case .notSent, .unknown: true
        default: false
        }
    }
}
