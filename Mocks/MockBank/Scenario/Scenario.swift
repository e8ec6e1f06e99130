// A partner bank as a scenario file describes it.

/// One rule by which the bank refuses a request; every condition given must hold.
package struct RefusalRule: Sendable {
    var amountAbove: Int64?
    var instalmentsAbove: Int?
    var rateAbove: Exact?
    var probability: Probability?
    let reasonCode: String
    let reason: String

    func refuses(_ head: RequestHead, _ terms: LoanTerms, seed: String) -> Bool {
        if let amountAbove, head.amount <= amountAbove { return false }
        if let instalmentsAbove, terms.instalments <= instalmentsAbove { return false }
        if let rateAbove, !terms.annualRatePercent.exceeds(rateAbove) { return false }
        if let probability {
            return Draw(seed, head.key, "refuse", reasonCode).hits(probability)
        }
        return true
    }
}

/// A bank: its terms, its way of computing and its misbehaviour.
package struct Scenario: Sendable {
    /// Name, currency and arithmetic.
    package let rules: BankRules
    /// Names of environment variables that hold the keys; the first signs first.
    package let secretNames: KeyNames
    /// Where the bank's clock stands when it starts for the first time.
    package let startDate: Day
    /// 0: files are offered once booked; n: when the clock has reached their date + n.
    package let filesReadyAfterDays: Int
    /// Virtual seconds after which a 404 proves that a key was never seen.
    package let settleSeconds: Int
    /// Days after which a key is forgotten; nil keeps all.
    package let keyWindowDays: Int?
    /// Delay of every answer to a funding request.
    package let answerDelayMilliseconds: Int
    /// Share of requests that are first answered `pending`.
    package let pending: Probability
    /// Queries that are answered `pending` before the decision shows.
    package let pendingQueries: Int
    /// Milliseconds after which a pending decision shows by itself; nil waits for queries.
    package let pendingAfterMilliseconds: Int?
    /// Days and hours of business.
    let calendar: BankCalendar
    /// Where callbacks go.
    let callbacks: CallbackRules
    /// Whether keys and nonces count once; without, whatever arrives twice is executed twice.
    let deduplicates: Bool
    /// Seconds by which the bank's wall clock is wrong.
    let clockSkewSeconds: Int
    /// The certificate; nil speaks plain HTTP.
    let tls: TLSRules?
    /// Rules of refusal, the first that holds decides.
    package let refuse: [RefusalRule]
    /// Faults in force at first start.
    package let faults: FaultSet
}
