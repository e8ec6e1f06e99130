internal import LendingRules
internal import Operations

/// Where a request's rows are: the first three placeholders of statements about one request.
struct RequestKey {
    private let shard: Int64
    private let loan: LoanID
    private let key: String

    /// The rows of a request.
    init(_ request: FundingRequest) {
        self.init(key: request.key, loan: request.loan)
    }

    /// The row of a payout.
    init(_ payout: Payout) {
        self.init(key: payout.key, loan: payout.loan)
    }

    /// The row of a payout by its key alone, which is its loan's with a fixed end.
    init(payout key: String) {
        self.init(key: key, loan: Payout.loan(ofKey: key))
    }

    /// The rows of a loan under a key.
    init(key: String, loan: LoanID) {
        self.key = key
        self.loan = loan
        shard = SQLStore.shard(of: loan.text)
    }

    /// Where the request of a key is; nil for one that was never given out.
    static func place(
        of key: String, _ connection: borrowing Connection
    ) throws(StoreError) -> RequestKey? {
        try connection.first(
            "SELECT request_key, loan FROM request_key WHERE shard = ?1 AND request_key = ?2",
            [.int64(SQLStore.shard(of: key)), .text(key)], read)
    }

    /// The key in a row that begins with `request_key, loan`.
    static func read(_ row: borrowing Row) throws(StoreError) -> RequestKey {
        RequestKey(key: try row.text(0), loan: try row.loan(1))
    }

    /// The beginning of a change of the request itself.
    static let update = "UPDATE funding_request"
    /// The beginning of a change of the payout itself.
    static let updatePayout = "UPDATE payout"
    /// Restricts a statement to one request.
    static let condition = " WHERE shard = ?1 AND loan = ?2 AND request_key = ?3"

    /// The values of the first three placeholders.
    var values: [SQLValue] { [.int64(shard), .text(loan.text), .text(key)] }

    /// The same as the first values of a row.
    func write(_ writer: any RowWriter) {
        writer.int64(shard)
        writer.text(loan.text)
        writer.text(key)
    }

    /// The request as it stands; one, or none when it is not there.
    func held(_ connection: borrowing Connection) throws(StoreError) -> [HeldRequest] {
        try connection.all(
            HeldRequests.select + "WHERE r.shard = ?1 AND r.loan = ?2 AND r.request_key = ?3",
            values, HeldRequests.read)
    }

    /// The payout as it stands; one, or none when it is not there.
    func heldPayout(_ connection: borrowing Connection) throws(StoreError) -> [HeldPayout] {
        try connection.all(
            HeldPayouts.select + "WHERE p.shard = ?1 AND p.loan = ?2 AND p.request_key = ?3",
            values, HeldPayouts.read)
    }

    /// Sees that requests stand as they were read; to be called under their loan's row lock. A word
    /// of their bank that changed nothing does not matter.
    ///
    /// Throws `StoreError.overtaken` for the first that does not.
    static func require(
        _ basis: [HeldRequest], _ connection: borrowing Connection
    ) throws(StoreError) {
        let keys = basis.map { RequestKey($0.request) }
        var isCurrent = [Bool](repeating: false, count: keys.count)
        try connection.queryEach(
            "SELECT state, held_amount FROM funding_request" + condition, rows: keys.count
        ) { index, writer throws(StoreError) in
            keys[index].write(writer)
        } _: { index, row throws(StoreError) in
            let state = try RequestCodes.states.value(row, 0)
            let amount = try row.int64(1)
            isCurrent[index] = state == basis[index].state && amount == basis[index].heldAmount
        }
        if let stale = isCurrent.firstIndex(of: false) {
            throw .overtaken(record: "request \(basis[stale].request.key)")
        }
    }
}

extension RequestKey {
    /// Sees that nobody has been asked for a loan since its requests were read: a loan whose shares
    /// move stays undecided. To be called under its row lock.
    ///
    /// Throws `StoreError.overtaken`.
    static func requireAll(
        _ basis: [HeldRequest], of loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) {
        if basis.isEmpty { return }
        let count = try connection.first(
            "SELECT count(*) FROM funding_request WHERE shard = ?1 AND loan = ?2",
            SQLValue.loan(loan)
        ) { row throws(StoreError) in try row.count(0) }
        guard count == basis.count else { throw .overtaken(record: "loan \(loan)") }
    }
}

extension RequestKey: Comparable {
    /// The order in which rows lie in their tables.
    static func < (left: RequestKey, right: RequestKey) -> Bool {
        (left.shard, left.loan, left.key) < (right.shard, right.loan, right.key)
    }
}
