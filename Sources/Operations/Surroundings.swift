/// What comes in from outside the rules: hashing, sharding and wall time.
package struct Surroundings: Sendable {
    /// SHA-256.
    package let hash: @Sendable ([UInt8]) -> [UInt8]
    /// The shard of an anchor, below ``shardCount``.
    package let shard: @Sendable (String) -> UInt16
    /// The number of shards: 2¹².
    package static let shardCount = 4096
    /// UTC microseconds since 1970; operational use only, never business data.
    package let now: @Sendable () -> Int64
    /// Stops the process at a named point when a harness asked for it.
    package let crashPoint: @Sendable (CrashPoint) -> Void
    /// Hears how far long work has come; for a person's eyes alone.
    package let progress: @Sendable (WorkDone) -> Void
    /// Hears that a stage of a day begins; gives what is to be told that it has ended.
    package var stageBegins: @Sendable (DayStage) -> @Sendable () -> Void = { _ in {} }

    package init(
        hash: @escaping @Sendable ([UInt8]) -> [UInt8],
        shard: @escaping @Sendable (String) -> UInt16,
        now: @escaping @Sendable () -> Int64,
        crashPoint: @escaping @Sendable (CrashPoint) -> Void = { _ in },
        progress: @escaping @Sendable (WorkDone) -> Void = { _ in }
    ) {
        self.hash = hash
        self.shard = shard
        self.now = now
        self.crashPoint = crashPoint
        self.progress = progress
    }

    /// The first 8 bytes of a text's hash in lower-case hexadecimal.
    package func fingerprint(_ text: String) -> String {
        String(hexadecimal(Array(text.utf8)).prefix(16))
    }

    /// The hash of bytes in lower-case hexadecimal.
    package func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return hash(bytes).reduce(into: "") {
            $0.append(digits[Int($1 >> 4)])
            $0.append(digits[Int($1 & 15)])
        }
    }
}

/// Where a harness may kill the process; each lies between two durable steps.
package enum CrashPoint: String, Sendable, CaseIterable {
    case intakeBeforeBooking = "intake.before-booking"
    case intakeAfterBooking = "intake.after-booking"
    case repaymentsBeforeRecording = "repayments.before-recording"
    case repaymentsAfterRecording = "repayments.after-recording"
    case factsBeforeRecording = "facts.before-recording"
    case factsAfterRecording = "facts.after-recording"
    case reservesBeforeRecording = "reserves.before-recording"
    case reservesAfterRecording = "reserves.after-recording"
    case fundingAfterClaim = "funding.after-claim"
    case fundingAfterSending = "funding.after-sending"
    case fundingAfterStoring = "funding.after-storing"
    case fundingAfterAsking = "funding.after-asking"
    case fundingBeforeConclusion = "funding.before-conclusion"
    case fundingAfterConclusion = "funding.after-conclusion"
    case transferBeforeConclusion = "transfer.before-conclusion"
    case transferAfterConclusion = "transfer.after-conclusion"
    case givingUpBefore = "giving-up.before"
    case givingUpAfter = "giving-up.after"
    case claimsBefore = "claims.before"
    case claimsAfter = "claims.after"
    case resolutionBefore = "resolution.before"
    case resolutionAfter = "resolution.after"
    case callbackBeforeStoring = "callback.before-storing"
    case callbackAfterStoring = "callback.after-storing"
    case payoutAfterClaim = "payout.after-claim"
    case payoutAfterSending = "payout.after-sending"
    case payoutAfterStoring = "payout.after-storing"
    case payoutAfterAsking = "payout.after-asking"
    case payoutBeforeConclusion = "payout.before-conclusion"
    case payoutAfterConclusion = "payout.after-conclusion"
    case closeAfterFreeze = "close.after-freeze"
    case closeAfterAsking = "close.after-asking"
    case closeBeforeLosses = "close.before-losses"
    case closeAfterLosses = "close.after-losses"
    case closeBeforeSlice = "close.before-slice"
    case closeAfterSlice = "close.after-slice"
    case closeAfterObligations = "close.after-obligations"
    case closeAfterFiles = "close.after-files"
    case closeAfterFinish = "close.after-finish"
    case deliveryAfterFile = "delivery.after-file"
    case reconciliationAfterFetch = "reconciliation.after-fetch"
    case reconciliationBeforeStore = "reconciliation.before-store"
    case reconciliationAfterStore = "reconciliation.after-store"
    case settlementBeforeDraft = "settlement.before-draft"
    case settlementAfterDraft = "settlement.after-draft"
    case settlementBeforeApproval = "settlement.before-approval"
    case settlementAfterApproval = "settlement.after-approval"
    case breaksBeforeDecision = "breaks.before-decision"
    case breaksAfterDecision = "breaks.after-decision"
    case cashBeforeTransit = "cash.before-transit"
    case cashAfterTransit = "cash.after-transit"
    case cashAfterFetch = "cash.after-fetch"
    case cashBeforeStore = "cash.before-store"
    case cashAfterStore = "cash.after-store"
    case settlementBeforeInstruction = "settlement.before-instruction"
    case settlementAfterInstruction = "settlement.after-instruction"
    case settlementBeforeHandOver = "settlement.before-hand-over"
    case settlementAfterHandOver = "settlement.after-hand-over"
    case settlementBeforeConfirmation = "settlement.before-confirmation"
    case settlementAfterConfirmation = "settlement.after-confirmation"
    case copyAfterBatch = "copy.after-batch"
    case copyBeforeFinish = "copy.before-finish"
    case poolsBeforeSale = "pools.before-sale"
    case poolsAfterSale = "pools.after-sale"
    case poolsBeforePayment = "pools.before-payment"
    case poolsAfterPayment = "pools.after-payment"
    case changeBeforeProposal = "change.before-proposal"
    case changeAfterProposal = "change.after-proposal"
    case changeBeforeDecision = "change.before-decision"
    case changeAfterDecision = "change.after-decision"
    case changeAfterFile = "change.after-file"
    case changeAfterFinish = "change.after-finish"
}
