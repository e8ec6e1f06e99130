internal import BusinessCalendar
internal import LendingRules

/// What a restructuring says besides its number of instalments: the words `rate UNITS`,
/// `first-due DATE` and `capitalises`, each where it holds.
enum PlanText {
    static func text(_ plan: Restructure) -> String {
        var words: [String] = []
        if let rate = plan.rate { words.append("rate \(rate.units)") }
        if let date = plan.firstDueOn { words.append("first-due \(date)") }
        if plan.capitalises { words.append("capitalises") }
        return words.joined(separator: " ")
    }

    static func read(_ row: borrowing Row, instalments: Int, detail: Int) throws(StoreError)
        -> Restructure
    {
        let words = try row.text(detail).split(separator: " ")
        func word(after name: String) -> Substring? {
            words.firstIndex { $0 == name }.flatMap {
                words.indices.contains($0 + 1) ? words[$0 + 1] : nil
            }
        }
        return Restructure(
            instalments: try row.count(instalments),
            rate: word(after: "rate").flatMap { Int64($0) }.map { AnnualRate(units: $0) },
            firstDueOn: word(after: "first-due").flatMap { BusinessDate($0) },
            capitalises: words.contains("capitalises"))
    }
}
