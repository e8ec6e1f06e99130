// What a signed answer of the payment channel proves about a payout.

internal import BusinessCalendar
internal import LendingRules
internal import Monetary
package import Operations

extension PayoutAnswer {
    /// The two things a channel is asked about a payout.
    package enum Call: Sendable {
        case pay, ask
    }

    /// Judges an answer whose signature has been checked. Whatever does not fit the payout to the
    /// letter is unknown, never paid and never failed.
    package static func judge(
        _ call: Call, of payout: Payout, status: Int, body: [UInt8]
    ) -> PayoutAnswer {
        switch (call, status) {
        case (.ask, 404): return .neverSeen(.init("404: the channel has no record of the key"))
        case (.pay, 200), (.pay, 201), (.ask, 200):
            do throws(AnswerFault) {
                return try read(call, payout, body)
            } catch {
                return .unknown(.init("status \(status): \(error.what)"))
            }
        default: return .unknown(.init("status \(status) settles nothing"))
        }
    }

    private static func read(_ call: Call, _ payout: Payout, _ body: [UInt8])
        throws(AnswerFault) -> PayoutAnswer
    {
        let told = try ToldPayout(body)
        guard told.key.utf8.elementsEqual(payout.key.utf8) else {
            throw AnswerFault(what: "the answer is about the key '\(told.key.prefix(80))'")
        }
        let asked = Money(minorUnits: payout.amount, currency: payout.currency)
        guard told.money == asked else {
            throw AnswerFault(what: "the answer is about \(told.money), not \(asked)")
        }
        if told.isPaid { return .paid(reference: told.reference, on: told.valueDate) }
        if told.number == payout.number {
            return .failed(reason: told.reason, on: told.valueDate)
        }
        // An earlier try failed; of this one the channel knows nothing.
        guard call == .ask, told.number < payout.number else {
            throw AnswerFault(what: "the answer is about try \(told.number)")
        }
        return .neverSeen(.init("the channel knows try \(told.number) at the latest"))
    }
}

/// What a channel tells of a payout.
private struct ToldPayout {
    let key: String
    let isPaid: Bool
    let number: Int
    let money: Money
    let reference: String
    let reason: String
    let valueDate: BusinessDate?

    init(_ bytes: [UInt8]) throws(AnswerFault) {
        let json = try AnswerText(bytes)
        key = try json.text("key") ?? ""
        switch try json.text("state") {
        case "paid": isPaid = true
        case "failed": isPaid = false
        default: throw AnswerFault(what: "the answer has no known state")
        }
        guard let number = json.integer("try"), number > 0 else {
            throw AnswerFault(what: "the answer names no try")
        }
        self.number = number
        guard let money = try json.money() else {
            throw AnswerFault(what: "the answer names no amount")
        }
        self.money = money
        reference = try json.reference()
        reason = AnswerText.printable(try json.text("reason") ?? "", limit: 200)
        valueDate = try json.date("valueDate")
    }
}

extension Payout {
    /// The body of `POST /v1/payouts`: the same try always gives the same bytes.
    package var wireBody: [UInt8] {
        var writer = JSONWriter(reservingCapacity: 200)
        writer.object {
            $0.member("key", key)
            $0.member("loan", loan.text)
            $0.member("amount", Money(minorUnits: amount, currency: currency).text)
            $0.member("currency", currency.code)
            $0.member("valueDate", plannedOn.description)
            $0.name("try")
            $0.integer(number)
        }
        return writer.bytes
    }
}
