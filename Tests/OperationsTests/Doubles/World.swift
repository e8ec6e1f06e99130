import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import Portfolio
import TestSupport

/// Everything a store holds, as a value: a copy of it is what a killed process leaves behind.
struct World: Sendable {
    struct Loan: Hashable {
        let record: LoanRecord
        var state: LoanState
        var plan: SharePlan
        var disbursedOn: BusinessDate?
    }

    struct Lease: Hashable {
        let worker: String
        let until: Int64
    }

    /// A partner's date.
    struct Pair: Hashable {
        let party: PartyID
        let date: BusinessDate
    }

    static let firstDate = SampleLoan.date("2026-01-01")

    var open = World.firstDate
    var closing: BusinessDate?
    var closed: [ClosedDay] = []
    var loans: [LoanID: Loan] = [:]
    var lines: [LoanID: LineRecord] = [:]
    var requests: [String: HeldRequest] = [:]
    /// Reference and reason of each request's last answer.
    var answers: [String: String] = [:]
    var leases: [String: Lease] = [:]
    /// What people said of requests, by key.
    var resolutions: [String: [Resolution]] = [:]
    var payouts: [LoanID: HeldPayout] = [:]
    /// Reference and reason of each payout's last answer.
    var payoutAnswers: [LoanID: String] = [:]
    var facts: [LoanID: [LoanFact]] = [:]
    var factHashes: [String: String] = [:]
    /// Amounts by row; the amount in the row itself is zero.
    var ledger: [LedgerRow: Int64] = [:]
    var distributions: [DistributionRow] = []
    var factLines: [FactLine] = []
    var balances: [LenderBalance] = []
    var parts: [DistributionPart] = []
    var statusChanges: [StatusChange] = []
    var anchors: [LoanID: LoanAnchor] = [:]
    var posted: [BusinessDate: [Range<Int>]] = [:]
    /// Dates whose losses are decided.
    var lossesDecided: Set<BusinessDate> = []
    var covers: [KeptCover] = []
    var lossDraws: [KeptDraw] = []
    /// Dates whose claims are classed.
    var classed: Set<BusinessDate> = []
    var assetRules: [KeptAssetRules] = []
    var classChanges: [AssetClassChange] = []
    var provisions: [ProvisionTarget] = []
    var snapshots: [TermsSnapshot] = []
    var obligations: [BusinessDate: [Obligation]] = [:]
    var files: [Pair: [FileContent]] = [:]
    /// Hashes of `files`, in their order.
    var fileHashes: [Pair: [[UInt8]]] = [:]
    var delivered: Set<Pair> = []
    var reconciled: [Pair: ReconciledDate] = [:]
    /// Every version of a partner's files, by name in the order of their versions.
    var received: [Pair: [String: [[UInt8]]]] = [:]
    var breaks: [String: KeptBreak] = [:]
    var histories: [String: [BreakRecord]] = [:]
    var breakMovements: [BookedMovement] = []
    var signOffs: [SignOff] = []
    var settlements: [Settlement] = []
    var limitUse: [LimitSlot: Int64] = [:]
    var routeVolumes: [RouteSlot: Int64] = [:]
    /// What routes gave of loans when they were booked.
    var routed: [LoanID: [RoutedPart]] = [:]
    /// What rules warned of.
    var findings: [KeptFinding] = []
    var reserveMovements: [ReserveMovement] = []
    /// What an audit reads of them.
    var keptLimits = KeptLimits(used: [:])
    var covered: [CoveredDate] = []
    var receipts: [String: CashReceipt] = [:]
    /// Digests of the instructions that the account's bank has taken.
    var handedOver: [BusinessDate: [UInt8]] = [:]
    var cashBatches: [CashBatch] = []
    var cashBooked: [BookedCash] = []
    /// Dates whose collections are in transit.
    var inTransit: Set<BusinessDate> = []
    /// The latest content of each file that was recorded.
    var receivedFiles: [TestExchange.Place: [UInt8]] = [:]
}

