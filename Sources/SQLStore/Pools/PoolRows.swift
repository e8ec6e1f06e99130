internal import BusinessCalendar
internal import LendingRules
internal import Operations

/// How pools, their shares and their payment dates lie in rows.
enum PoolRows {
    /// Selects pools without their shares; add a WHERE or an ORDER.
    static let select = """
        SELECT name, cut_off, settles_on, terms, currency, calendar, kept_on, sold_on FROM pool
        """

    static func read(_ row: borrowing Row) throws(StoreError) -> PoolHead {
        PoolHead(
            name: try row.text(0), cutOff: try row.date(1), settlesOn: try row.date(2),
            terms: PoolPaper(
                text: try row.text(3), currency: try row.text(4), calendar: try row.text(5)),
            keptOn: try row.date(6), soldOn: try row.dateOrNil(7))
    }

    /// The shares of a pool, ?1, by loan and seller.
    static let shares = """
        SELECT s.loan, s.seller, \(ComponentColumns.names(of: "s")), s.price
        FROM pool_share s WHERE s.pool = ?1 ORDER BY s.loan, s.seller
        """

    static func readShare(_ row: borrowing Row) throws(StoreError) -> KeptPoolShare {
        KeptPoolShare(
            share: ShareID(loan: try row.loan(0), holder: try row.party(1)),
            claims: try ComponentColumns.read(row, from: 2), price: try row.int64(9))
    }

    /// All of a pool but its shares.
    static func values(of head: PoolHead) -> [SQLValue] {
        [
            .text(head.name), .date(head.cutOff), .date(head.settlesOn), .text(head.terms.text),
            .text(head.terms.currency), .text(head.terms.calendar), .date(head.keptOn),
            head.soldOn.map { .date($0) } ?? .null,
        ]
    }

    static func write(_ share: KeptPoolShare, of pool: String, _ writer: any RowWriter) {
        writer.text(pool)
        writer.text(share.share.loan.text)
        writer.text(share.share.holder.name)
        ComponentColumns.write(share.claims, writer)
        writer.int64(share.price)
    }

    /// Payment dates of a pool, ?1, oldest first.
    static let payments = """
        SELECT first_date, last_date, pays_on, interest, principal, prepaid, recoveries, losses,
            loans, bucket0, bucket1, bucket2, bucket3, bucket4, bucket5, bucket6, bucket7, accrued,
            is_called, number, recorded_on, booked
        FROM pool_payment WHERE pool = ?1 ORDER BY number
        """

    static func readPayment(_ row: borrowing Row) throws(StoreError) -> KeptPoolPayment {
        KeptPoolPayment(
            number: try row.count(19), recordedOn: try row.date(20),
            booked: try row.text(21).split(separator: " ").map { PartyID(String($0)) },
            collections: try collections(row))
    }

    private static func collections(_ row: borrowing Row) throws(StoreError) -> PeriodCollections {
        var buckets: [Int64] = []
        for column in 9..<17 { buckets.append(try row.int64(column)) }
        return PeriodCollections(
            from: try row.date(0), to: try row.date(1), paysOn: try row.date(2),
            interest: try row.int64(3), principal: try row.int64(4), prepaid: try row.int64(5),
            recoveries: try row.int64(6), losses: try row.int64(7), loans: try row.count(8),
            buckets: buckets, accrued: try row.int64(17), isCalled: try row.flag(18))
    }

    /// All of a payment date but the pool.
    static func values(of kept: KeptPoolPayment) -> [SQLValue] {
        let payment = kept.collections
        let amounts =
            [
                payment.interest, payment.principal, payment.prepaid, payment.recoveries,
                payment.losses, Int64(payment.loans),
            ] + payment.buckets + [payment.accrued, payment.isCalled ? 1 : 0]
        return [
            .int64(Int64(kept.number)), .date(kept.recordedOn), .date(payment.from),
            .date(payment.to), .date(payment.paysOn),
        ] + amounts.map { .int64($0) } + [
            .text(kept.booked.map(\.name).joined(separator: " "))
        ]
    }
}
