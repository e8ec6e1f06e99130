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
    ///
    /// - Parameter isGivenBack: The bank has booked the loan, and the borrower owes it nothing
    ///   any more.
    init(bank: String, _ json: JSONValue, isGivenBack: Bool) {
        let state = json["state"]?.text ?? ""
        self.init(
            key: json["key"]?.text ?? "", bank: bank, loan: json["loan"]?.text ?? "",
            amount: json["amount"]?.text ?? "", currency: json["currency"]?.text ?? "",
            state: isGivenBack && state == "confirmed" ? "returned" : state,
            executions: Int(json["executions"]?.integer ?? 0))
    }

    /// A request of ours.
    init(_ held: HeldRequest) {
        let request = held.request
        self.init(
            key: request.key, bank: request.party.name, loan: request.loan.text,
            amount: held.heldAmount.text(request.currency), currency: request.currency.code,
            state: held.state.rawValue)
    }

    /// Minor units; both sides write amounts of the round's currencies with two decimals.
    var cents: Int64 { Int64(amount.filter { $0 != "." }) ?? 0 }

    /// The lender's money is in the loan, as this side sees it.
    var isFunded: Bool { ["accepted", "confirmed", "reversal-refused"].contains(state) }

    /// This side knows how it ended.
    var isDecided: Bool {
        isFunded || ["refused", "reversed", "returned"].contains(state)
    }
}
