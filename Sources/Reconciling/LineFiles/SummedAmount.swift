/// A sum as a summary tells it: currencies are never added together.
package enum SummedAmount: Hashable, Sendable, CustomStringConvertible {
    /// Of one currency, or of amounts without one, as decimal text.
    case single(String)
    /// By currency, in the order of their codes, where the files hold several.
    case byCurrency([Part])

    /// One currency's sum.
    package struct Part: Hashable, Sendable {
        /// ISO 4217; of amounts without a currency the code for none.
        package let currency: String
        package let amount: String

        init(currency: String, amount: WideAmount) {
            self.currency = currency
            self.amount = amount.text
        }
    }

    /// Currencies and amounts for people.
    package var description: String {
        switch self {
        case .single(let amount): amount
        case .byCurrency(let parts):
            parts.map { "\($0.currency) \($0.amount)" }.joined(separator: ", ")
        }
    }
}
