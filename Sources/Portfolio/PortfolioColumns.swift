import BusinessCalendar
import LendingRules
import Monetary

/// Quiet loans as a structure of arrays: what the kernel reads, 72 bytes a loan.
///
/// Loans are appended in shard order, as the store scans them; only live loans for which
/// `LoanAnchor.needsScalar(on:hasFacts:)` is false belong here.
package struct PortfolioColumns: Sendable {
    /// Rows of one shard.
    package struct ShardRows: Hashable, Sendable {
        package let shard: UInt16
        package let rows: Range<Int>
    }

    /// In the order of appending; every row belongs to exactly one.
    package private(set) var shards: [ShardRows] = []
    private(set) var schemes = SchemeTable()
    private(set) var periods: [OpenPeriod] = []
    private(set) var accruals: [PeriodAccrual] = []
    /// Interest billed by all periods before, minor units.
    private(set) var interestBefore: [Int64] = []
    private(set) var splits: [LenderSplit] = []
    private(set) var places: [Place] = []

    package init() {}

    /// Loans held.
    package var count: Int { periods.count }

    /// Memory of one row over all columns, bytes.
    package static var bytesPerLoan: Int {
        MemoryLayout<OpenPeriod>.stride + MemoryLayout<PeriodAccrual>.stride
            + MemoryLayout<Int64>.stride + MemoryLayout<LenderSplit>.stride
            + MemoryLayout<Place>.stride
    }
}

/// Day numbers of a period's first day and of its due date.
struct OpenPeriod: Hashable {
    let startsOn: Int32
    let dueOn: Int32
}

/// Where a loan's interest is summed, and how it is rounded.
struct Place: Hashable {
    let scheme: Int32
    let seats: LenderSeats
    let rounding: Rounding
}

extension PortfolioColumns {
    /// Adds a quiet loan to the last shard or to a new one after it.
    ///
    /// - Precondition: the anchor is live and quiet, and its shard is not below the last one.
    package mutating func append(_ anchor: LoanAnchor) {
        precondition(anchor.isLive && anchor.isQuiet, "the kernel takes quiet loans only")
        guard let accrual = PeriodAccrual(anchor) else {
            preconditionFailure("a quiet loan has a closed form of 64 bits")
        }
        let (split, seats) = LenderSplit.ordered(anchor.interestWeights)
        extendShard(anchor.shard)
        periods.append(
            OpenPeriod(startsOn: anchor.startsOn.dayNumber, dueOn: anchor.dueOn.dayNumber))
        accruals.append(accrual)
        interestBefore.append(anchor.interestBefore)
        splits.append(split)
        places.append(
            Place(
                scheme: schemes.number(of: Scheme(anchor)), seats: seats,
                rounding: anchor.rounding))
    }

    private mutating func extendShard(_ shard: UInt16) {
        let row = count
        if let last = shards.last, last.shard == shard {
            shards[shards.count - 1] = ShardRows(
                shard: shard, rows: last.rows.lowerBound..<row + 1)
        } else {
            precondition(shards.last.map { $0.shard < shard } ?? true, "shards come in order")
            shards.append(ShardRows(shard: shard, rows: row..<row + 1))
        }
    }
}

extension PeriodAccrual {
    /// The closed form of an anchor's open period.
    fileprivate init?(_ anchor: LoanAnchor) {
        self.init(
            openingBalance: anchor.openingBalance, rate: anchor.rate, fraction: anchor.fraction,
            days: anchor.dueOn.days(since: anchor.startsOn))
    }
}
