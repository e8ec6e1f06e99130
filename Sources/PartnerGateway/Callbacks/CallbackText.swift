// The body of a callback, read as strictly as an answer.

internal import LendingRules
internal import Monetary
internal import Operations

/// Reads the answer object of partner protocol v1 that a partner sends on its own.
enum CallbackText {
    /// Longer keys were never given out.
    private static let maximumKeyBytes = 300

    /// - Parameter proof: What proves it, with the digest of what it says.
    /// - Throws: ``CallbackRefusal`` `unreadable` for anything that is not to the letter.
    static func read(
        _ body: [UInt8], from party: PartyID,
        proof: (_ digest: String) throws(CallbackRefusal) -> CallbackProof
    ) throws(CallbackRefusal) -> PartnerCallback {
        let (answer, sequence) = try parsed(body)
        return PartnerCallback(
            party: party, key: answer.key, word: answer.state.word, sequence: sequence,
            money: answer.money, reference: answer.reference, reasonCode: answer.reasonCode,
            reason: answer.reason, proof: try proof(answer.digest))
    }

    private static func parsed(
        _ body: [UInt8]
    ) throws(CallbackRefusal) -> (FundingAnswer, Int64) {
        do throws(AnswerFault) {
            let answer = try FundingAnswer(body)
            let sequence = try sequence(in: body)
            guard isPlain(answer.key) else { throw AnswerFault(what: "'key' is no key of ours") }
            return (answer, sequence)
        } catch {
            throw .unreadable(error.what)
        }
    }

    private static func sequence(in body: [UInt8]) throws(AnswerFault) -> Int64 {
        guard let sequence = try AnswerText(body).integer("sequence"), sequence >= 0 else {
            throw AnswerFault(what: "'sequence' is no whole number from 0")
        }
        return Int64(sequence)
    }

    private static func isPlain(_ key: String) -> Bool {
        key.utf8.count <= maximumKeyBytes
            && key.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}

extension FundingAnswer {
    /// Of the word and its money alone: a bank that repeats itself may write it otherwise.
    fileprivate var digest: String {
        let amount = money.map { "\($0.minorUnits) \($0.currency.code)" } ?? ""
        return HexText.digest(of: Array("\(state.rawValue) \(amount)".utf8))
    }
}

extension FundingAnswerState {
    fileprivate var word: PartnerWord {
        switch self {
        case .accepted: .accepted
        case .pending: .pending
        case .refused: .refused
        case .confirmed: .confirmed
        case .reversing: .reversing
        case .reversed: .reversed
        }
    }
}
