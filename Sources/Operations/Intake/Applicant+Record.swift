package import LendingRules
import Monetary

extension Applicant {
    /// A loan that is asked for; what it costs is computed where a rule asks for it.
    init(
        _ record: LoanRecord, _ schedule: Schedule, under agreement: Agreement,
        line: Int64? = nil, _ rules: RuleBook
    ) {
        let plain = Applicant(record, line: line)
        guard rules.asks(.allInCostMaximum, of: plain, under: agreement),
            let cost = AllInCost(of: ScheduleLife(schedule))
        else {
            self = plain
            return
        }
        self = Applicant(record, line: line, cost: AnnualRate(units: cost.nominal))
    }

    /// A loan that is booked.
    package init(_ record: LoanRecord, line: Int64? = nil, cost: AnnualRate? = nil) {
        self.init(
            loan: record.loan, borrower: record.borrower, product: record.product,
            currency: record.currency, principal: record.principal,
            instalments: record.instalments, rate: record.rate, region: record.region,
            grade: record.grade, channel: record.channel, bookedOn: record.bookedOn,
            totalLine: line, allInCost: cost)
    }
}
