// The body of a funding request, read strictly.

/// A funding request without its terms.
package struct RequestHead: Equatable, Sendable {
    /// Idempotency key for the request's life.
    package let key: String
    /// The loan.
    package let loanID: String
    /// The bank's share in minor units.
    package let amount: Int64
    /// Currency of both amounts.
    package let currency: Currency
    /// The whole loan in minor units.
    package let loanAmount: Int64
    /// Value date wished for.
    package let valueDate: Day
    /// Date part of `expiresAt`; nil when the request does not expire.
    package let expiresOn: Day?
    /// Who owes the loan, as the platform names it; empty when it does not say.
    package let borrower: String

    private static let fields = [
        "key", "loan", "lender", "amount", "currency", "loanAmount", "valueDate", "expiresAt",
        "borrowerRef", "terms",
    ].sorted()

    /// Reads a body meant for `party`; throws the first thing that is wrong with it.
    package init(_ body: JSON, party: String, currency own: Currency) throws(Refusal) {
        guard let members = body.members else {
            throw Refusal.malformed("the body", "a JSON object")
        }
        if let stranger = members.stranger(to: Self.fields) {
            throw Refusal.malformed("the body", "without the unknown field \(stranger)")
        }
        key = try Self.identifier(members, "key")
        loanID = try Self.identifier(members, "loan")
        guard try Self.identifier(members, "lender") == party else {
            throw Refusal(code: "wrong-lender", reason: "this bank is \(party)")
        }
        currency = try Self.currency(members, own)
        amount = try Self.amount(members, "amount", currency)
        loanAmount = try Self.amount(members, "loanAmount", currency)
        guard amount <= loanAmount else {
            throw Refusal.malformed("amount", "at most loanAmount")
        }
        guard let valueDate = members["valueDate"]?.text.flatMap({ Day($0) }) else {
            throw Refusal.malformed("valueDate", "a date YYYY-MM-DD")
        }
        self.valueDate = valueDate
        expiresOn = try Self.expiry(members)
        borrower = members["borrowerRef"]?.text ?? ""
        if members["terms"]?.members == nil { throw Refusal.malformed("terms", "an object") }
    }

    /// Whether `text` can be a key: it goes into paths as it stands.
    package static func isIdentifier(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                    || [45, 46, 58, 95].contains($0)
            }
    }

    private static func identifier(
        _ members: Members, _ name: String
    ) throws(Refusal) -> String {
        guard let text = members[name]?.text, isIdentifier(text) else {
            throw Refusal.malformed(name, "1 to 128 letters, digits or . _ : -")
        }
        return text
    }

    private static func currency(
        _ members: Members, _ own: Currency
    ) throws(Refusal) -> Currency {
        guard let code = members["currency"]?.text, let currency = Currency(code) else {
            throw Refusal(code: "unknown-currency", reason: "currency is not an ISO 4217 code")
        }
        guard currency == own else {
            throw Refusal(code: "unsupported-currency", reason: "this bank lends in \(own.code)")
        }
        return currency
    }

    private static func amount(
        _ members: Members, _ name: String, _ currency: Currency
    ) throws(Refusal) -> Int64 {
        guard let text = members[name]?.text, let amount = currency.minorUnits(text), amount > 0
        else {
            throw Refusal(
                code: "malformed-amount",
                reason: "\(name) must be a decimal string > 0, at most \(currency.digits) decimals")
        }
        return amount
    }

    private static func expiry(_ members: Members) throws(Refusal) -> Day? {
        guard let value = members["expiresAt"], value != .null else { return nil }
        guard let text = value.text, text.hasSuffix("Z"), text.dropFirst(10).hasPrefix("T"),
            let day = Day(String(text.prefix(10)))
        else { throw Refusal.malformed("expiresAt", "an instant YYYY-MM-DDThh:mm:ssZ") }
        return day
    }
}
