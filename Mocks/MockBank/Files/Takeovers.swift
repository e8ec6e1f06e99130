// Shares of loans that were paid out before the bank took them over.

/// The bank's lines of shares taken over and given back, by the date in whose files they came.
struct Takeovers {
    private(set) var taken: [Day: [[String]]] = [:]
    /// Corrections: the same amounts with the other sign.
    private(set) var givenBack: [Day: [[String]]] = [:]
    /// The lines by which shares were taken over.
    private var lines: Set<String> = []
    /// What each loan's share came to when it was taken over.
    private var amounts: [String: [Int64]] = [:]

    /// Notes a share with what the bank's own book shows of it.
    mutating func note(_ row: [String], _ balances: Balances, on day: Day, _ currency: Currency) {
        let own = [
            balances.principal, balances.overduePrincipal, balances.interest,
            balances.overdueInterest, balances.penaltyPrincipal + balances.penaltyInterest,
            balances.fee,
        ]
        amounts[row[1]] = own
        lines.insert(row[0])
        taken[day, default: []].append(Takeovers.line(row, own, currency))
    }

    /// Whether a share was taken over by a line.
    func holds(_ line: String) -> Bool { lines.contains(line) }

    /// Notes that the share goes back.
    mutating func noteBack(_ row: [String], on day: Day, _ currency: Currency) {
        let own = (amounts[row[1]] ?? []).map { -$0 }
        guard !own.isEmpty else { return }
        givenBack[day, default: []].append(Takeovers.line(row, own, currency))
    }

    /// Keys, dates and parties of the row as received, amounts of the bank; it pays what it takes
    /// over at par.
    private static func line(_ row: [String], _ own: [Int64], _ currency: Currency) -> [String] {
        let layout = FileLayout.transfers
        func field(_ column: String) -> String { row[layout.index(of: column)] }
        return [field("fact_id"), field("loan_id"), field("kind")] + own.map(currency.text)
            + [
                field("counterparty"), currency.text(-own.reduce(0, +)), currency.code,
                field("value_date"), field("reverses"),
            ]
    }
}
