private import BusinessCalendar
private import Monetary
package import Operations

/// How a statement line lies in a row.
enum Receipts {
    /// Selects lines; add a WHERE.
    static let select = """
        SELECT bank_ref, amount, currency, value_date, remittance FROM settlement_receipt

        """

    static func read(_ row: borrowing Row) throws(StoreError) -> CashReceipt {
        CashReceipt(
            bankRef: try row.text(0), amount: try row.int64(1), currency: try row.currency(2),
            valueDate: try row.date(3), remittance: try row.text(4))
    }

    /// The values of a line, in the order of the columns.
    static func values(_ receipt: CashReceipt) -> [SQLValue] {
        [
            .int64(shard(of: receipt.bankRef)), .text(receipt.bankRef), .int64(receipt.amount),
            .text(receipt.currency.code), .date(receipt.valueDate), .text(receipt.remittance),
        ]
    }

    /// Takes lines in, each once for ever.
    ///
    /// Throws `StoreError.overtaken` for one that is there.
    static func add(
        _ receipts: [CashReceipt], _ connection: borrowing Connection
    ) throws(StoreError) {
        for receipt in receipts {
            let isNew = try connection.execute(
                Table.settlementReceipt.insertionUnlessPresent, values(receipt))
            guard isNew == 1 else {
                throw .overtaken(record: "statement line \(receipt.bankRef)")
            }
        }
    }
}

extension SQLSettlements: CashReceipts {
    package func receipts(_ bankRefs: [String]) async throws -> [String: CashReceipt] {
        try await engine.read { connection in
            var known: [String: CashReceipt] = [:]
            for bankRef in Set(bankRefs) {
                known[bankRef] = try connection.first(
                    Receipts.select + "WHERE shard = ?1 AND bank_ref = ?2",
                    [.int64(shard(of: bankRef)), .text(bankRef)], Receipts.read)
            }
            return known
        }
    }
}
