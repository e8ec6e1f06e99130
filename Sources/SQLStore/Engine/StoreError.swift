package import Operations

/// What can go wrong between the store and its database.
package enum StoreError: Error, Hashable, Sendable {
    /// The file or its directory cannot be opened or created.
    case cannotOpen(path: String, reason: String)
    /// The file is there and is not a database.
    case notADatabase(path: String)
    /// The database belongs to another program: it has tables, none of them ours.
    case foreignDatabase(path: String)
    /// The database was written by a later version of this program.
    case newerSchema(found: Int64, known: Int64)
    /// The tables are of our version number and of another description.
    case differentSchema(version: Int64)
    /// The database file is damaged.
    case corrupt(reason: String)
    /// Another process kept the database locked for longer than we wait.
    case busy(waitedMilliseconds: Int)
    /// No room is left on the disk.
    case diskFull
    /// The database, or this kind of transaction, admits no writing.
    case readOnly
    /// The operating system failed to read or write.
    case inputOutput(reason: String)
    /// A row breaks a unique key, a reference or a required column.
    case constraint(reason: String)
    /// A stored value is not of the type or range that its column should hold.
    case unexpectedValue(column: Int, expected: String, found: String)
    /// The engine refused a statement or its values: a defect of this program.
    case statement(reason: String, sql: String)
    /// The connection is closed.
    case closed
    /// Something was to be booked on a date that is not open.
    case dateNotOpen(String)
    /// Another process has changed what this one was about to change.
    case overtaken(record: String)
    /// A record that others refer to is not there.
    case missing(record: String)
    /// The database server cannot be reached or has ended the connection; nothing is kept of what
    /// was not committed.
    case unavailable(reason: String)
    /// The connection was lost during a commit: it may have happened or not.
    case commitUnknown(reason: String)
    /// The database gave up a statement that took too long or was cancelled; nothing is kept.
    case interrupted(reason: String)
    /// A copy into the store was begun and not finished.
    case unfinishedCopy(of: String)
    /// A store that is to be copied into holds rows already.
    case notEmpty(path: String)
    /// Two addresses that should be of two stores are of one.
    case samePlace(path: String)
    /// Another process does with the store what keeps this one out.
    case inUse(by: String)
    /// The database could spread the tables over nodes, and they hold rows already.
    case notDistributed
}

extension StoreError: CodedError {
    /// The stable code that documentation and tests name.
    package var code: String {
        switch self {
        case .cannotOpen: "STORE-001"
        case .notADatabase: "STORE-002"
        case .foreignDatabase: "STORE-003"
        case .newerSchema: "STORE-004"
        case .differentSchema: "STORE-005"
        case .corrupt: "STORE-006"
        case .busy: "STORE-007"
        case .diskFull: "STORE-008"
        case .readOnly: "STORE-009"
        case .inputOutput: "STORE-010"
        case .constraint: "STORE-011"
        case .unexpectedValue: "STORE-012"
        case .statement: "STORE-013"
        case .closed: "STORE-014"
        case .dateNotOpen: "STORE-015"
        case .overtaken: "STORE-016"
        case .missing: "STORE-017"
        case .unavailable: "STORE-018"
        case .commitUnknown: "STORE-019"
        case .interrupted: "STORE-020"
        case .unfinishedCopy: "STORE-031"
        case .notEmpty: "STORE-032"
        case .samePlace: "STORE-033"
        case .inUse: "STORE-034"
        case .notDistributed: "STORE-035"
        }
    }

    /// What kind of exit a command makes that ends with this error.
    package var exit: ExitKind {
        switch self {
        case .cannotOpen, .notADatabase, .foreignDatabase, .corrupt, .diskFull, .readOnly,
            .inputOutput:
            .inputOutput
        case .busy, .dateNotOpen, .overtaken, .unavailable, .commitUnknown, .interrupted, .inUse:
            .temporary
        case .samePlace: .usage
        default: .failed
        }
    }

    /// What happened; what to do.
    package var sentence: String { "\(parts.happened); \(parts.remedy)" }

    private var parts: (happened: String, remedy: String) {
        switch self {
        case .cannotOpen(let path, let reason):
            (
                "the store \(path) cannot be opened (\(reason))",
                "check the address, and the right to use it"
            )
        case .notADatabase(let path):
            ("\(path) is not a database", "name another file with --store")
        case .foreignDatabase(let path):
            ("\(path) is the database of another program", "name another file with --store")
        case .newerSchema(let found, let known):
            (
                "the store has schema version \(found) and this program knows \(known)",
                "use the newer program"
            )
        case .differentSchema(let version):
            (
                "the store's tables of version \(version) differ from this program's",
                "use the program that made the store, or start a new one"
            )
        case .busy(let milliseconds):
            ("another process kept the store locked for \(milliseconds) ms", "try again")
        case .dateNotOpen(let date):
            ("the business date \(date) is not the open one", "run the command again")
        case .overtaken(let record):
            ("another process changed \(record) in the meantime", "run the command again")
        case .unavailable(let reason):
            ("the database cannot be reached (\(reason))", "nothing is half-written; try again")
        case .commitUnknown(let reason):
            (
                "the connection was lost during a commit (\(reason)), which may have happened",
                "run the command again: what is done is found done"
            )
        case .interrupted(let reason):
            ("the database gave up a statement (\(reason))", "nothing is half-written; try again")
        default: moving ?? damage
        }
    }

    /// What is said of stores that are made, copied or spread.
    private var moving: (happened: String, remedy: String)? {
        switch self {
        case .unfinishedCopy(let source):
            (
                "the store is the unfinished copy of \(source)",
                "run `colend store copy` again, which begins anew"
            )
        case .notEmpty(let path):
            ("the store \(path) is not empty", "copy into an empty one; nothing was changed")
        case .samePlace(let path):
            ("--from and --to both name \(path)", "name two stores")
        case .inUse(let what): ("\(what) is under way", "try again when it is over")
        case .notDistributed:
            (
                "the database has the citus extension, and the tables hold rows on one node",
                "run `colend store init` on an empty store, then `colend store copy` into it"
            )
        default: nil
        }
    }

    private var damage: (happened: String, remedy: String) {
        switch self {
        case .corrupt(let reason):
            ("the store is damaged (\(reason))", "restore a copy")
        case .diskFull: ("the disk is full", "make room and run the command again")
        case .readOnly:
            (
                "the store is read-only",
                "check the rights of the file, or that the server is no standby"
            )
        case .inputOutput(let reason):
            ("reading or writing the store failed (\(reason))", "check the disk and run again")
        case .missing(let record): ("\(record) is not in the store", "run colend verify")
        case .constraint(let reason): ("a row is refused (\(reason))", "report it")
        case .unexpectedValue(let column, let expected, let found):
            ("column \(column) holds \(found) instead of \(expected)", "run colend verify")
        case .statement(let reason, let sql):
            ("a statement is refused (\(reason)): \(sql)", "report it")
        default: ("the store is closed", "report it")
        }
    }
}
