import BusinessCalendar
import LendingRules
import Operations
import Reconciling

extension World {
    /// Our kept files of a date for a partner, taken apart into records: disbursements,
    /// repayments, balances, then all others.
    func testFiles(of party: PartyID, on date: BusinessDate) -> [TestFile] {
        let kept = files[Pair(party: party, date: date)] ?? []
        let first: [FileLayout] = [.disbursements, .repayments, .balances]
        return (first + FileLayout.reconciled.filter { !first.contains($0) }).map { layout in
            // What we claim is no claim of theirs.
            let content =
                layout.role == .claim ? nil : kept.first { $0.name == layout.name + ".csv" }
            let records = content.flatMap { try? TestFormat().records($0, layout: layout) }
            return TestFile(layout, records ?? [])
        }
    }
}

extension Record {
    /// The record with another amount in one column.
    func with(_ amount: Int64, in column: Int) -> Record {
        var amounts = amounts
        amounts[column] = amount
        return Record(
            key: key, amounts: amounts, currency: currency, valueDate: valueDate, fields: fields,
            line: line)
    }
}
