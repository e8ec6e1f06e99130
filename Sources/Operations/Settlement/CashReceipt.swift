package import BusinessCalendar
package import Monetary

/// One line of the statement of the platform's account.
package struct CashReceipt: Hashable, Sendable {
    /// The bank's own reference: it names a line for ever.
    package let bankRef: String
    /// Minor units as the account sees them: positive comes in, negative goes out.
    package let amount: Int64
    package let currency: Currency
    package let valueDate: BusinessDate
    /// What the payer wrote; a settlement's line holds its id.
    package let remittance: String

    package init(
        bankRef: String, amount: Int64, currency: Currency, valueDate: BusinessDate,
        remittance: String
    ) {
        self.bankRef = bankRef
        self.amount = amount
        self.currency = currency
        self.valueDate = valueDate
        self.remittance = remittance
    }

    /// The words of the remittance that could be a settlement's id.
    var words: [String] {
        remittance.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) && $0 != "." && $0 != "-" }
            .map { word in
                var word = word
                while word.last == "." { word.removeLast() }
                return String(word)
            }
    }
}

/// Which statement lines are known.
package protocol CashReceipts: Sendable {
    /// Those of the bank references that were taken in, by reference.
    func receipts(_ bankRefs: [String]) async throws -> [String: CashReceipt]
}

/// A statement line that settles nothing.
package struct UnknownReceipt: Hashable, Sendable {
    package let receipt: CashReceipt
    package let reason: String

    package init(_ receipt: CashReceipt, _ reason: String) {
        self.receipt = receipt
        self.reason = reason
    }
}

/// What a statement brought.
package struct ConfirmationReport: Hashable, Sendable {
    /// Lines taken in now.
    package let taken: [CashReceipt]
    /// Settlements they belong to, as they stand afterwards, in id order.
    package let settlements: [Settlement]
    /// Lines that were taken in before.
    package let alreadyThere: Int
    /// Lines that settle nothing, in order of their references.
    package let unknown: [UnknownReceipt]

    package init(
        taken: [CashReceipt], settlements: [Settlement], alreadyThere: Int,
        unknown: [UnknownReceipt]
    ) {
        self.taken = taken
        self.settlements = settlements
        self.alreadyThere = alreadyThere
        self.unknown = unknown
    }
}
