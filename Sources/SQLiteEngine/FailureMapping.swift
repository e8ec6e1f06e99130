private import GRDB
internal import SQLStore

/// Turns what SQLite and GRDB report into `StoreError`.
struct FailureMapping: Sendable {
    /// The file, for messages.
    let path: String
    /// How long the engine waits for other processes.
    let busyTimeoutMilliseconds: Int

    /// Runs `body` and maps what it throws.
    func mapping<Result>(_ body: () throws -> Result) throws(StoreError) -> Result {
        do {
            return try body()
        } catch let error as StoreError {
            throw error
        } catch let error as DatabaseError {
            throw map(error)
        } catch {
            throw .inputOutput(reason: "\(error)")
        }
    }

    /// The error behind a result code of SQLite.
    func error(code: Int32, message: String, sql: String) -> StoreError {
        switch ResultCode(rawValue: code).primaryResultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            .busy(waitedMilliseconds: busyTimeoutMilliseconds)
        case .SQLITE_FULL: .diskFull
        case .SQLITE_READONLY, .SQLITE_PERM: .readOnly
        case .SQLITE_CANTOPEN: .cannotOpen(path: path, reason: message)
        case .SQLITE_NOTADB: .notADatabase(path: path)
        case .SQLITE_CORRUPT: .corrupt(reason: message)
        case .SQLITE_IOERR: .inputOutput(reason: message)
        case .SQLITE_CONSTRAINT: .constraint(reason: message)
        case .SQLITE_MISUSE where message.contains("closed"): .closed
        default: .statement(reason: message, sql: sql)
        }
    }

    private func map(_ error: DatabaseError) -> StoreError {
        self.error(
            code: error.extendedResultCode.rawValue,
            message: error.message ?? "code \(error.extendedResultCode.rawValue)",
            sql: error.sql ?? "")
    }
}
