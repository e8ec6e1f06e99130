import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling

extension Record {
    init(_ line: DisbursementLine) {
        self.init(
            key: [line.requestKey], amounts: [line.principal], currency: line.currency,
            valueDate: line.valueDate, fields: [line.loan.text, line.reverses], line: 0,
            loanNumber: line.partnerReference)
    }

    init(_ line: RepaymentLine) {
        let row = line.row
        let parts = row.components
        self.init(
            key: [row.line],
            amounts: [
                parts.principal, parts.overduePrincipal, parts.interest, parts.overdueInterest,
                parts.allPenalty, parts.fee, row.serviceFee,
            ], currency: line.currency, valueDate: row.valueDate,
            fields: [row.loan.text, row.reverses, row.correctionOf], line: 0)
    }

    init(_ line: FactFileLine) {
        let row = line.row
        let parts = row.components
        self.init(
            key: [row.line],
            amounts: [
                parts.principal, parts.overduePrincipal, parts.interest, parts.overdueInterest,
                parts.allPenalty, parts.fee, row.price,
            ], currency: line.currency, valueDate: row.valueDate,
            fields: [row.loan.text, row.kind.rawValue, row.counterparty, row.corrects], line: 0)
    }

    init(_ balance: LenderBalance, in lines: DetailLines) {
        let claims = balance.claims
        self.init(
            key: [balance.loan.text],
            amounts: [
                claims.principal, claims.overduePrincipal, claims.interest,
                claims.overdueInterest, claims.penalty, claims.penaltyOnInterest, claims.fee,
            ], currency: balance.currency,
            fields: [
                "\(balance.daysPastDue)", lines.classes?[balance.loan]?.rawValue ?? "M0",
                balance.accrualStatus.rawValue,
            ], line: 0)
    }

    /// The record of a line of ``TestFormat``, or nil.
    init?(words line: String, number: Int) {
        let parts = line.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == 6, let currency = Currency(code: parts[2]) else { return nil }
        func values(_ part: Substring) -> [Substring] {
            part.split(separator: ",", omittingEmptySubsequences: false)
        }
        let amounts = values(parts[1]).compactMap { Int64($0) }
        self.init(
            key: values(parts[0]).map(String.init), amounts: amounts, currency: currency,
            valueDate: BusinessDate(parts[3]),
            fields: parts[4].isEmpty ? [] : values(parts[4]).map(String.init), line: number,
            loanNumber: String(parts[5]))
    }

    /// The record as a line of ``TestFormat``.
    var words: String {
        [
            key.joined(separator: ","), amounts.map(String.init).joined(separator: ","),
            currency.code, valueDate?.description ?? "", fields.joined(separator: ","), loanNumber,
        ].joined(separator: ";")
    }
}
