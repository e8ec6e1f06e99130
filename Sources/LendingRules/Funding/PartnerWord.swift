/// Where a partner says, on its own, that a funding request stands: the state of a callback.
package enum PartnerWord: String, Sendable, CaseIterable {
    case pending
    case accepted
    /// The partner has moved the money; to us it is still its acceptance.
    case confirmed
    case refused
    case reversing
    case reversed
}

/// What a partner's word means for a request, given what is known of it.
package enum WordMeaning: Hashable, Sendable {
    /// It is the answer that was missing.
    case moves(RequestState)
    /// It says what is known, or what was true before that.
    case known
    /// It does not fit, and asking can still tell: the request is in doubt.
    case doubt(RequestState)
    /// It does not fit, and money was decided on what was known: nothing moves, people look.
    case contradiction
}

extension RequestState {
    /// What a word means here; a word never accepts or refuses what is decided already.
    ///
    /// - Parameters:
    ///   - fits: The word is about the request's own amount and takes back none before it.
    ///   - isUndecided: The loan's funding is not concluded, so that no money follows yet.
    package func meaning(of word: PartnerWord, fits: Bool, isUndecided: Bool) -> WordMeaning {
        if fits {
            if knows(word) { return .known }
            if let event = word.answer, let next = try? after(event) { return .moves(next) }
        }
        guard self != .accepted || isUndecided, let doubt = try? after(.contradicted) else {
            return .contradiction
        }
        return .doubt(doubt)
    }

    /// Whether a word adds nothing to this state: the same, or an earlier stage of the same life.
    private func knows(_ word: PartnerWord) -> Bool {
        switch self {
        case .planned, .sent, .inDoubt: false
        case .pending: word == .pending
        case .accepted, .confirmed, .reversalRefused: word.stage < PartnerWord.ended
        case .refused: word.stage == PartnerWord.ended || word == .pending
        // A pending request may be refused while its reversal is on its way.
        case .reversing, .reversalInDoubt: word != .reversed
        // What it accepts after all is reversed once more, which it takes as often as it comes.
        case .reversed: word != .accepted && word != .confirmed
        case .returned: word != .refused
        }
    }
}

extension PartnerWord {
    /// How far a request's life has come by this word; a later word is not of an earlier stage.
    package var stage: Int {
        switch self {
        case .pending: 0
        case .accepted: 1
        case .confirmed: 2
        case .refused, .reversing, .reversed: Self.ended
        }
    }

    /// The partner holds, or will hold, nothing of the share.
    fileprivate static let ended = 3

    /// The answer that the word is to a question about the request.
    fileprivate var answer: RequestEvent? {
        switch self {
        case .pending: .answeredPending
        case .accepted, .confirmed: .answeredAccepted
        case .refused: .answeredRefused
        case .reversing: nil
        case .reversed: .answeredReversed
        }
    }
}