extension World {
    /// Rows with an amount, in id order.
    var ledgerRows: [LedgerRow] {
        ledger.filter { $0.value != 0 }.map { row, amount in row.of(amount) }.sorted()
    }

    mutating func add(_ row: LedgerRow) { ledger[row.of(0), default: 0] += row.posting.amount }

    private var classRows: [String] {
        (classChanges.map { "\($0)" } + provisions.map { "\($0)" }).sorted()
    }

    private var breakLives: [String] {
        breaks.values.map { kept in "\(kept.id) \(kept.lifecycle) \(kept.posted)" }.sorted()
    }

    /// What differs in business data, in words; nil when nothing does.
    func difference(from other: World) -> String? {
        func first<Row: Hashable>(_ name: String, _ one: [Row], _ two: [Row]) -> String? {
            let pair = zip(one, two).first { $0 != $1 }
            if one == two { return nil }
            let detail = pair.map { "\($0.0)\n  against\n\($0.1)" } ?? ""
            return "\(name): \(one.count) against \(two.count)\n\(detail)"
        }
        func states(_ world: World) -> [String] {
            world.requests.map { "\($0.key) \($0.value.state)" }.sorted()
        }
        func paid(_ world: World) -> [String] {
            world.payouts.values.map { held in
                let answeredOn = held.answeredOn?.description ?? "-"
                return "\(held.payout) \(held.state) \(answeredOn)"
            }.sorted()
        }
        func loans(_ world: World) -> [Loan] {
            world.loans.values.sorted { $0.record.loan < $1.record.loan }
        }
        func settled(_ world: World) -> [String] {
            let settlements = world.settlements.map { "\($0)" }
            let covered = world.covered.map { "\($0)" }.sorted()
            return settlements + covered + world.receipts.values.map { "\($0)" }.sorted()
        }
        var found = first("breaks", breakLives, other.breakLives)
        found = found ?? first("days", closed, other.closed)
        found = found ?? first("loans", loans(self), loans(other))
        found = found ?? first("requests", states(self), states(other))
        found =
            found
            ?? first(
                "resolutions", resolutions.values.joined().sortedByText,
                other.resolutions.values.joined().sortedByText)
        found = found ?? first("payouts", paid(self), paid(other))
        found =
            found
            ?? first("facts", facts.values.joined().sorted(), other.facts.values.joined().sorted())
        found = found ?? first("ledger", ledgerRows, other.ledgerRows)
        found =
            found ?? first("distributions", distributions.sorted(), other.distributions.sorted())
        found = found ?? first("fact lines", factLines.sorted(), other.factLines.sorted())
        found = found ?? first("parts", parts.sorted(), other.parts.sorted())
        found = found ?? first("balances", balances.sorted(), other.balances.sorted())
        found = found ?? first("statuses", statusChanges.sorted(), other.statusChanges.sorted())
        found = found ?? first("covers", covers.sortedByText, other.covers.sortedByText)
        found = found ?? first("draws", lossDraws.sortedByText, other.lossDraws.sortedByText)
        found = found ?? first("classes", classRows, other.classRows)
        found =
            found
            ?? first(
                "obligations", obligations.values.joined().sortedByText,
                other.obligations.values.joined().sortedByText)
        found =
            found
            ?? first(
                "files", files.values.map(\.count).sorted(),
                other.files.values.map(\.count).sorted())
        return found ?? first("settlements", settled(self), settled(other))
    }
}

extension LedgerRow {
    /// The same row with another amount.
    func of(_ amount: Int64) -> LedgerRow {
        LedgerRow(
            date: date, shard: shard, kind: kind, agreement: agreement,
            posting: Posting(
                book: posting.book, account: posting.account, counterparty: posting.counterparty,
                currency: posting.currency, amount: amount))
    }
}

extension Sequence {
    var sortedByText: [Element] { sorted { "\($0)" < "\($1)" } }
}
