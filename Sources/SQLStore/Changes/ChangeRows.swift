internal import BusinessCalendar
internal import LendingRules
internal import Operations

/// How changes of the configuration lie in rows.
enum ChangeRows {
    /// A change without its files and settings.
    struct Head {
        let number: Int
        let state: ChangeState
        let proposer: String
        let proposedOn: BusinessDate
        let reason: String
        let decider: String?
        let decidedOn: BusinessDate?
        let answer: String
    }

    /// Keeps other processes from deciding anything until the transaction ends.
    ///
    /// Proposals are held in order of number, so that two that decide different ones wait for each
    /// other as well.
    static func hold(_ connection: borrowing Connection) throws(StoreError) {
        try connection.query(
            "SELECT number FROM config_change WHERE state <= 1 ORDER BY number {lock}", []
        ) { _ throws(StoreError) in }
    }

    static func heads(_ connection: borrowing Connection) throws(StoreError) -> [Head] {
        try connection.all(
            "SELECT number, state, proposer, proposed_on, reason, decider, decided_on, answer"
                + " FROM config_change ORDER BY number"
        ) { row throws(StoreError) in
            Head(
                number: try row.count(0), state: try ChangeCodes.states.value(row, 1),
                proposer: try row.text(2), proposedOn: try row.date(3), reason: try row.text(4),
                decider: try row.textOrNil(5), decidedOn: try row.dateOrNil(6),
                answer: try row.text(7))
        }
    }

    static func all(
        _ connection: borrowing Connection
    ) throws(StoreError) -> [ConfigurationChange] {
        let files = try files(connection)
        let settings = try settings(connection)
        let times = try times(connection)
        return try heads(connection).map { head in
            let number = Int64(head.number)
            return ConfigurationChange(
                number: head.number, state: head.state,
                proposed: ProposedChange(
                    proposer: head.proposer, reason: head.reason, files: files[number] ?? [],
                    settings: settings[number] ?? []),
                proposedOn: head.proposedOn, decider: head.decider, decidedOn: head.decidedOn,
                answer: head.answer, proposedAt: times[number]?[0] ?? 0,
                decidedAt: times[number]?[1])
        }
    }

    /// Keeps a change under the next number; nil, and nothing kept, when another has taken it.
    static func insert(
        _ change: ProposedChange, _ state: ChangeState, on date: BusinessDate, now: Int64,
        _ connection: borrowing Connection
    ) throws(StoreError) -> ConfigurationChange? {
        let last = try connection.first("SELECT COALESCE(MAX(number), 0) FROM config_change") {
            row throws(StoreError) in try row.int64(0)
        }
        let number = (last ?? 0) + 1
        let isKept = try connection.execute(
            Table.configChange.insertionUnlessPresent,
            [
                .int64(number), .int64(ChangeCodes.states.code(state)), .text(change.proposer),
                .date(date), .text(change.reason), .null, .null, "",
            ])
        guard isKept == 1 else { return nil }
        for file in change.files {
            try connection.execute(
                Table.configChangeFile.insertion,
                [.int64(number), .text(file.path), .text(file.text), .text(file.base)])
        }
        for (place, setting) in change.settings.enumerated() {
            try connection.execute(
                Table.configChangeSetting.insertion,
                [.int64(number), .int64(Int64(place + 1))] + values(setting))
        }
        try insertTime(of: number, isDecision: false, now, connection)
        return ConfigurationChange(
            number: Int(number), state: state, proposed: change, proposedOn: date,
            proposedAt: now)
    }

    static func decide(
        _ decision: ChangeDecision, on date: BusinessDate, now: Int64,
        _ connection: borrowing Connection
    ) throws(StoreError) {
        let state: ChangeState = decision.isApproval ? .approved : .rejected
        let changed = try connection.execute(
            "UPDATE config_change SET state = ?1, decider = ?2, decided_on = ?3, answer = ?4"
                + " WHERE number = ?5 AND state = ?6",
            [
                .int64(ChangeCodes.states.code(state)), .text(decision.person), .date(date),
                .text(decision.reason), .int64(Int64(decision.number)),
                .int64(ChangeCodes.states.code(.proposed)),
            ])
        guard changed == 1 else { throw .overtaken(record: "change \(decision.number)") }
        try insertTime(of: Int64(decision.number), isDecision: true, now, connection)
    }

    private static func insertTime(
        of number: Int64, isDecision: Bool, _ now: Int64, _ connection: borrowing Connection
    ) throws(StoreError) {
        try connection.execute(
            Table.configChangeTime.insertion,
            [.int64(number), .int64(isDecision ? 1 : 0), .int64(now)])
    }

    private static func values(_ setting: ChangedSetting) -> [SQLValue] {
        [
            .text(setting.object), .text(setting.key), .text(setting.old), .text(setting.new),
            .text(setting.from), .text(setting.until),
            .text(setting.parties.joined(separator: " ")),
            .text(setting.products.joined(separator: " ")),
        ]
    }

    private static func files(
        _ connection: borrowing Connection
    ) throws(StoreError) -> [Int64: [ChangedFile]] {
        var files: [Int64: [ChangedFile]] = [:]
        try connection.query(
            "SELECT number, path, content, base FROM config_change_file ORDER BY number, path", []
        ) { row throws(StoreError) in
            files[try row.int64(0), default: []].append(
                ChangedFile(
                    path: try row.text(1), text: try row.textOrNil(2), base: try row.text(3)))
        }
        return files
    }

    private static func settings(
        _ connection: borrowing Connection
    ) throws(StoreError) -> [Int64: [ChangedSetting]] {
        var settings: [Int64: [ChangedSetting]] = [:]
        try connection.query(
            "SELECT number, object, setting, old_value, new_value, holds_from, holds_until,"
                + " parties, products FROM config_change_setting ORDER BY number, place", []
        ) { row throws(StoreError) in
            settings[try row.int64(0), default: []].append(
                ChangedSetting(
                    object: try row.text(1), key: try row.text(2), old: try row.textOrNil(3),
                    new: try row.textOrNil(4), from: try row.textOrNil(5),
                    until: try row.textOrNil(6), parties: words(try row.text(7)),
                    products: words(try row.text(8))))
        }
        return settings
    }

    private static func times(
        _ connection: borrowing Connection
    ) throws(StoreError) -> [Int64: [Int64: Int64]] {
        var times: [Int64: [Int64: Int64]] = [:]
        try connection.query("SELECT number, is_decision, at FROM config_change_time", []) {
            row throws(StoreError) in
            times[try row.int64(0), default: [:]][try row.int64(1)] = try row.int64(2)
        }
        return times
    }

    private static func words(_ text: String) -> [String] {
        text.split(separator: " ").map(String.init)
    }
}
