/// Reads a bank's diary for what a careful platform never does: send a request again without
/// having asked what became of the first.
///
/// A signed request that came twice is a re-send below the platform. A second arrival of a key
/// without a question between them is a blind one, unless the bank itself said "later" to the
/// first: an answer that nothing was booked. A payout that failed is followed by its next try.
enum JournalAudit {
    /// What a diary shows against the platform.
    enum Violation: Equatable, Sendable, CustomStringConvertible {
        case repeatedBelow(key: String, sequence: Int)
        case sentBlindly(key: String, sequence: Int)

        var description: String {
            switch self {
            case .repeatedBelow(let key, let sequence):
                "entry \(sequence): the same signed request for \(key) came twice"
            case .sentBlindly(let key, let sequence):
                "entry \(sequence): \(key) was sent again without asking"
            }
        }
    }

    /// Everything forbidden in a diary, in its order.
    static func violations(in journal: [BankJournalEntry]) -> [Violation] {
        var unasked: Set<String> = []
        return journal.sorted { $0.sequence < $1.sequence }.compactMap { entry in
            let key = entry.key ?? ""
            switch entry.event {
            case "replayed-nonce": return .repeatedBelow(key: key, sequence: entry.sequence)
            case "query": unasked.remove(key)
            case "fault" where ["busy", "payout-failed"].contains(entry.fault):
                unasked.remove(key)
            case "arrival" where !unasked.insert(key).inserted:
                return .sentBlindly(key: key, sequence: entry.sequence)
            default: break
            }
            return nil
        }
    }
}
