extension Table {
    /// Pools as they were selected: `terms` is the file that they were selected by, `calendar` the
    /// one that payment dates heed, as a file says it; `sold_on` the open date on which they were
    /// sold.
    package static let pool = Table(
        "pool", .coordination, .business,
        [
            .text("name"), .int64("cut_off"), .int64("settles_on"), .text("terms"),
            .text("currency"), .text("calendar"), .int64("kept_on"), .int64("sold_on").orNull,
        ],
        key: ["name"], isNarrow: false, isUnseenWhenEmpty: true)

    /// The shares of a pool: what was owed on each at the cut-off, and its price, minor units.
    package static let poolShare = Table(
        "pool_share", .coordination, .business,
        [
            .text("pool"), .text("loan"), .text("seller"), .int64("principal"),
            .int64("overdue_principal"), .int64("interest"), .int64("overdue_interest"),
            .int64("penalty"), .int64("penalty_interest"), .int64("fee"), .int64("price"),
        ],
        key: ["pool", "loan", "seller"], isUnseenWhenEmpty: true)

    /// What each payment date of a pool's notes was computed from, minor units; `bucket0` to
    /// `bucket7` are principal by bucket at the end of the collection period, `booked` the parties
    /// that had a book when the notes were issued.
    package static let poolPayment = Table(
        "pool_payment", .coordination, .business,
        [
            .text("pool"), .int64("number"), .int64("recorded_on"), .int64("first_date"),
            .int64("last_date"), .int64("pays_on"), .int64("interest"), .int64("principal"),
            .int64("prepaid"), .int64("recoveries"), .int64("losses"), .int64("loans"),
            .int64("bucket0"), .int64("bucket1"), .int64("bucket2"), .int64("bucket3"),
            .int64("bucket4"), .int64("bucket5"), .int64("bucket6"), .int64("bucket7"),
            .int64("accrued"), .int64("is_called"), .text("booked"),
        ],
        key: ["pool", "number"], isNarrow: false, isUnseenWhenEmpty: true)
}
