import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary

/// Adds the ledger of some dates up into the lines of a report.
struct LedgerTally {
    private let platform: PartyID
    private let currency: Currency
    private let from: BusinessDate
    private var lines: [DayLine]
    private var lending: Set<PartyID> = []
    private var held: [BookID: BookLine] = [:]
    /// What each partner owes the platform before the first date.
    private var owed: [PartyID: Int64] = [:]
    /// What each date changes in it.
    private var daily: [BusinessDate: [PartyID: Int64]] = [:]

    init(platform: PartyID, currency: Currency, from: BusinessDate, through: BusinessDate) {
        self.platform = platform
        self.currency = currency
        self.from = from
        lines = (0...max(0, through.days(since: from))).map {
            DayLine(date: from.adding(days: $0))
        }
    }

    /// Puts what fell due on each date beside what the ledger has.
    mutating func take(_ dues: DueTally) {
        for index in lines.indices {
            let line = dues.lines[lines[index].date] ?? DueTally.Line()
            (lines[index].due, lines[index].onTime) = (line.due, line.onTime)
        }
    }

    /// The dates with what partners owe at the end of each.
    var days: [DayLine] {
        let all = partners
        var running = owed
        return lines.map { line in
            for (partner, amount) in daily[line.date] ?? [:] {
                running[partner, default: 0] += amount
            }
            var line = line
            for partner in all { line.net[partner] = running[partner] ?? 0 }
            return line
        }
    }

    /// The platform first, then by name.
    var lenders: [PartyID] {
        [platform] + lending.subtracting([platform]).sorted()
    }

    var books: [BookLine] {
        lenders.map { held[$0.book] ?? BookLine(lender: $0) }
    }

    var partners: [PartyID] {
        Set(owed.keys).union(daily.values.flatMap(\.keys)).sorted()
    }
}

extension LedgerTally {
    /// A sum through the day before the first date.
    mutating func open(_ balance: BookBalance) {
        guard balance.currency == currency, balance.book == platform.book,
            balance.account.isDue, let other = balance.counterparty
        else { return }
        owed[PartyID(other.name), default: 0] += balance.amount
    }

    /// A sum of one of the dates, in date order.
    mutating func add(_ sum: LedgerSum) {
        let posting = sum.posting
        let index = sum.date.days(since: from)
        guard posting.currency == currency, lines.indices.contains(index) else { return }
        lines[index].add(sum, platform: platform)
        if posting.account.isIncomeOrExpense, index == lines.count - 1 {
            line(of: posting.book) { $0.result -= posting.amount }
        }
        if posting.book == platform.book, posting.account.isDue,
            let other = posting.counterparty
        {
            daily[sum.date, default: [:]][PartyID(other.name), default: 0] += posting.amount
        }
    }

    /// A sum through the last date.
    mutating func close(_ balance: BookBalance) {
        guard balance.currency == currency else { return }
        line(of: balance.book) {
            switch balance.account {
            case .principal: $0.principal += balance.amount
            case .overduePrincipal: $0.overduePrincipal += balance.amount
            case .interest, .overdueInterest: $0.interest += balance.amount
            case .penalty: $0.penalty += balance.amount
            case .fees: $0.fees += balance.amount
            case .claimsAcquired: $0.acquired += balance.amount
            default: break
            }
        }
        if [.principal, .interestIncome, .claimsAcquired].contains(balance.account) {
            lending.insert(PartyID(balance.book.name))
        }
    }

    private mutating func line(of book: BookID, _ change: (inout BookLine) -> Void) {
        change(&held[book, default: BookLine(lender: PartyID(book.name))])
    }
}

extension DayLine {
    /// Adds what one line of the ledger says.
    fileprivate mutating func add(_ sum: LedgerSum, platform: PartyID) {
        let posting = sum.posting
        switch (sum.kind, posting.account) {
        case (.disbursement, .principal):
            funded[PartyID(posting.book.name), default: 0] += posting.amount
        case (.repayment, .cash) where posting.book == platform.book:
            received += posting.amount
        case (.repayment, .principal), (.repayment, .interest): current -= posting.amount
        case (.repayment, .overduePrincipal), (.repayment, .overdueInterest):
            arrears -= posting.amount
        case (.repayment, .penalty): penalty -= posting.amount
        case (.repayment, .fees): fees -= posting.amount
        default: break
        }
    }
}

extension Account {
    /// Accounts 4000 to 5999.
    fileprivate var isIncomeOrExpense: Bool { (4000...5999).contains(number) }
}
