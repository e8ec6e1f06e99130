import Operations

/// Every port of the operations that a store answers, and this process's name at it.
struct Stores: Sendable {
    /// Names the claims of this process, by a seat that it holds as long as it runs.
    let worker: @Sendable () throws -> String
    /// Whether it holds that seat still: a server that restarts has forgotten it.
    let holdsSeat: @Sendable () -> Bool
    let intake: any LoanIntakeStore
    let repayments: any RepaymentIntakeStore
    let facts: any FactIntakeStore
    let reserves: any ReserveStore
    let outbox: any FundingOutbox
    let cases: any FundingCases
    let transfers: any TransferCases
    let resolutions: any ResolutionStore
    let payouts: any PayoutOutbox & PayoutCases
    let callbacks: any CallbackStore
    let nonces: any NonceStore
    let service: any StoreHealth & FundingFigures
    let days: any BusinessDays
    let lock: any CloseLock
    let book: any LoanBook
    let totals: any DayTotals
    let snapshots: any TermsSnapshots
    let files: any OutgoingFiles
    let reconciliation: any ReconciliationStore
    let received: any ReceivedVersions
    let settlement: any SettlementStore & CashReceipts
    let instructions: any InstructionStore
    let cash: any CashStore
    let breaks: any BreakQueries
    let decisions: any FundingClaimStore
    let signOffs: any SignOffStore
    let books: any BookQueries
    let sums: any LedgerSums
    let loans: any LoanQueries
    let settlements: any SettlementQueries
    let audit: any AuditSource
    let booked: any BookedLoans
    let watch: any RuleWatchStore
    let losses: any LossStore
    let pools: any PoolStore
    let classes: any AssetClassStore
    /// Ends the connections; what was committed is in the file by then.
    let close: @Sendable () -> Void
}
