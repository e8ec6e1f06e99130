// A partner's answer about one key, read strictly.

package import BusinessCalendar
package import Monetary

/// Where a partner says a request stands.
package enum FundingAnswerState: String, Sendable, CaseIterable {
    case accepted, pending, refused, confirmed, reversing, reversed
}

/// Why an answer cannot be read.
package struct AnswerFault: Error, Hashable, Sendable {
    /// What was found.
    package let what: String
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
        let json: JSONValue
        do throws(JSONFault) {
            json = try JSONReader.read(bytes)
        } catch {
            throw AnswerFault(what: "the answer is not JSON: \(error.what) at \(error.place)")
        }
        guard json.members != nil else { throw AnswerFault(what: "the answer is \(json.kind)") }
        guard let key = try Self.text("key", json), !key.isEmpty else {
            throw AnswerFault(what: "the answer names no key")
        }
        guard let name = try Self.text("state", json),
            let state = FundingAnswerState(rawValue: name)
        else { throw AnswerFault(what: "the answer has no known state") }
        self.key = key
        self.state = state
        money = try Self.money(json)
        valueDate = try Self.date(json)
        reference = try Self.reference(json)
        reasonCode = Self.printable(try Self.text("reasonCode", json) ?? "", limit: 64)
        reason = Self.printable(try Self.text("reason", json) ?? "", limit: 200)
    }

    /// The partner's own number of the loan: it is kept and written into files, so only up to 64
    /// printable ASCII characters without quotes, commas or a formula's first character will do.
    private static func reference(_ json: JSONValue) throws(AnswerFault) -> String {
        let text = try text("reference", json) ?? ""
        let isPlain = text.utf8.allSatisfy { (33...126).contains($0) && $0 != 34 && $0 != 44 }
        guard text.utf8.count <= 64, isPlain, !"=+-@".contains(text.first ?? "A") else {
            throw AnswerFault(what: "'reference' is no plain number of up to 64 characters")
        }
        return text
    }

    /// Words for people, without anything a terminal or file would act on.
    private static func printable(_ text: String, limit: Int) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(limit) {
            scalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(scalars)
    }

    /// A string member; null counts as absent.
    private static func text(_ name: String, _ json: JSONValue) throws(AnswerFault) -> String? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let text = value.text else {
            throw AnswerFault(what: "'\(name)' is \(value.kind), not a string")
        }
        return text
    }

    private static func money(_ json: JSONValue) throws(AnswerFault) -> Money? {
        guard let amount = try text("amount", json) else { return nil }
        guard let code = try text("currency", json), let currency = Currency(code: code) else {
            throw AnswerFault(what: "'amount' stands without a known currency")
        }
        do throws(AmountError) {
            return try Money(amount, currency)
        } catch {
            throw AnswerFault(what: "'amount' is not an amount of \(code): '\(amount.prefix(40))'")
        }
    }

    private static func date(_ json: JSONValue) throws(AnswerFault) -> BusinessDate? {
        guard let text = try text("valueDate", json), !text.isEmpty else { return nil }
        guard let date = BusinessDate(text) else {
            throw AnswerFault(what: "'valueDate' is no date: '\(text.prefix(40))'")
        }
        return date
    }
}
