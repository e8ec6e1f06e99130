internal import LendingRules
internal import Operations

/// The rows of requests that are new: what is asked, whose key it is, and its place in the outbox.
enum RequestRows {
    /// Inserts planned requests, in key order.
    static func insert(
        _ requests: [FundingRequest], _ connection: borrowing Connection
    ) throws(StoreError) {
        try connection.bulkInsert(into: .fundingRequest, rows: requests.count) {
            index, writer throws(StoreError) in write(requests[index], writer)
        }
        try connection.bulkInsert(into: .requestKey, rows: requests.count) {
            index, writer throws(StoreError) in
            writer.int64(shard(of: requests[index].key))
            writer.text(requests[index].key)
            writer.text(requests[index].loan.text)
        }
        try connection.bulkInsert(into: .outbox, rows: requests.count) {
            index, writer throws(StoreError) in
            writer.loan(requests[index].loan)
            writer.text(requests[index].key)
            for _ in 0..<2 { writer.int64(0) }
            writer.text("")
            for _ in 0..<2 { writer.int64(0) }
        }
    }

    /// The rules of the loans' schedules, which every request is read with; their products may have
    /// had no request yet. In key order.
    static func insertRules(
        for requests: [FundingRequest], _ connection: borrowing Connection
    ) throws(StoreError) {
        var rules: [TermsVersion: ScheduleTerms] = [:]
        for request in requests {
            let version = try connection.first(
                "SELECT product_version FROM loan WHERE shard = ?1 AND loan = ?2",
                SQLValue.loan(request.loan)
            ) { row throws(StoreError) in try row.text(0) }
            if let version { rules[TermsVersion(version)] = request.terms }
        }
        for (version, terms) in rules.sorted(by: { $0.key < $1.key }) {
            try connection.execute(
                Table.scheduleRule.insertionUnlessPresent,
                ScheduleRule.values(of: terms, for: version))
        }
    }

    private static func write(_ request: FundingRequest, _ writer: any RowWriter) {
        writer.loan(request.loan)
        writer.text(request.key)
        writer.text(request.party.name)
        writer.int64(request.amount)
        writer.date(request.valueDate)
        writer.int64(request.expiresAt)
        writer.int64(RequestCodes.states.code(.planned))
        for _ in 0..<3 { writer.text("") }
        writer.int64(request.acceptsPart ? 1 : 0)
        writer.int64(request.amount)
    }
}
