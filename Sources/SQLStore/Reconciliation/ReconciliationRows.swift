internal import BusinessCalendar
private import Crypto
internal import LendingRules
internal import Monetary
internal import Operations
internal import Reconciling

/// The rows that reconciling one partner's date leaves, in place of those of an earlier run, apart
/// from its breaks.
struct ReconciliationRows {
    private let result: ReconciledDate

    /// The rows of a result.
    init(_ result: ReconciledDate) {
        self.result = result
    }

    /// Replaces what an earlier run of the same party and date has left, on the date now open.
    func replace(
        _ connection: borrowing Connection, on open: BusinessDate
    ) throws(StoreError) {
        try overtakeSignOffs(connection, on: open)
        try connection.execute(
            Table.reconciliation.insertionOrReplacement,
            pair + [.int64(ReconciliationCodes.states.code(result.state))])
        try replaceClaims(connection)
        try replaceSayings(connection)
        // A date read anew in the light of another one keeps its files.
        if result.received.isEmpty, result.state != .missing { return }
        try connection.execute(
            "UPDATE received_file SET in_force = 0 WHERE party = ?1 AND date = ?2", pair)
        for file in result.received.enumerated() {
            try keep(file.element, at: file.offset, connection)
        }
    }

    /// Who signed the date off has seen other breaks than there are now: it counts no more.
    private func overtakeSignOffs(
        _ connection: borrowing Connection, on open: BusinessDate
    ) throws(StoreError) {
        let isChanged = result.changes.contains {
            !$0.isQuiet && $0.kept.firstDate == result.date
        }
        guard isChanged else { return }
        try connection.execute(
            """
            UPDATE sign_off SET overtaken_on = ?3
            WHERE party = ?1 AND date = ?2 AND overtaken_on IS NULL
            """, pair + [.date(open)])
    }

    private var pair: [SQLValue] { [.text(result.party.name), .date(result.date)] }

    private func replaceClaims(_ connection: borrowing Connection) throws(StoreError) {
        try connection.execute("DELETE FROM line_claim WHERE party = ?1 AND date = ?2", pair)
        let result = result
        try connection.bulkInsert(into: .lineClaim, rows: result.claims.count) {
            index, writer throws(StoreError) in
            let claim = result.claims[index]
            writer.text(result.party.name)
            writer.date(result.date)
            writer.text(claim.file)
            writer.int64(ReconciliationCodes.sides.code(claim.side))
            writer.text(KeyText.join(claim.key))
            writer.int64(Int64(claim.occurrence))
            writer.text(claim.breakID)
            writer.text(claim.readBy)
        }
    }

    private func replaceSayings(_ connection: borrowing Connection) throws(StoreError) {
        for table in [Table.partnerLoanNumber, .statedBalance] {
            try connection.execute("DELETE FROM \(table.name) WHERE party = ?1 AND date = ?2", pair)
        }
        let result = result
        let (numbers, balances) = (result.sayings.numbers, result.sayings.balances)
        try connection.bulkInsert(into: .partnerLoanNumber, rows: numbers.count) {
            index, writer throws(StoreError) in
            writer.text(result.party.name)
            writer.date(result.date)
            writer.text(numbers[index].number)
            writer.text(numbers[index].loan)
        }
        try connection.bulkInsert(into: .statedBalance, rows: balances.count) {
            index, writer throws(StoreError) in
            let balance = balances[index]
            writer.text(result.party.name)
            writer.date(result.date)
            writer.text(balance.loan)
            writer.text(balance.currency.code)
            writer.int64(balance.stated)
            writer.int64(balance.expected)
        }
    }

    /// The same content is kept once; other content is a new version.
    private func keep(
        _ file: FileContent, at position: Int, _ connection: borrowing Connection
    ) throws(StoreError) {
        let digest = [UInt8](SHA256.hash(data: file.bytes))
        let latest = try connection.first(
            """
            SELECT version, sha256 FROM received_file
            WHERE party = ?1 AND date = ?2 AND name = ?3
            ORDER BY version DESC LIMIT 1
            """, pair + [.text(file.name)]
        ) { row throws(StoreError) in (version: try row.int64(0), digest: try row.blob(1)) }
        if let latest, latest.digest == digest {
            try connection.execute(
                """
                UPDATE received_file SET in_force = 1
                WHERE party = ?1 AND date = ?2 AND name = ?3 AND version = ?4
                """, pair + [.text(file.name), .int64(latest.version)])
            return
        }
        try connection.execute(
            Table.receivedFile.insertion,
            pair + [
                .text(file.name), .int64((latest?.version ?? 0) + 1), .int64(Int64(position)),
                .int64(1), .blob(digest), .blob(file.bytes),
            ])
    }
}
