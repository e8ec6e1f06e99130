package import BusinessCalendar
package import LendingRules

/// Why something cannot be done with a pool.
package enum PoolFault: CodedError, Hashable {
    /// Neither the configuration nor the store has it.
    case unknown(String, known: [String])
    /// Its cut-off, or the period of a payment date, is not closed.
    case notClosed(String, BusinessDate)
    /// Its selection is kept already.
    case kept(String, on: BusinessDate)
    /// Its selection is not kept.
    case notKept(String)
    case sold(String, on: BusinessDate)
    /// A date at whose close shares were to change hands is closed.
    case tooLate(String, BusinessDate)
    /// A share has changed hands since the cut-off, or its loan is undone.
    case changed(String, ShareID)
    /// It is not sold, or has not settled.
    case notSettled(String, BusinessDate)
    /// It has no notes.
    case withoutNotes(String)
    /// A payment date cannot be computed.
    case payment(String, PaymentError)
    /// Another date is the next payment date.
    case notNext(String, BusinessDate, asked: BusinessDate)
    /// Another pool was sold to its buyer.
    case vehicleTaken(String, PartyID, by: String)
    /// There is nothing to be sold, or amounts leave 64 bits.
    case unusable(String, String)

    package var code: String {
        switch self {
        case .unknown: "POOL-001"
        case .notClosed: "POOL-002"
        case .kept: "POOL-003"
        case .notKept: "POOL-004"
        case .sold: "POOL-005"
        case .tooLate: "POOL-006"
        case .changed: "POOL-007"
        case .notSettled: "POOL-008"
        case .withoutNotes: "POOL-009"
        case .payment: "POOL-010"
        case .notNext: "POOL-011"
        case .unusable: "POOL-012"
        case .vehicleTaken: "POOL-013"
        }
    }

    package var sentence: String {
        switch self {
        case .unknown(let name, let known):
            "there is no pool '\(name.prefix(40))'; "
                + (known.isEmpty ? "pools/ has none" : "known: \(known.joined(separator: ", "))")
        case .notClosed(let name, let date):
            "pool \(name) is counted at the end of \(date), which is not closed; "
                + "close it with `colend eod --date \(date)`"
        case .kept(let name, let date):
            "the selection of pool \(name) was kept on \(date) and stands; another pool needs "
                + "another name"
        case .notKept(let name):
            "the selection of pool \(name) is not kept; look at it with `colend pools select "
                + "\(name)` and keep it with --keep"
        case .sold(let name, let date): "pool \(name) was sold on \(date); it is sold once"
        case .tooLate(let name, let date):
            "shares of pool \(name) change hands at the end of \(date), which is closed; give the "
                + "pool another date and another name"
        case .changed(let name, let share):
            "share \(share) of pool \(name) is not what it was at the cut-off: it has changed "
                + "hands or is about to, or its loan is undone; select another pool"
        case .notSettled(let name, let date):
            "shares of pool \(name) change hands only at the close of \(date); sell it, unless it "
                + "is sold, and close that date"
        case .withoutNotes(let name):
            "pool \(name) has no notes to be paid; its file says none"
        case .payment(let name, let error):
            "the payment date of pool \(name) cannot be computed: \(error.words)"
        case .notNext(let name, let next, let asked):
            "\(asked) is not the next payment date of pool \(name), which is \(next)"
        case .vehicleTaken(let name, let buyer, let other):
            "pool \(name) cannot be sold to \(buyer), which has pool \(other); give it a "
                + "vehicle of its own"
        case .unusable(let name, let reason): "pool \(name) cannot be used: \(reason)"
        }
    }

    package var exit: ExitKind {
        if case .unknown = self { .usage } else { .failed }
    }
}

extension PaymentError {
    /// The cause in words.
    fileprivate var words: String {
        switch self {
        case .closed: "everything is paid; nothing is due any more"
        case .notNextPeriod(let date): "the next collection period begins on \(date)"
        case .unusablePaymentDate: "its date does not follow the collection period"
        case .negative(let name): "\(name) is below zero"
        case .balanceDoesNotFollow(let expected, let stated):
            "its principal is \(stated) minor units and should be \(expected); run "
                + "`colend verify`"
        case .callNotAllowed: "the pool is not small enough to be bought, or nobody may"
        case .callLeavesUnpaid: "the price would not repay the tranches that a call has to"
        case .amount: "an amount leaves 64 bits"
        }
    }
}
