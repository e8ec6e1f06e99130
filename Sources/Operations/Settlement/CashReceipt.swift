package import BusinessCalendar
package import LendingRules
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
    var words: [String] { CashReceipt.words(of: remittance) }

    /// Whether a remittance has a word of the form of a settlement's id: `S20260105.USD.harbor`.
    package static func namesSettlement(_ remittance: String) -> Bool {
        words(of: remittance).contains { word in
            let parts = word.split(separator: ".", omittingEmptySubsequences: false)
            let digits = parts[0].utf8.dropFirst()
            return parts.count >= 3 && parts[0].utf8.first == UInt8(ascii: "S")
                && digits.count == 8 && digits.allSatisfy { (48...57).contains($0) }
        }
    }

    private static func words(of remittance: String) -> [String] {
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
    package let fault: ReceiptFault

    package init(_ receipt: CashReceipt, _ fault: ReceiptFault) {
        self.receipt = receipt
        self.fault = fault
    }

    /// Why, in words for people.
    package var reason: String { fault.reason }
}

/// Why a statement line settles nothing.
package enum ReceiptFault: Hashable, Sendable {
    case namesNone
    case namesSeveral
    case otherCurrency(SettlementID, Currency)
    case refused(SettlementID, SettlementRefusal)
    /// The bank reference stands for other content, taken in before or beside it.
    case otherContent

    /// The fault in words for people.
    package var reason: String {
        switch self {
        case .namesNone: "it names no settlement"
        case .namesSeveral: "it names several settlements"
        case .otherCurrency(let id, let currency): "settlement \(id) is not in \(currency)"
        case .refused(let id, let refusal): "settlement \(id): \(refusal.reason(in: id.currency))"
        case .otherContent: "its bank reference stands for other content already"
        }
    }

    /// The settlement concerned, when it is known.
    var settlement: SettlementID? {
        switch self {
        case .otherCurrency(let id, _), .refused(let id, _): id
        case .namesNone, .namesSeveral, .otherContent: nil
        }
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
