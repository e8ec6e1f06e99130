// A funding key for life: what was asked, what was decided, how often money moved.
import Crypto

/// What the bank keeps about one key.
struct RequestRecord {
    /// What never changes; by reference, so that a dictionary of many records grows cheaply.
    private final class Lasting {
        let key: String
        let head: RequestHead?
        let terms: LoanTerms?
        let digest: String
        let decidedOn: Day
        let refusal: Refusal?
        let twist: Twist?

        init(_ decision: Decision, _ head: RequestHead, _ terms: LoanTerms?) {
            key = head.key
            self.head = head
            self.terms = terms
            digest = digestText(decision.written ?? decision.body.bytes)
            decidedOn = decision.on
            refusal = decision.refusal
            twist = decision.twist
        }

        init(tombstone key: String, on day: Day) {
            self.key = key
            head = nil
            terms = nil
            digest = ""
            decidedOn = day
            refusal = nil
            twist = nil
        }
    }

    private let lasting: Lasting
    /// The fault of money that it met, as long as nothing of it has shown.
    var unseen: FaultName?
    private(set) var isPending: Bool
    private(set) var isReversed = false
    /// The bank's dates of the acceptance and of its being taken back.
    private(set) var acceptedOn: Day?
    private(set) var reversedOn: Day?
    /// Times money was moved for this key; more than one would be a double payment.
    private(set) var executions = 0
    /// How often a bank that does not look at keys has taken the request.
    private var takings = 1
    /// Number of the latest answer's state, from 1.
    private(set) var sequence = 1
    var pendingAnswers = 0
    /// Queries answered 404 although the key is known.
    var unknownAnswers = 0
    private(set) var firstAnswer: JSON = .null

    init(_ decision: Decision, head: RequestHead, terms: LoanTerms?, party: String) {
        lasting = Lasting(decision, head, terms)
        unseen = decision.twist?.unseen
        isPending = decision.isPending
        if !isPending, refusal == nil {
            executions += twist?.executions ?? 1
            acceptedOn = decision.on
        }
        firstAnswer = answer(party: party, isPaidOut: false, isFirst: true)
    }

    init(tombstone key: String, on day: Day) {
        lasting = Lasting(tombstone: key, on: day)
        isPending = false
        isReversed = true
    }

    var key: String { lasting.key }
    /// What was asked; nil for a tombstone, a key reversed before its request came.
    var head: RequestHead? { lasting.head }
    var terms: LoanTerms? { lasting.terms }
    /// Digest of the body in canonical form: the same content, whatever its spacing.
    var digest: String { lasting.digest }
    var decidedOn: Day { lasting.decidedOn }
    var refusal: Refusal? { lasting.refusal }
    /// What a fault of money made of the decision.
    var twist: Twist? { lasting.twist }

    /// `isPaidOut`: the platform's file of disbursements has named the key.
    func state(isPaidOut: Bool) -> String {
        if isReversed { return "reversed" }
        if isPending { return "pending" }
        if refusal != nil { return "refused" }
        return isPaidOut ? "confirmed" : "accepted"
    }

    /// Whether the bank has promised the money and not taken it back.
    var isAccepted: Bool { !isReversed && !isPending && refusal == nil }

    mutating func settle(on day: Day) {
        guard isPending, !isReversed else { return }
        isPending = false
        sequence += 1
        if refusal == nil {
            executions += takings - 1 + (twist?.executions ?? 1)
            acceptedOn = day
        }
    }

    /// Whether the bank holds it for the platform: asked for, not refused, not taken back.
    var isHeld: Bool { head != nil && refusal == nil && !isReversed }

    /// The same request is taken once more, as if it were another.
    mutating func executeAgain() {
        takings += 1
        if isAccepted { executions += 1 }
    }

    /// Whether the bank stood by its promise at the end of a date, for money of that date.
    func isPromised(endOf day: Day) -> Bool {
        guard let head, head.valueDate <= day, let acceptedOn, acceptedOn <= day else {
            return false
        }
        return reversedOn.map { $0 > day } ?? !isReversed
    }

    mutating func reverse(on day: Day) {
        if isReversed { return }
        isReversed = true
        reversedOn = day
        sequence += 1
    }

    /// Whether a fault that nothing has shown yet shows in an answer; `isFirst`: to the request
    /// itself rather than to a question about it.
    func shows(in status: Int, isFirst: Bool) -> Bool {
        guard unseen != nil, let twist else { return false }
        if twist.isForgotten { return status == 409 || status == 410 }
        if twist.unknownQueries > 0 { return status == 404 }
        return twist.isOnlyInAnswer && isFirst && status == 200
    }

    /// The bank's own number for the loan.
    static func reference(party: String, key: String) -> String {
        let digest = SHA256.hash(data: Array((party + "\n" + key).utf8))
        return party.prefix(3).uppercased() + "-" + hexadecimal(digest.prefix(5)).uppercased()
    }

    /// What the bank has booked, in minor units.
    var bookedAmount: Int64 {
        let twisted = twist.flatMap { $0.isOnlyInAnswer ? nil : $0.amount }
        return twisted ?? head?.amount ?? 0
    }

    /// The currency code that the bank has booked.
    var bookedCurrency: String? {
        let twisted = twist.flatMap { $0.isOnlyInAnswer ? nil : $0.currency }
        return twisted ?? head?.currency.code
    }

    /// `isFirst`: the answer to the request itself, which a fault may have made wrong.
    func answer(party: String, isPaidOut: Bool, isFirst: Bool = false) -> JSON {
        let state = state(isPaidOut: isPaidOut)
        let isRefused = state == "refused"
        let amount = (isFirst ? twist?.amount : nil) ?? bookedAmount
        return .record([
            "key": .string(key), "state": .string(state),
            "amount": head.map { .string($0.currency.text(amount)) },
            "currency": (isFirst ? twist?.currency : nil).map(JSON.string)
                ?? bookedCurrency.map(JSON.string),
            "reference": state == "accepted" || state == "confirmed"
                ? .string(RequestRecord.reference(party: party, key: key)) : nil,
            "valueDate": head.map { .string($0.valueDate.description) },
            "reasonCode": isRefused ? refusal.map { .string($0.code) } : nil,
            "reason": isRefused ? refusal.map { .string($0.reason) } : nil,
            "sequence": .integer(sequence + (state == "confirmed" ? 1 : 0)),
        ])
    }
}
