import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

/// A small loan and what happened to it, written as text.
///
/// 1,200.00 at 12 % (30/360) in three equal parts of principal, disbursed 2026-01-01: 412.00 is due
/// on 02-01, 408.00 on 03-01 and 404.00 on 04-01, interest 12.00, 8.00 and 4.00. The platform lent
/// 360.00 and harbor 840.00; harbor pays 10 % of its collected interest as a service fee. Penalty
/// is 1.5 × the rate after 3 days of grace.
struct Story {
    let contract: LoanContract
    let facts: [LoanFact]

    /// Facts such as `P1 02-01 412.00; P2 02-05>02-07 10.00; -P1 02-09`: a payment, one booked two
    /// days after its value date, a reversal. Months and days are those of 2026. Others name their
    /// kind, see `kind(of:)`.
    init(
        _ text: String = "", grace: Int = 3, multiple: Int64 = 1500, materiality: Int64 = 0,
        lent: [Int64] = [36_000, 84_000]
    ) throws {
        let schedule = try Schedule.build(
            ScheduleTerms(
                principal: 120_000, currency: SampleLoan.dollars,
                rate: AnnualRate(percent: "12"), method: .equalPrincipal, instalments: 3,
                disbursedOn: SampleLoan.date("2026-01-01")))
        let harbor = PartyID("harbor")
        let others = [SampleLoan.platform, harbor, PartyID("keystone")]
        contract = try LoanContract(
            loan: LoanID("L1"), agreement: "harbor-70-30", schedule: schedule,
            lenders: Array(others.prefix(lent.count)), fundedAmounts: lent,
            platform: SampleLoan.platform,
            serviceFees: [
                ServiceFee(payer: harbor, payee: SampleLoan.platform, rate: try Share("10%"))
            ],
            penalty: PenaltyTerms(multipleThousandths: multiple, graceDays: grace),
            materiality: materiality)
        facts = try text.split(separator: ";").enumerated().map { try Self.fact($1, $0) }
    }

    /// What happened, to another contract.
    func with(_ contract: LoanContract) -> Story { Story(contract: contract, facts: facts) }

    /// And one fact more, booked on its value date.
    func with(_ kind: LoanFact.Kind, _ id: String, on text: String) -> Story {
        let date = Self.date(text)
        let fact = LoanFact(
            id: id, kind: kind, valueDate: date, bookingDate: date, instant: 99)
        return Story(contract: contract, facts: facts + [fact])
    }

    /// The quote of a date, from the facts booked by then.
    func payoff(_ text: String) throws -> PayoffQuote {
        let date = Self.date(text)
        return try contract.payoff(facts: facts.filter { $0.bookingDate <= date }, on: date)
    }

    /// The position at the end of a date such as `02-01`, from the facts booked by then.
    func position(_ text: String) throws -> LoanPosition {
        let date = Self.date(text)
        return try contract.position(facts: facts.filter { $0.bookingDate <= date }, at: date)
    }

    /// The borrower's side on a date: principal, overdue principal, interest, overdue interest and
    /// penalty, then unallocated cash and days past due.
    func line(_ text: String) throws -> String {
        let position = try position(text)
        let sums = [
            \LenderPosition.principal, \.overduePrincipal, \.interest, \.overdueInterest, \.penalty,
        ].map { bucket in position.lenders.reduce(0) { $0 + $1[keyPath: bucket] } }
        let amounts = sums.map(Self.text).joined(separator: " ")
        return "\(amounts) | \(Self.text(position.unallocated)) | \(position.daysPastDue)"
    }

    /// The entries of a date as `kind book account counterparty amount`, in posting order.
    func entries(_ text: String) throws -> [String] {
        let date = Self.date(text)
        let isFirst = date == contract.disbursedOn
        let eve = Self.text(of: date.adding(days: -1))
        return LoanPostings.difference(
            of: contract, from: isFirst ? nil : try position(eve), to: try position(text)
        ).map { line in
            let counterparty = line.posting.counterparty.map { " \($0)" } ?? ""
            return "\(line.kind.rawValue) \(line.posting.book) \(line.posting.account)"
                + "\(counterparty) \(Self.text(line.posting.amount))"
        }
    }

    static func date(_ text: some StringProtocol) -> BusinessDate {
        SampleLoan.date("2026-\(text)")
    }

    static func text(of date: BusinessDate) -> String { String(date.description.dropFirst(5)) }

    static func text(_ amount: Int64) -> String { AmountText.format(amount, decimals: 2) }

    private static func fact(_ text: Substring, _ number: Int) throws -> LoanFact {
        let words = text.split(separator: " ")
        let days = words[1].split(separator: ">")
        return LoanFact(
            id: String(words[0]), kind: try kind(of: words), valueDate: date(days[0]),
            bookingDate: date(days[days.count - 1]), instant: Int64(number))
    }
}
