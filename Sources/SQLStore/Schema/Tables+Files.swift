extension Table {
    /// Our files of a business date; `position` is the order of sending.
    package static let keptFile = Table(
        "kept_file", .coordination, .business,
        [
            .text("party"), .int64("date"), .text("name"), .int64("position"),
            .blob("sha256"), .blob("content"),
        ],
        key: ["party", "date", "name"], isNarrow: false)

    /// A partner's files as they came: evidence, since the order of their lines means nothing.
    /// New content is a new version; `in_force` marks those the date was last reconciled with.
    package static let receivedFile = Table(
        "received_file", .coordination, .operational,
        [
            .text("party"), .int64("date"), .text("name"), .int64("version"),
            .int64("position"), .int64("in_force"), .blob("sha256"), .blob("content"),
        ],
        key: ["party", "date", "name", "version"], isNarrow: false)

    /// The dates whose files a partner has taken.
    package static let fileDelivery = Table(
        "file_delivery", .coordination, .operational, [.text("party"), .int64("date")],
        key: ["party", "date"])
}
