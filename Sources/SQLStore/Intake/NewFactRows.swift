internal import LendingRules
internal import Operations

/// Writes facts with their ids, each id once for ever.
enum NewFactRows {
    /// Content hashes of those ids that are recorded already.
    static func hashes(
        of ids: [String], _ connection: borrowing Connection
    ) throws(StoreError) -> [String: String] {
        var hashes: [String: String] = [:]
        for id in ids {
            hashes[id] = try connection.first(
                "SELECT content_hash FROM fact_key WHERE shard = ?1 AND fact = ?2",
                [.int64(shard(of: id)), .text(id)]
            ) { row throws(StoreError) in try row.text(0) }
        }
        return hashes
    }

    /// Those of the facts that another import has not recorded in the meantime.
    ///
    /// Throws `StoreError.overtaken` when an id is recorded with other content.
    static func unrecorded(
        of facts: [NewFact], _ connection: borrowing Connection
    ) throws(StoreError) -> [NewFact] {
        let recorded = try hashes(of: facts.map(\.fact.id), connection)
        if let other = facts.first(where: {
            recorded[$0.fact.id] ?? $0.contentHash != $0.contentHash
        }) {
            throw .overtaken(record: "'\(other.fact.id)', which has other content now,")
        }
        return facts.filter { recorded[$0.fact.id] == nil }
    }

    /// The same of ids that stand for several facts or a booked note.
    static func unrecorded(
        of keys: [NewKey], _ connection: borrowing Connection
    ) throws(StoreError) -> [NewKey] {
        let recorded = try hashes(of: keys.map(\.id), connection)
        if let other = keys.first(where: { recorded[$0.id] ?? $0.contentHash != $0.contentHash }) {
            throw .overtaken(record: "'\(other.id)', which has other content now,")
        }
        return keys.filter { recorded[$0.id] == nil }
    }

    /// Throws `StoreError.overtaken` when a payment to be reversed is reversed already.
    static func insert(
        _ facts: [NewFact], _ keys: [NewKey], _ connection: borrowing Connection
    ) throws(StoreError) {
        let keys =
            keys
            + facts.map {
                NewKey(id: $0.fact.id, loan: $0.loan, contentHash: $0.contentHash)
            }
        try connection.bulkInsert(into: .factKey, rows: keys.count) {
            index, writer throws(StoreError) in
            writer.int64(shard(of: keys[index].id))
            writer.text(keys[index].id)
            writer.text(keys[index].loan.text)
            writer.text(keys[index].contentHash)
        }
        var others: [NewFact] = []
        for new in facts {
            guard case .reversal(let payment) = new.fact.kind else {
                others.append(new)
                continue
            }
            try reverse(payment, new, connection)
        }
        try connection.bulkInsert(into: .fact, rows: others.count) {
            index, writer throws(StoreError) in
            let new = others[index]
            Facts.write(new.fact, of: new.loan, channel: new.channel, writer)
        }
    }

    /// Another import may have reversed the payment since this one looked.
    private static func reverse(
        _ payment: String, _ new: NewFact, _ connection: borrowing Connection
    ) throws(StoreError) {
        let added = try connection.batch(
            Table.fact.insertion(unlessIn: .reversal), rows: 1
        ) { _, writer throws(StoreError) in
            Facts.write(new.fact, of: new.loan, channel: new.channel, writer)
        }
        guard added == 1 else {
            throw .overtaken(record: "payment \(payment), which is reversed already,")
        }
    }
}
