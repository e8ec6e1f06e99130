extension Table {
    /// The business days: `state` 0 open, 1 closing, 2 closed; `head` is the log head once closed.
    package static let businessDay = Table(
        "business_day", .coordination, .business,
        [.int64("date"), .int64("state"), .blob("head").orNull], key: ["date"])

    /// The steps of a close that are done, so that a resumed close skips them; the cut into slices
    /// `first_shard ..< end_shard` may differ from run to run.
    package static let closeStep = Table(
        "close_step", .coordination, .operational,
        [.int64("date"), .text("step"), .int64("first_shard"), .int64("end_shard")],
        key: ["date", "step", "first_shard"])

    /// The canonical texts of agreements and products under the hash that loans keep.
    package static let terms = Table(
        "terms", .reference, .business, [.text("version"), .text("content")], key: ["version"],
        isNarrow: false)

    /// The conventions of the schedules of a product version, as requests to lenders state them;
    /// those that are not the usual ones as canonical text.
    package static let scheduleRule = Table(
        "schedule_rule", .reference, .business,
        [
            .text("product_version"), .int64("method"), .int64("day_count"), .int64("rounding"),
            .int64("instalment_rounding"), .text("conventions"),
        ],
        key: ["product_version"], isNarrow: false)
}
