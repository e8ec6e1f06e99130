// The members of an answer, read strictly.

internal import BusinessCalendar
internal import Monetary

/// Why an answer cannot be read.
package struct AnswerFault: Error, Hashable, Sendable {
    /// What was found.
    package let what: String
}

/// A complete JSON object that a partner has answered. Members nobody asks for are passed over: the
/// signature has vouched for them and a partner may say more.
struct AnswerText {
    private let json: JSONValue

    init(_ bytes: some Collection<UInt8>) throws(AnswerFault) {
        do throws(JSONFault) {
            json = try JSONReader.read(Array(bytes))
        } catch {
            throw AnswerFault(what: "the answer is not JSON: \(error.what) at \(error.place)")
        }
        guard json.members != nil else { throw AnswerFault(what: "the answer is \(json.kind)") }
    }

    /// A string member; null counts as absent.
    func text(_ name: String) throws(AnswerFault) -> String? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let text = value.text else {
            throw AnswerFault(what: "'\(name)' is \(value.kind), not a string")
        }
        return text
    }

    /// A whole number; nil for anything else.
    func integer(_ name: String) -> Int? {
        json[name]?.integer.flatMap { Int(exactly: $0) }
    }

    /// The members `amount` and `currency`; nil without an amount.
    func money() throws(AnswerFault) -> Money? {
        guard let amount = try text("amount") else { return nil }
        guard let code = try text("currency"), let currency = Currency(code: code) else {
            throw AnswerFault(what: "'amount' stands without a known currency")
        }
        do throws(AmountError) {
            return try Money(amount, currency)
        } catch {
            throw AnswerFault(what: "'amount' is not an amount of \(code): '\(amount.prefix(40))'")
        }
    }

    /// A date; nil when it is absent or empty.
    func date(_ name: String) throws(AnswerFault) -> BusinessDate? {
        guard let text = try text(name), !text.isEmpty else { return nil }
        guard let date = BusinessDate(text) else {
            throw AnswerFault(what: "'\(name)' is no date: '\(text.prefix(40))'")
        }
        return date
    }

    /// The partner's own number: it is kept and written into files, so only up to 64 printable
    /// ASCII characters without quotes, commas or a formula's first character will do.
    func reference() throws(AnswerFault) -> String {
        let text = try text("reference") ?? ""
        let isPlain = text.utf8.allSatisfy { (33...126).contains($0) && $0 != 34 && $0 != 44 }
        guard text.utf8.count <= 64, isPlain, !"=+-@".contains(text.first ?? "A") else {
            throw AnswerFault(what: "'reference' is no plain number of up to 64 characters")
        }
        return text
    }

    /// Words for people, without anything a terminal or file would act on.
    static func printable(_ text: String, limit: Int) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(limit) {
            scalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(scalars)
    }
}
