package import BusinessCalendar
package import LendingRules
package import Monetary
package import Reconciling

/// A line of credit (授信) as opened: what its import said. What is drawn or bought under it is
/// lent as a note (借据), a loan of its own.
package struct LineRecord: Hashable, Sendable {
    /// Lines and loans share their names.
    package let line: LoanID
    package let borrower: String
    package let product: String
    /// The agreement of all its notes: the one that the import named, or found alone.
    package let agreement: String
    package let currency: Currency
    /// Minor units that may be lent at a time.
    package let limit: Int64
    package let rate: AnnualRate
    /// Of a note that does not say its own.
    package let instalments: Int
    /// UTC microseconds since 1970.
    package let approvedAt: Int64
    package let bookedOn: BusinessDate
    package let region: String
    package let grade: String
    package let channel: String
    package let purpose: String
    /// Hash of the imported content: the same line again does nothing, another is refused.
    package let contentHash: String

    package init(
        line: LoanID, borrower: String, product: String, agreement: String, currency: Currency,
        limit: Int64, rate: AnnualRate, instalments: Int, approvedAt: Int64,
        bookedOn: BusinessDate, region: String, grade: String, channel: String, purpose: String,
        contentHash: String
    ) {
        self.line = line
        self.borrower = borrower
        self.product = product
        self.agreement = agreement
        self.currency = currency
        self.limit = limit
        self.rate = rate
        self.instalments = instalments
        self.approvedAt = approvedAt
        self.bookedOn = bookedOn
        self.region = region
        self.grade = grade
        self.channel = channel
        self.purpose = purpose
        self.contentHash = contentHash
    }

    /// The name of the note that a drawdown or purchase becomes.
    package func note(of fact: String) -> LoanID { LoanID("\(line).\(fact)") }
}

/// A line with everything that is lent under it.
package struct LineSubject: Hashable, Sendable {
    package let record: LineRecord
    /// In loan order.
    package let notes: [FactSubject]

    package init(record: LineRecord, notes: [FactSubject]) {
        self.record = record
        self.notes = notes
    }
}

/// Lines of credit in the store; each method is one transaction.
package protocol LineStore: Sendable {
    /// Those of the lines that are opened, with all their notes.
    func lines(_ ids: [LoanID]) async throws -> [LoanID: LineSubject]
}

/// An outside id that stands for several facts, or for a booked note, and for none of its own.
package struct NewKey: Hashable, Sendable {
    package let id: String
    /// The line or note that it is about.
    package let loan: LoanID
    /// Hash of the imported content.
    package let contentHash: String

    package init(id: String, loan: LoanID, contentHash: String) {
        self.id = id
        self.loan = loan
        self.contentHash = contentHash
    }
}

/// Names of the parts into which what came for a line is divided among its notes, such as
/// `PAY-1/LINE.D1`, of a refund followed by its purchase's note; no outside id holds a slash.
package enum PartName {
    /// The part of a note.
    package static func part(of id: String, on note: LoanID, refunding purchase: LoanID? = nil)
        -> String
    {
        "\(id)/\(note)" + (purchase.map { "/\($0)" } ?? "")
    }

    /// The note of the purchase that a part gives back; nil of any other.
    package static func purchase(of name: String) -> LoanID? {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 3 ? LoanID(String(parts[2])) : nil
    }

    /// The id that came for the line, or nil when a name is no part's.
    package static func whole(of name: String) -> String? {
        let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? String(parts[0]) : nil
    }
}

extension [CollectedPayment] {
    /// The same with the parts of what came for a line added up, in the order of ids.
    package func joined() -> [CollectedPayment] {
        var sums: [String: CollectedPayment] = [:]
        for payment in self {
            let sum = (sums[payment.id]?.amount ?? 0) + payment.amount
            sums[payment.id] = CollectedPayment(
                id: payment.id, loan: payment.loan, amount: sum, currency: payment.currency)
        }
        return sums.values.sorted { $0.id < $1.id }
    }
}
