internal import LendingRules
internal import Operations

/// The rows that new bookings put into each table.
struct BookingRows {
    private let bookings: [LoanBooking]
    private let requests: [FundingRequest]

    /// Rows of loans that are not in the store, in key order.
    init(_ bookings: [LoanBooking]) {
        self.bookings = bookings
        requests = bookings.flatMap { $0.requests.sorted { $0.key < $1.key } }
    }

    /// Inserts everything that the bookings write.
    func insert(_ connection: borrowing Connection) throws(StoreError) {
        try insertLoans(connection)
        try insertRequests(connection)
        try LedgerRows.add(commitments, connection)
        try RouteRows.insert(bookings, connection)
        try RuleFindingRows.insert(bookings.flatMap(\.keptFindings), connection)
    }

    private func insertLoans(_ connection: borrowing Connection) throws(StoreError) {
        let bookings = bookings
        try connection.bulkInsert(into: .loan, rows: bookings.count) {
            index, writer throws(StoreError) in
            let booking = bookings[index]
            LoanRecords.write(booking.record, state: Self.state(of: booking), writer)
        }
        try FundingShares.insert(
            bookings.map { (loan: $0.record.loan, plan: $0.plan) }, connection)
    }

    /// A loan with requests out is funding from the start.
    private static func state(of booking: LoanBooking) -> LoanState {
        booking.requests.isEmpty ? .approved : .funding
    }

    private func insertRequests(_ connection: borrowing Connection) throws(StoreError) {
        try insertScheduleRules(connection)
        try RequestRows.insert(requests, connection)
    }

    /// In key order, as everything that intakes beside this one may insert as well.
    private func insertScheduleRules(_ connection: borrowing Connection) throws(StoreError) {
        var terms: [TermsVersion: ScheduleTerms] = [:]
        for booking in bookings where terms[booking.record.productVersion] == nil {
            terms[booking.record.productVersion] = booking.requests.first?.terms
        }
        for (version, terms) in terms.sorted(by: { $0.key < $1.key }) {
            try connection.execute(
                Table.scheduleRule.insertionUnlessPresent,
                ScheduleRule.values(of: terms, for: version))
        }
    }

    private var commitments: [LedgerRow] {
        bookings.flatMap { booking in
            booking.commitments.map { posting in
                LedgerRow(
                    date: booking.record.bookedOn,
                    shard: UInt16(shard(of: booking.record.loan.text)), kind: .commitment,
                    agreement: booking.record.agreement, posting: posting)
            }
        }
    }
}
