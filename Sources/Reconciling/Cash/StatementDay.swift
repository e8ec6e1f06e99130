package import BusinessCalendar
import Monetary

/// One date's bank statement held against the money that should be on it.
package struct StatementDay: Sendable {
    let account: String
    let date: BusinessDate
    /// In the layout `cash`; nil when the statement is missing.
    let lines: [Record]?
    let expectations: [CashExpectation]
    /// Remittances that have an open break already.
    let waiting: Set<String>
    /// Whether a remittance is another desk's to match, as settlements are.
    let isElsewhere: @Sendable (String) -> Bool

    package init(
        account: String, date: BusinessDate, lines: [Record]?, expectations: [CashExpectation],
        waiting: Set<String>, isElsewhere: @escaping @Sendable (String) -> Bool
    ) {
        self.account = account
        self.date = date
        self.lines = lines
        self.expectations = expectations
        self.waiting = waiting
        self.isElsewhere = isElsewhere
    }

    /// Gives each expectation at most one line, and each line to at most one expectation.
    ///
    /// The same for every order of lines and expectations.
    /// - Throws: ``ReconcilingError/misfit(file:side:line:)``.
    package func matched() throws(ReconcilingError) -> StatementMatch {
        var match = StatementMatch(day: self)
        for line in lines ?? [] where !line.fits(.cash) {
            throw .misfit(file: FileLayout.cash.name, side: .theirs, line: line.line)
        }
        let groups = Dictionary(grouping: lines ?? []) { Name($0.fields[0], $0.currency) }
        let awaited = Dictionary(expectations.map { (Name($0.remittance, $0.currency), $0) }) {
            first, _ in first
        }
        for name in Set(groups.keys).union(awaited.keys).sorted() {
            match.take(groups[name] ?? [], for: awaited[name])
        }
        return match
    }

    private struct Name: Hashable, Comparable {
        let remittance: ExactText
        let currency: Currency

        init(_ remittance: String, _ currency: Currency) {
            self.remittance = ExactText(remittance)
            self.currency = currency
        }

        static func < (left: Name, right: Name) -> Bool {
            left.remittance == right.remittance
                ? left.currency < right.currency
                : left.remittance.text.utf8.lexicographicallyPrecedes(right.remittance.text.utf8)
        }
    }
}

/// Which lines of a statement are what.
package struct StatementMatch: Sendable {
    /// An expectation that the statement shows.
    package struct Arrival: Sendable {
        package let expectation: CashExpectation
        package let line: Record
    }

    let day: StatementDay
    /// In order of remittance.
    package private(set) var arrivals: [Arrival] = []
    /// Lines that another desk matches.
    package private(set) var elsewhere: [Record] = []
    /// Expectations that should be here and are not, or not before a later statement.
    private(set) var absent: [CashExpectation] = []
    /// Lines too many, with the line that they repeat if there is one.
    private(set) var surplus: [(line: Record, repeats: Record?)] = []

    init(day: StatementDay) { self.day = day }

    mutating func take(_ lines: [Record], for expectation: CashExpectation?) {
        let sorted = lines.sorted {
            let byContent = RecordOrder.byContent($0, $1)
            if byContent != .same { return byContent == .before }
            let byReference = RecordOrder.byBytes($0.key[0], $1.key[0])
            return byReference == .same ? $0.line < $1.line : byReference == .before
        }
        guard let expectation else {
            var firsts: [[ExactText]: Record] = [:]
            for line in sorted {
                let key = ExactText.key(line.key)
                let copy = firsts[key]
                if copy == nil { firsts[key] = line }
                if copy == nil, day.isElsewhere(line.fields[0]) {
                    elsewhere.append(line)
                } else {
                    surplus.append((line, copy))
                }
            }
            return
        }
        guard !sorted.isEmpty else {
            if let due = expectation.dueOn, due <= day.date { absent.append(expectation) }
            return
        }
        let chosen = sorted.firstIndex { $0.amounts[0] == expectation.amount } ?? 0
        arrivals.append(Arrival(expectation: expectation, line: sorted[chosen]))
        for (index, line) in sorted.enumerated() where index != chosen {
            surplus.append((line, sorted[chosen]))
        }
    }
}
