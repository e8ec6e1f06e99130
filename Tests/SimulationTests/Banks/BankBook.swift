/// A bank's own books, as its back door tells them.
struct BankBook: Codable, Equatable, Sendable {
    /// A funding request as the bank has it.
    struct Request: Codable, Equatable, Sendable {
        let key: String
        let loan: String?
        let amount: String?
        let currency: String?
        let state: String
        /// How often money moved for the key.
        let executions: Int
    }

    /// A loan as the bank has booked and computed it.
    struct Loan: Codable, Equatable, Sendable {
        let loan: String
        let key: String
        let number: String
        let disbursedOn: String
        let amount: String
        let currency: String
        let principal: String
        let overduePrincipal: String
        let interest: String
        let overdueInterest: String
        let penaltyPrincipal: String
        let serviceFee: String
        let rounding: String
        let unapplied: String
        let dpd: Int
        let `class`: String
    }

    /// A payout as the clearing has it.
    struct Payout: Codable, Equatable, Sendable {
        let key: String
        let loan: String
        let amount: String
        let state: String
        let on: String
        let returnsOn: String?
        /// Which try it ended with.
        let `try`: Int
    }

    let bookedThrough: String?
    /// Nil at a bank that lends.
    let payouts: [Payout]?
    let requests: [Request]
    let loans: [Loan]
}

/// One line of a bank's diary.
struct BankJournalEntry: Codable, Equatable, Sendable {
    let sequence: Int
    let event: String
    var key: String?
    var state: String?
    var fault: String?
    var detail: String?
}
