/// The likely cause of a break, as far as the day's files and the open breaks tell.
package enum Cause: String, Hashable, Sendable, CaseIterable {
    /// One side's file lacks the line; that side's balance has it.
    case leftOutOfFile = "left-out-of-file"
    case notBookedByPartner = "not-booked-by-partner"
    case notBookedByUs = "not-booked-by-us"
    /// The partner's file has a line that not even the partner's balance has.
    case strayLine = "stray-line"
    case writtenTwice = "written-twice"
    case bookedTwice = "booked-twice"
    /// The partner dates the line one day later.
    case afterCutOff = "after-cut-off"
    /// Dates apart, and no further than agreed.
    case withinWindow = "within-window"
    /// Not booked by the partner yet, and still in the days that are agreed.
    case expectedLater = "expected-later"
    /// The line the other side had on an earlier date.
    case arrivedLate = "arrived-late"
    case misprinted
    case bookedDifferently = "booked-differently"
    case allocatedDifferently = "allocated-differently"
    case feeComputedDifferently = "fee-computed-differently"
    case partnerRounding = "partner-rounding"
    case misprintedBalance = "misprinted-balance"
    /// Another break accounts for this one.
    case followsFrom = "follows-from"
    case otherBucket = "other-bucket"
    case ownLadder = "own-ladder"
    case otherCurrency = "other-currency"
    /// A line says otherwise than the request on which both agreed.
    case otherThanAgreed = "other-than-agreed"
    /// A plan or an accrual by the partner's own method of interest.
    case interestMethod = "interest-method"
    /// A payment's parts laid on other instalments.
    case otherInstalment = "other-instalment"
    /// A detail of something that itself agrees.
    case misprintedDetail = "misprinted-detail"
    /// The partner's closing balance does not follow from its own files.
    case brokenChain = "broken-chain"
    /// The partner's lines do not add up to its own line over them.
    case brokenGroup = "broken-group"
    case fileNotAsSent = "file-not-as-sent"
    case notSent = "not-sent"
    /// The partner's files of the date came and could not be used.
    case refusedFile = "refused-file"
    /// Money under way that a statement of the next days should show: a matter of time.
    case inTransit = "in-transit"
    /// The channel has no such payment.
    case missingAtChannel = "missing-at-channel"
    /// The channel keeps another fee than agreed.
    case feeDiffers = "fee-differs"
    /// Money that no statement has shown in the days it may take.
    case notOnStatement = "not-on-statement"
    /// Money on the account that nothing of ours expects.
    case unknownReceipt = "unknown-receipt"
    /// The account shows another amount than was sent.
    case transferDiffers = "transfer-differs"
    /// A payout came back to the account, and no fact says so yet.
    case payoutReturned = "payout-returned"
    /// The account shows less of a settlement than was instructed.
    case paidInPart = "paid-in-part"
    /// A settlement's transfer came back.
    case sentBack = "sent-back"
    /// Money moved for a settlement that nobody has instructed.
    case notInstructed = "not-instructed"
    /// A line under a bank reference that stood for other content before.
    case changedLine = "changed-line"
    /// The bank had paid its share out when the reversal came.
    case reversalRefused = "reversal-refused"
    /// Nothing in the evidence fits.
    case unknown

    /// Whether time alone is expected to heal it, apart from mismatches that people settle.
    package var isTiming: Bool {
        switch self {
        case .inTransit, .arrivedLate, .afterCutOff, .withinWindow, .expectedLater: true
        default: false
        }
    }

    /// The rule that led to the cause.
    package var rule: String {
        switch self {
        case .leftOutOfFile: "a line missing in a file whose balance agrees was booked all the same"
        case .notBookedByPartner: "a line missing while the balance is off by it was not booked"
        case .notBookedByUs: "a line only they have, and their balance with it, is not ours yet"
        case .strayLine: "a line only they have, while the balances agree, was booked by nobody"
        case .writtenTwice: "a second line of one key with the balance as after one is a copy"
        case .bookedTwice: "a second line of one key with the balance as after two was booked twice"
        case .afterCutOff: "equal amounts dated one day later fell after the partner's cut-off"
        case .withinWindow: "equal amounts dated no further apart than agreed are one line"
        case .expectedLater: "a line the partner may book some days later is not missing yet"
        case .arrivedLate: "a one-sided line closes the other side's open line of the same key"
        case .misprinted: "a line that differs while the balance agrees was booked right"
        case .bookedDifferently: "a line that differs, and the balance by as much, was booked so"
        case .allocatedDifferently: "an equal total over other columns was allocated otherwise"
        case .feeComputedDifferently: "balances hold no service fee, so they cannot tell"
        case .partnerRounding: "cents within tolerance follow the partner's own computation"
        case .misprintedBalance: "cents in a balance whose lines agree, computed alike, are print"
        case .followsFrom: "a difference that other breaks add up to is theirs"
        case .otherBucket: "buckets that differ with an equal sum were filled by another rule"
        case .ownLadder: "a class that differs at equal days past due is the partner's own ladder"
        case .otherCurrency: "amounts of two currencies are not compared"
        case .otherThanAgreed: "a request binds both, a line that says otherwise is printed wrong"
        case .interestMethod: "a partner with its own method of interest plans and accrues by it"
        case .otherInstalment: "parts that differ with an equal sum were laid on other instalments"
        case .misprintedDetail: "a detail that differs of what itself agrees is printed wrong"
        case .brokenChain: "a closing balance is the one before with the lines since"
        case .brokenGroup: "the parts of a payment add up to its line"
        case .fileNotAsSent: "a file that is not what its manifest states was changed or cut"
        case .notSent: "no file by the deadline means missing"
        case .refusedFile: "what nobody can use by its deadline is as good as not sent"
        case .inTransit: "money due on a statement may take some days more"
        case .missingAtChannel: "a payment that neither file nor money shows is not there"
        case .feeDiffers: "a fee is held against the contract's, payment by payment"
        case .notOnStatement: "money that took longer than transit may take is missing"
        case .unknownReceipt: "money makes no entry until somebody knows whose it is"
        case .transferDiffers: "what no line of the channel accounts for is the account's"
        case .payoutReturned: "money of a payout that is back undoes the loan by a fact"
        case .paidInPart: "what is not paid is a line of the next settlement"
        case .sentBack: "what came back is a line of the next settlement"
        case .notInstructed: "money counts for a settlement only once it is instructed"
        case .changedLine: "a bank reference stands for one content for ever"
        case .reversalRefused: "a share whose reversal is refused stays funded there"
        case .unknown: "no rule fits the evidence"
        }
    }
}
