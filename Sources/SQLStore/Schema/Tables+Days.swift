extension Table {
    /// The business days: `state` 0 open, 1 closing, 2 closed; `head` is the log head once closed.
    package static let businessDay = Table(
        "business_day", .coordination, .business,
        [.int64("date"), .int64("state"), .blob("head").orNull], key: ["date"])

    /// The steps of a close that are done, so that a resumed close skips them.
    package static let closeStep = Table(
        "close_step", .coordination, .operational,
        [.int64("date"), .text("step"), .int64("slice"), .int64("done")],
        key: ["date", "step", "slice"])

    /// The root hash of what each book posted on a day in each shard, zero rows left out.
    package static let dayRoot = Table(
        "day_root", .loanAnchored, .business,
        [.int64("shard"), .int64("date"), .text("book"), .blob("root")],
        key: ["shard", "date", "book"], anchor: ["shard"])

    /// The texts of agreements and products under the hash that loans keep.
    package static let terms = Table(
        "terms", .reference, .business,
        [.text("kind"), .text("name"), .text("hash"), .text("content")],
        key: ["kind", "name", "hash"], isNarrow: false)
}
