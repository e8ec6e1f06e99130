// The files of waivers, charge-offs, recoveries, refunds and corrections.

internal import BusinessCalendar
internal import LendingRules
internal import Monetary
internal import Operations
internal import Reconciling

extension ProtocolV1Files {
    /// The lines that stand in one of these files.
    func facts(_ layout: FileLayout, _ lines: [FactFileLine]) -> DetailFileWriter {
        var file = DetailFileWriter(
            layout,
            columns: [
                "fact_id", "loan_id", "kind", "principal", "overdue_principal", "interest",
                "overdue_interest", "penalty", "fee", "counterparty", "price", "currency",
                "value_date", "reverses",
            ])
        for line in lines where line.file == layout.name {
            let row = line.row
            let parts = row.components
            let claims = [
                parts.principal, parts.overduePrincipal, parts.interest, parts.overdueInterest,
                parts.allPenalty, parts.fee,
            ]
            func text(_ amount: Int64) -> String {
                Money(minorUnits: amount, currency: line.currency).text
            }
            file.row(
                [row.line, row.loan.text, row.kind.rawValue] + claims.map(text)
                    + [
                        row.counterparty, text(row.price), line.currency.code,
                        row.valueDate.description, row.corrects,
                    ], summing: claims + [row.price], line.currency)
        }
        return file
    }
}
