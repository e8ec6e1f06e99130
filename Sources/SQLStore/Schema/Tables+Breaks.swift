extension Table {
    /// What happened to a break, by whom and on which open date; `number` counts from 1.
    package static let breakEvent = Table(
        "break_event", .coordination, .business,
        [
            .text("party"), .int64("first_date"), .text("break_id"), .int64("number"),
            .text("event"), .text("person"), .text("object"), .text("note"),
            .int64("booked_on"),
        ],
        key: ["party", "first_date", "break_id", "number"],
        indexes: [Index(name: "break_event_by_id", columns: ["break_id", "number"])],
        isNarrow: false)

    /// When it happened.
    package static let breakEventTime = Table(
        "break_event_time", .coordination, .operational,
        [
            .text("party"), .int64("first_date"), .text("break_id"), .int64("number"),
            .int64("at"),
        ],
        key: ["party", "first_date", "break_id", "number"])

    /// Who proposed and who approved a correction: the key lets a person sign a proposal once.
    package static let breakSignature = Table(
        "break_signature", .coordination, .business,
        [
            .text("party"), .int64("first_date"), .text("break_id"), .int64("round"),
            .text("person"), .text("role"),
        ],
        key: ["party", "first_date", "break_id", "round", "person"],
        uniques: [["party", "first_date", "break_id", "round", "role"]])

    /// What a break moved in the books on a date; positive when the platform owes it.
    package static let breakMovement = Table(
        "break_movement", .coordination, .business,
        [
            .text("party"), .int64("first_date"), .text("break_id"), .text("kind"),
            .text("currency"), .int64("booked_on"), .int64("amount"),
        ],
        key: ["party", "first_date", "break_id", "kind", "currency", "booked_on"])

    /// Who agreed that a partner's date is as it should be: `side` 0 ours, 1 theirs. Of a side the
    /// last counts, unless other breaks were found on `overtaken_on`; `number` counts from 1.
    package static let signOff = Table(
        "sign_off", .coordination, .business,
        [
            .text("party"), .int64("date"), .int64("side"), .int64("number"), .text("person"),
            .int64("booked_on"), .int64("overtaken_on").orNull,
        ],
        key: ["party", "date", "side", "number"])
}
