import BusinessCalendar
import LendingRules
import Monetary

/// What happens to a loan besides payments, as a line of a facts file.
struct DemoFact: Hashable, Sendable {
    let learnedOn: BusinessDate
    let loan: String
    let line: String

    /// - Parameter members: What the kind needs besides, each `"name":"value"`.
    init(
        _ kind: String, _ loan: String, on date: BusinessDate, hour: Int = 15,
        _ members: KeyValuePairs<String, String> = [:]
    ) {
        let more = members.map { ",\"\($0.key)\":\"\($0.value)\"" }.joined()
        learnedOn = date
        self.loan = loan
        line =
            "{\"id\":\"\(kind)-\(loan)-\(date)\",\"kind\":\"\(kind)\",\"loan\":\"\(loan)\","
            + "\"valueDate\":\"\(date)\",\"at\":\"\(date)T\(hour):00:00Z\"\(more)}"
    }

    /// Facts learned on one date, as an import file.
    static func file(of facts: [DemoFact]) -> [UInt8] {
        Array(facts.map { $0.line + "\n" }.sorted().joined().utf8)
    }
}

extension DemoBorrower {
    /// Every fact besides payments that is learned by the end of the demo.
    var facts: [DemoFact] {
        (givesBack ? [cancellation] : refunds + waivers + loss).filter { $0.learnedOn <= end }
    }

    /// One borrower in fifty gives the loan back within the cooling-off period.
    var givesBack: Bool { loan.conduct == .current && loan.draw.isOneIn(50, "gives back") }

    private var cancellation: DemoFact {
        let isFree = loan.draw.isOneIn(2, "free of charge")
        return DemoFact(
            "cancelled", loan.id, on: schedule.terms.disbursedOn.adding(days: 5),
            ["charge": isFree ? "none" : "interest"])
    }

    /// What was paid too much goes back two days later.
    private var refunds: [DemoFact] {
        paidInstalments.filter { manner(of: $0) == .tooMuch }.map { instalment in
            DemoFact(
                "refund", loan.id, on: instalment.dueOn.adding(days: 2),
                amount(instalment.total * 3 / 2 - instalment.total))
        }
    }

    /// Part of the interest is given up on the due date, before the rest is paid.
    private var waivers: [DemoFact] {
        paidInstalments.filter { manner(of: $0) == .partWaived }.map { instalment in
            let bearer = loan.draw.isOneIn(2, "bearer") ? "platform" : "shares"
            return DemoFact(
                "waiver", loan.id, on: instalment.dueOn, hour: 10,
                [
                    "currency": schedule.terms.currency.code, "borneBy": bearer,
                    "interest": waived(of: instalment).text(schedule.terms.currency),
                ])
        }
    }

    /// Interest given up of an instalment, minor units.
    func waived(of instalment: Instalment) -> Int64 { instalment.interest / 2 }

    /// Written off; a part comes back later, after some cost.
    private var loss: [DemoFact] {
        guard loan.conduct == .chargedOff, let first = schedule.instalments.first else { return [] }
        let date = first.dueOn.adding(days: DemoBorrower.chargeOffDays)
        return [
            DemoFact("charge-off", loan.id, on: date, ["scope": "full"]),
            DemoFact("collection-cost", loan.id, on: date.adding(days: 3), amount(25_00)),
            DemoFact("recovery", loan.id, on: date.adding(days: 4), amount(150_00)),
        ]
    }

    private func amount(_ minorUnits: Int64) -> KeyValuePairs<String, String> {
        let currency = schedule.terms.currency
        return ["currency": currency.code, "amount": minorUnits.text(currency)]
    }
}
