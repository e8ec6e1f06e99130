// A partner's answer about one key, read strictly.

package import BusinessCalendar
package import Monetary

/// Where a partner says a request stands.
package enum FundingAnswerState: String, Sendable, CaseIterable {
    case accepted, pending, refused, confirmed, reversing, reversed
}

/// The answer object of partner protocol v1.
package struct FundingAnswer: Hashable, Sendable {
    package let key: String
    package let state: FundingAnswerState
    /// Absent only where there is nothing to fund, as in the tombstone of an unknown key.
    package let money: Money?
    package let reference: String
    package let valueDate: BusinessDate?
    package let reasonCode: String
    package let reason: String

    /// Reads a complete JSON object. Members the protocol does not name are passed over: the
    /// signature has vouched for them and a partner may say more.
    ///
    /// - Throws: ``AnswerFault`` for anything that is not to the letter.
    package init(_ bytes: [UInt8]) throws(AnswerFault) {
        try self.init(AnswerText(bytes))
    }

    /// The same of an object that has been read.
    init(_ json: AnswerText) throws(AnswerFault) {
        guard let key = try json.text("key"), !key.isEmpty else {
            throw AnswerFault(what: "the answer names no key")
        }
        guard let name = try json.text("state"),
            let state = FundingAnswerState(rawValue: name)
        else { throw AnswerFault(what: "the answer has no known state") }
        self.key = key
        self.state = state
        money = try json.money()
        valueDate = try json.date("valueDate")
        reference = try json.reference()
        reasonCode = AnswerText.printable(try json.text("reasonCode") ?? "", limit: 64)
        reason = AnswerText.printable(try json.text("reason") ?? "", limit: 200)
    }
}
