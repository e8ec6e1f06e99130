import BusinessCalendar
import LendingRules
import Monetary

/// What is open of an instalment that has fallen due.
struct DueInstalment {
    let dueOn: BusinessDate
    var principal: CentQueue
    var interest: CentQueue
    var fee: CentQueue
    /// From the evening of its due date on.
    var isOverdue = false
    var onPrincipal = PenaltyMeter()
    var onInterest = PenaltyMeter()
    /// Where instalments have holders of their own; otherwise all penalties lie in one queue.
    var ownPenalties: OwnPenalties?

    init(dueOn: BusinessDate, principal: [Cent], interest: [Cent], fee: [Cent]) {
        self.dueOn = dueOn
        self.principal = CentQueue(principal)
        self.interest = CentQueue(interest)
        self.fee = CentQueue(fee)
    }

    /// Without penalty, which makes nothing past due.
    var unpaid: Int { principal.count + interest.count + fee.count }
}

/// The penalties of one instalment that has holders of its own.
struct OwnPenalties {
    var onPrincipal = CentQueue()
    var onInterest = CentQueue()
    var nextOnPrincipal: CentStream
    var nextOnInterest: CentStream
}

/// Penalty on something overdue: rate units × thousandths × cents × nights until it is rounded.
struct PenaltyMeter {
    private var units: Int128 = 0
    private var ratesInGrace: Int128 = 0
    private(set) var earned = 0
    var settled = 0

    var open: Int { earned - settled }

    /// A night `late` days after the due date; returns the cents it adds.
    mutating func pass(
        _ cents: Int, late: Int, rate: Int, thousandths: Int64, year: Int128, _ terms: PenaltyTerms
    ) -> Int {
        let tonight = Int128(rate) * Int128(thousandths)
        if late < terms.graceDays {
            ratesInGrace += tonight
            return 0
        }
        if late == terms.graceDays, !terms.forgivesGrace {
            units += ratesInGrace * Int128(cents)
        }
        units += tonight * Int128(cents)
        let before = earned
        earned = ExactFraction(units, year * 1_000 * 100_000_000).rounded("half-even")
        return earned - before
    }
}

/// Cash of a payment that no claim has met yet.
struct Waiting {
    let payment: String
    /// What came in less what was paid back.
    var kept: Int
    var cents: Int
}

/// Where cents come from, by component.
struct Streams {
    var interest: CentStream
    var penalty: CentStream
    var penaltyOnInterest: CentStream
    var fee: CentStream

    init(_ contract: LoanContract, _ book: CentBook, _ weights: [Int]) {
        let terms = contract.income
        let shares = IncomeWeights(contract, weights)
        interest = CentStream(book, shares.interest)
        penalty = CentStream(book, shares.of(terms.penalty))
        penaltyOnInterest = penalty
        fee = CentStream(book, shares.of(terms.fee))
    }
}

/// Who earns, given who holds how much principal.
struct IncomeWeights {
    private let contract: LoanContract
    private let principal: [Int]

    init(_ contract: LoanContract, _ principal: [Int]) {
        self.contract = contract
        self.principal = principal
    }

    var interest: [Int] {
        guard contract.income.pricing == .blended else { return of(contract.income.interest) }
        let yields = contract.lenders.indices.map { index in
            principal[index] * Int(contract.income.rates[contract.lenders[index]]?.units ?? 0)
        }
        return yields.contains { $0 > 0 } ? IncomeWeights.reduced(yields) : principal
    }

    /// A table counts while everybody it gives something to holds principal.
    func of(_ table: [PartyID: Share]?) -> [Int] {
        guard let table else { return principal }
        for (party, share) in table where share.numerator > 0 {
            guard let place = contract.lenders.firstIndex(of: party), principal[place] > 0 else {
                return principal
            }
        }
        var whole = 1
        for share in table.values { whole *= Int(share.denominator) }
        let weights = contract.lenders.map { party -> Int in
            guard let share = table[party] else { return 0 }
            return whole / Int(share.denominator) * Int(share.numerator)
        }
        return IncomeWeights.reduced(weights)
    }

    private static func reduced(_ weights: [Int]) -> [Int] {
        let divisor = weights.reduce(0) { divisor, weight in
            var (larger, smaller) = (divisor, weight)
            while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
            return larger
        }
        return divisor == 0 ? weights : weights.map { $0 / divisor }
    }
}

/// Cents written off that have not come back, oldest first.
struct LostCents {
    var principal: [Cent] = []
    var interest: [Cent] = []
    var penalty: [Cent] = []
    var penaltyOnInterest: [Cent] = []
    var fee: [Cent] = []
}
