import LendingRules
import Monetary
import Operations
import PartnerGateway

/// One share as one side's book has it.
package struct ChaosShare: Hashable, Sendable {
    package let key: String
    package let bank: String
    package let loan: String
    /// Decimal text.
    package var amount: String
    package var currency: String
    /// In the words of the side that says it.
    package var state: String
    /// How often money moved at the bank; of ours always one.
    package var executions: Int

    package init(
        key: String, bank: String, loan: String, amount: String, currency: String, state: String,
        executions: Int = 1
    ) {
        self.key = key
        self.bank = bank
        self.loan = loan
        self.amount = amount
        self.currency = currency
        self.state = state
        self.executions = executions
    }

    /// A line of a bank's book.
    init(bank: String, _ json: JSONValue) {
        self.init(
            key: json["key"]?.text ?? "", bank: bank, loan: json["loan"]?.text ?? "",
            amount: json["amount"]?.text ?? "", currency: json["currency"]?.text ?? "",
            state: json["state"]?.text ?? "", executions: Int(json["executions"]?.integer ?? 0))
    }

    /// A request of ours.
    init(_ held: HeldRequest) {
        let request = held.request
        self.init(
            key: request.key, bank: request.party.name, loan: request.loan.text,
            amount: request.amount.text(request.currency), currency: request.currency.code,
            state: held.state.rawValue)
    }

    /// The lender's money is in the loan, as this side sees it.
    var isFunded: Bool { ["accepted", "confirmed", "reversal-refused"].contains(state) }

    /// This side knows how it ended.
    var isDecided: Bool {
        isFunded || ["refused", "reversed", "returned"].contains(state)
    }
}
