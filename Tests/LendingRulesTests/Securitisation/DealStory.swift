import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// A securitised pool and what came of it, written as text.
///
/// 1,000,000.00 were counted at the end of 2025; the notes bear interest from 2026-01-15 and are
/// paid on every 15th for the calendar month before: A 800,000.00 at 6 % (0.5 % a month), B
/// 150,000.00 at 12 % (1 % a month), E 50,000.00, the equity, without. The servicer has 1.2 % a
/// year on the pool (0.1 % a month, 1,000.00 at first), the trustee 100.00 a month.
struct DealStory {
    private(set) var deal: PoolDeal
    private let calendar: PaymentCalendar

    init(
        principal: PrincipalRule = .sequential, reserve: ReserveTerms? = nil,
        triggers: [PoolTrigger] = [], recoveriesWriteUp: Bool = false,
        cleanUp: CleanUpTerms? = nil, finalOn: String = "2030-01-15", bearing: Bool = false,
        unspent: Int64 = 0
    ) throws {
        let fund = PartyID("fund")
        func tranche(_ name: String, _ amount: Int64, _ rate: String?) throws -> TrancheTerms {
            TrancheTerms(
                name: name, holder: fund, original: amount,
                rate: try rate.map { try AnnualRate(percent: $0) },
                bearsInterestOnShortfall: bearing)
        }
        let servicer = PartyID("platform")
        let terms = DealTerms(
            name: "autumn", currency: SampleLoan.dollars,
            cutOff: SampleLoan.date("2025-12-31"), issuedOn: SampleLoan.date("2026-01-15"),
            poolPrincipal: 100_000_000,
            tranches: [
                try tranche("A", 80_000_000, "6"), try tranche("B", 15_000_000, "12"),
                try tranche("E", 5_000_000, nil),
            ],
            principal: principal,
            servicing: ServicingFeeTerms(
                payee: servicer, rate: try AnnualRate(percent: "1.2"), dayCount: .thirty360),
            expenses: [
                ExpenseTerms(name: "trustee", payee: PartyID("trustee"), amount: 10_000)
            ],
            reserve: reserve, triggers: triggers, recoveriesWriteUp: recoveriesWriteUp,
            cleanUp: cleanUp, finalOn: SampleLoan.date(finalOn),
            residualHolder: PartyID("equity"), unspent: unspent)
        deal = try PoolDeal(terms)
        calendar = PaymentCalendar(firstOn: SampleLoan.date("2026-02-15"))
    }

    /// What a line such as `interest 10000.00, principal 50000.00, losses 0.50, M3 7.00, called`
    /// says was collected in the next period; what is in no bucket is not past due.
    func collections(_ text: some StringProtocol) throws -> PeriodCollections {
        var amounts: [String: Int64] = [:]
        for item in text.split(separator: ",") {
            let words = item.split(separator: " ")
            amounts[String(words[0])] =
                words.count > 1 ? try AmountText.parse(words[1], decimals: 2) : 1
        }
        let (principal, losses) = (amounts["principal"] ?? 0, amounts["losses"] ?? 0)
        var buckets = (0...7).map { amounts["M\($0)"] ?? 0 }
        buckets[0] = deal.pool - principal - losses - buckets.dropFirst().reduce(0, +)
        let (paysOn, to) = calendar.payment(deal.payments + 1)
        return PeriodCollections(
            from: deal.collectedTo.adding(days: 1), to: to, paysOn: paysOn,
            interest: amounts["interest"] ?? 0, principal: principal,
            prepaid: amounts["prepaid"] ?? 0, recoveries: amounts["recoveries"] ?? 0,
            losses: losses, loans: 100, buckets: buckets, accrued: amounts["accrued"] ?? 0,
            isCalled: amounts["called"] != nil)
    }

    mutating func pay(_ text: some StringProtocol) throws -> PaymentReport {
        try deal.pay(try collections(text))
    }

    mutating func reopen(after report: PaymentReport) throws {
        try deal.reopen(after: report)
    }

    /// Runs every line that begins with `>` and holds all that is paid against the other lines.
    mutating func check(
        _ table: String, _ location: SourceLocation = #_sourceLocation
    ) throws {
        var told: [String] = []
        for line in table.split(separator: "\n") where line.hasPrefix(">") {
            told.append(String(line))
            told += Self.lines(of: try pay(line.dropFirst(2)))
        }
        let expected = table.split(separator: "\n").map(String.init)
        #expect(told == expected, sourceLocation: location)
    }

    /// A payment date as text: what was paid (of what was due), where tranches and reserve stand,
    /// and what tests and losses said.
    static func lines(of report: PaymentReport) -> [String] {
        let paid = report.lines.map { line in
            let due = line.shortfall == 0 ? "" : " of \(text(line.due))"
            let name = line.name.isEmpty ? line.kind.rawValue : line.name
            let kind =
                [.interest, .principal, .trapped].contains(line.kind) ? " \(line.kind)" : ""
            return "\(name)\(kind) \(text(line.paid))\(due)"
        }
        let day = report.paysOn.description.dropFirst(5)
        var lines = [
            "\(day) \(text(report.funds.available)): \(paid.joined(separator: ", "))",
            "  " + report.tranches.map(standing).joined(separator: ", "),
        ]
        if let reserve = report.reserve { lines.append("  " + account(reserve)) }
        for trigger in report.triggers {
            let state = trigger.pulledOn.map { "pulled \($0.description.dropFirst(5))" } ?? "passed"
            lines.append(
                "  \(trigger.name) \(text(trigger.amount)) of \(text(trigger.whole)) \(state)")
        }
        if report.unabsorbedLoss > 0 { lines.append("  unabsorbed \(text(report.unabsorbedLoss))") }
        if report.isCalled { lines.append("  called") }
        if report.isLast { lines.append("  last") }
        return lines
    }

    private static func standing(_ tranche: TrancheReport) -> String {
        var line = "\(tranche.name) \(text(tranche.closing))"
        if tranche.writtenDown > 0 { line += " down \(text(tranche.writtenDown))" }
        if tranche.writtenUp > 0 { line += " up \(text(tranche.writtenUp))" }
        return line
    }

    private static func account(_ reserve: ReserveReport) -> String {
        var line = "reserve \(text(reserve.closing))"
        if reserve.drawn > 0 { line += " drawn \(text(reserve.drawn))" }
        if reserve.released > 0 { line += " released \(text(reserve.released))" }
        if reserve.filled > 0 { line += " filled \(text(reserve.filled))" }
        return line
    }

    static func text(_ amount: Int64) -> String { AmountText.format(amount, decimals: 2) }
}
