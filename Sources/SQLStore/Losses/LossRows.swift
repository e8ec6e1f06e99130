internal import BusinessCalendar
internal import LendingRules
internal import Operations

/// How covers and what they paid lie in rows.
enum LossRows {
    private static let columns = """
        c.agreement, c.layer, c.cover_key, c.date, c.disbursed, c.matured, c.recovered,
        c.written_off, c.topped_up, c.invoked, c.unabsorbed, c.forgone
        """

    /// Selects covers; add a WHERE over `c`.
    static let select = "SELECT \(columns) FROM cover_state c "

    /// The last row of each cover before a date, ?1.
    static let latest = """
        WHERE c.date = (SELECT MAX(d.date) FROM cover_state d
            WHERE d.agreement = c.agreement AND d.layer = c.layer
                AND d.cover_key = c.cover_key AND d.date < ?1)
        ORDER BY c.agreement, c.layer, c.cover_key
        """

    /// A cover in a row of `select`.
    static func read(_ row: borrowing Row) throws(StoreError) -> KeptCover {
        KeptCover(
            cover: CoverID(
                agreement: try row.text(0), layer: try row.text(1), key: try row.text(2)),
            date: try row.date(3),
            figures: CoverFigures(
                disbursed: try row.int64(4), matured: try row.int64(5),
                recovered: try row.int64(6), writtenOff: try row.int64(7),
                toppedUp: try row.int64(8), invoked: try row.int64(9),
                unabsorbed: try row.int64(10), forgone: try row.int64(11)))
    }

    /// Writes a row of the table `cover_state`.
    static func write(_ state: LossDay.Cover, on date: BusinessDate, _ writer: any RowWriter) {
        let figures = state.account.figures
        writer.text(state.id.agreement)
        writer.text(state.id.layer)
        writer.text(state.id.key)
        writer.date(date)
        for amount in [
            figures.disbursed, figures.matured, figures.recovered, figures.writtenOff,
            figures.toppedUp, figures.invoked, figures.unabsorbed, figures.forgone,
            state.account.ceiling, state.account.available,
        ] {
            writer.int64(amount)
        }
    }

    /// Writes a row of the table `loss_draw`.
    static func write(_ draw: LossDraw, on date: BusinessDate, _ writer: any RowWriter) {
        writer.loan(draw.loan)
        writer.date(date)
        writer.text(draw.layer)
        writer.text(draw.lender.name)
        writer.text(draw.provider.name)
        writer.int64(code(of: draw.way))
        writer.text(draw.cover?.description ?? "")
        writer.int64(draw.asked.principal)
        writer.int64(draw.asked.interest)
        writer.int64(draw.taken.principal)
        writer.int64(draw.taken.interest)
        writer.text(draw.shortfall?.rawValue ?? "")
    }

    /// Selects draws; add a WHERE over `d`.
    static let selectDraws = """
        SELECT d.date, d.loan, d.layer, d.lender, d.provider, d.cover, d.asked_principal,
            d.asked_interest, d.paid_principal, d.paid_interest, d.shortfall
        FROM loss_draw d
        """

    /// Those of one loan, in the order of their dates.
    static let ofLoan = " WHERE d.shard = ?1 AND d.loan = ?2 ORDER BY d.date, d.layer, d.lender"

    /// A draw in a row of `selectDraws`.
    static func readDraw(_ row: borrowing Row) throws(StoreError) -> KeptDraw {
        KeptDraw(
            date: try row.date(0), loan: try row.loan(1), layer: try row.text(2),
            lender: try row.party(3), provider: try row.party(4), cover: try row.text(5),
            asked: LossAmounts(principal: try row.int64(6), interest: try row.int64(7)),
            paid: LossAmounts(principal: try row.int64(8), interest: try row.int64(9)),
            shortfall: try row.text(10))
    }

    /// What covers were asked and paid before a date, ?1.
    static let demands = """
        SELECT d.cover, d.shortfall, COUNT(*),
            CAST(SUM(d.asked_principal + d.asked_interest) AS BIGINT),
            CAST(SUM(d.paid_principal + d.paid_interest) AS BIGINT)
        FROM loss_draw d
        WHERE d.cover <> '' AND d.date < ?1
        GROUP BY d.cover, d.shortfall
        ORDER BY d.cover, d.shortfall
        """

    /// A sum in a row of `demands`.
    static func readDemand(_ row: borrowing Row) throws(StoreError) -> CoverDemand {
        CoverDemand(
            cover: try row.text(0), shortfall: try row.text(1), count: Int(try row.int64(2)),
            asked: try row.int64(3), paid: try row.int64(4))
    }

    private static func code(of way: LossProvision.Way) -> Int64 {
        switch way {
        case .invocation: 0
        case .compensation(.loan): 1
        case .compensation(.instalment): 2
        }
    }
}
