internal import LendingRules
internal import Operations

/// Loans undone while their shares were being transferred, about which a last answer may come.
///
/// Once nothing is left to take back, nobody concludes such a transfer any more: whatever leaves
/// nothing releases the memorandum.
struct StrandedShares {
    private let loans: Set<LoanID>

    /// Looks at the loans before the results are stored, and keeps others from changing them: of
    /// two answers at once the second must see the first. The open date is held by then
    /// (``RequestResults/holdDate(for:_:)``).
    init(in results: [RequestResult], _ connection: borrowing Connection) throws(StoreError) {
        let undone = [LoanState.payoutFailed, .cancelled]
            .map { "\(LoanCodes.states.code($0))" }.joined(separator: ", ")
        var found: Set<LoanID> = []
        for loan in Set(results.filter(\.endsWaiting).map(\.held.request.loan)).sorted() {
            let isStranded = try connection.first(
                "SELECT 1 FROM loan WHERE shard = ?1 AND loan = ?2 AND disbursed_on IS NOT NULL"
                    + " AND state IN (\(undone)) {lock}", SQLValue.loan(loan)
            ) { row throws(StoreError) in try row.int64(0) }
            if isStranded != nil { found.insert(loan) }
        }
        loans = found
    }

    /// Releases the memorandum of those for which the results that were stored leave nothing.
    func release(
        after stored: [RequestResult], _ connection: borrowing Connection
    ) throws(StoreError) {
        if loans.isEmpty { return }
        let ended = loans.intersection(stored.filter(\.endsWaiting).map(\.held.request.loan))
        guard let date = try OpenDate.hold(connection) else { return }
        for loan in ended.sorted() {
            let funding = try SQLTransfers.transferCase(loan, connection).funding
            if funding.isAwaited { continue }
            try FundingRows.post(
                funding.releases, nil, of: loan, funding.record.agreement, on: date, connection)
        }
    }
}

extension FundingCase {
    /// Some lender has accepted, or may yet.
    var isAwaited: Bool { requests.contains { $0.state.isAwaited } }
}

extension RequestResult {
    /// What was to be taken back of a loan undone no longer is.
    var endsWaiting: Bool { held.state.isAwaited && !state.isAwaited }
}

extension RequestState {
    fileprivate var isAwaited: Bool { self == .accepted || owesAnswer }
}
