extension Table {
    /// Changes of the configuration: who wanted them, who decided, on which open dates.
    package static let configChange = Table(
        "config_change", .coordination, .business,
        [
            .int64("number"), .int64("state"), .text("proposer"), .int64("proposed_on"),
            .text("reason"), .text("decider").orNull, .int64("decided_on").orNull,
            .text("answer"),
        ],
        key: ["number"], isNarrow: false)

    /// The files of a change as they shall be, null for those that are taken away; `base` is the
    /// SHA-256 of what a change starts from.
    package static let configChangeFile = Table(
        "config_change_file", .coordination, .business,
        [.int64("number"), .text("path"), .text("content").orNull, .text("base")],
        key: ["number", "path"], isNarrow: false)

    /// What a change was shown to do, row by row; names in lists stand with blanks between them.
    package static let configChangeSetting = Table(
        "config_change_setting", .coordination, .business,
        [
            .int64("number"), .int64("place"), .text("object"), .text("setting"),
            .text("old_value").orNull, .text("new_value").orNull, .text("holds_from").orNull,
            .text("holds_until").orNull, .text("parties"), .text("products"),
        ],
        key: ["number", "place"], isNarrow: false)

    /// When it was proposed and decided.
    package static let configChangeTime = Table(
        "config_change_time", .coordination, .operational,
        [.int64("number"), .int64("is_decision"), .int64("at")],
        key: ["number", "is_decision"])

    /// What two persons have agreed on, by path; empty where one is enough.
    package static let configApproved = Table(
        "config_approved", .coordination, .business,
        [.text("path"), .text("content")],
        key: ["path"], isNarrow: false)
}
