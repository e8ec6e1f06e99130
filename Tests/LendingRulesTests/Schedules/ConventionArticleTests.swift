import BusinessCalendar
import Foundation
import LendingRules
import Monetary
import Testing

/// The worked examples of the article `Conventions`, each computed anew.
struct ConventionArticleTests {
    private static let article = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Sources/colend/Documentation.docc/Conventions.md")

    private typealias Object = [String: Any]

    private static func object(_ text: Substring) throws -> Object {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? Object)
    }

    /// What is added and what comes out, row by row.
    private static func examples() throws -> [(added: Object, out: Object)] {
        try String(contentsOf: article, encoding: .utf8).split(separator: "\n")
            .filter { $0.contains("| `{") }
            .map { row in
                let cells = row.split(separator: "`").filter { $0.hasPrefix("{") }
                try #require(cells.count == 2, "\(row)")
                return (try object(cells[0]), try object(cells[1]))
            }
    }

    @Test func `every example comes out as the article says`() throws {
        let examples = try Self.examples()
        #expect(examples.count >= 34)
        for (added, expected) in examples {
            let actual = try Self.outcome(of: added)
            for (name, value) in expected {
                if let list = value as? [String] {
                    let found = actual[name] as? [String] ?? []
                    #expect(Array(found.prefix(list.count)) == list, "\(added) \(name)")
                } else {
                    let found = actual[name].map { "\($0)" } ?? ""
                    #expect(found.hasPrefix("\(value)"), "\(added): \(name) is \(found)")
                }
            }
        }
    }

    @Test func `every word of a convention has its example`() throws {
        let text = try String(contentsOf: Self.article, encoding: .utf8)
        let words =
            ScheduleMethod.allCases.map(\.rawValue) + DayCount.allCases.map(\.rawValue)
            + MonthEnd.allCases.map(\.rawValue) + HolidayRule.allCases.map(\.rawValue)
            + EarlyRepaymentEffect.allCases.map(\.rawValue)
        for word in words { #expect(text.contains("\"\(word)\""), "\(word) has no example") }
    }
}

extension ConventionArticleTests {
    private static func outcome(of added: Object) throws -> Object {
        let terms = try terms(added)
        var life = ScheduleLife(try Schedule.build(terms))
        for (date, event) in try events(added).sorted(by: { $0.0 < $1.0 }) {
            try life.apply(event, on: date)
        }
        let rows = life.schedule.instalments
        func texts(_ part: (Instalment) -> Int64) -> [String] {
            rows.map { AmountText.format(part($0), decimals: 2) }
        }
        var outcome: Object = [
            "dueOn": rows.map(\.dueOn.description), "principal": texts(\.principal),
            "interest": texts(\.payableInterest), "fee": texts(\.fee), "total": texts(\.total),
            "last": texts(\.total).last ?? "", "count": rows.count,
        ]
        if let date = try (added["asOf"] as? String).map({ try date($0) }) {
            let accrued = try life.schedule.unbilledInterest(endOf: date)
            let payoff = try life.schedule.payoff(on: date)
            outcome["accrued"] = AmountText.format(accrued, decimals: 2)
            outcome["payoff"] = AmountText.format(payoff.total, decimals: 2)
        }
        if let cost = AllInCost(of: life) {
            outcome["apr"] = AmountText.format(cost.nominal, decimals: 6)
            outcome["effective"] = AmountText.format(cost.effective, decimals: 6)
        }
        return outcome
    }

    private static func word<Value: RawRepresentable>(_ value: Any?, _ fallback: Value) throws
        -> Value where Value.RawValue == String
    {
        try (value as? String).map { try #require(Value(rawValue: $0)) } ?? fallback
    }

    private static func terms(_ added: Object) throws -> ScheduleTerms {
        try sampleTerms {
            $0.method = try word(added["method"], .equalInstalment)
            $0.dayCount = try word(added["dayCount"], .thirty360)
            $0.rounding = try word(added["rounding"], .halfEven)
            $0.instalmentRounding = try word(added["instalmentRounding"], .halfEven)
            $0.monthEnd = try word(added["monthEnd"], .clamp)
            $0.principalGrace = added["principalGrace"] as? Int ?? 0
            $0.interestGrace = added["interestGrace"] as? Int ?? 0
            if let text = added["disbursedOn"] as? String { $0.disbursedOn = try date(text) }
            $0.firstDueOn = try (added["firstDueOn"] as? String).map { try date($0) }
            if let text = added["instalmentMultiple"] as? String {
                $0.instalmentMultiple = try AmountText.parse(text, decimals: 2)
            }
            if let every = added["every"] as? Object {
                $0.every = Period(
                    count: try #require(every["count"] as? Int),
                    unit: try word(every["unit"], .months))
            }
            if let holidays = added["holidays"] as? Object {
                let weekends = HolidayCalendar(name: "US", weekend: [6, 7], holidays: [])
                $0.holidays = HolidayShift(
                    calendar: weekends, rule: try word(holidays["rule"], .sameDay))
            }
            if let cycle = added["statement"] as? Object {
                $0.statement = StatementCycle(
                    day: try #require(cycle["day"] as? Int),
                    minimumPayment: try Share(try #require(cycle["minimumPayment"] as? String)))
            }
            $0.fees = try (added["fees"] as? [Object] ?? []).map(fee)
        }
    }

    private static func fee(_ fee: Object) throws -> LoanFee {
        let value = try #require(fee["value"] as? String)
        return LoanFee(
            name: try #require(fee["name"] as? String),
            value: value.hasSuffix("%")
                ? .share(try Share(value), of: try word(fee["of"], .principal))
                : .amount(try AmountText.parse(value, decimals: 2)),
            moment: try word(fee["when"], .each))
    }

    private static func events(_ added: Object) throws -> [(BusinessDate, ScheduleLife.Event)] {
        func on(_ event: Object) throws -> BusinessDate {
            try date(try #require(event["on"] as? String))
        }
        func amount(_ event: Object) throws -> Int64 {
            try AmountText.parse(try #require(event["amount"] as? String), decimals: 2)
        }
        let changes = try (added["changes"] as? [Object] ?? []).map {
            let percent = try #require($0["annualRatePercent"] as? String)
            return (try on($0), ScheduleLife.Event.rate(try AnnualRate(percent: percent)))
        }
        let tranches = try (added["tranches"] as? [Object] ?? []).map {
            (try on($0), ScheduleLife.Event.tranche(try amount($0)))
        }
        let repayments = try (added["repayments"] as? [Object] ?? []).map {
            (
                try on($0),
                ScheduleLife.Event.repayment(
                    try amount($0), try word($0["effect"], .lowerInstalment))
            )
        }
        return changes + tranches + repayments
    }
}
