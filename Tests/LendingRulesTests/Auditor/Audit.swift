import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

/// One random life, told to the auditor and to the rules, and compared on many evenings.
struct Audit {
    private let contract: LoanContract
    private let facts: [LoanFact]
    private let dates: [BusinessDate]
    private let book = CentBook()

    /// - Parameter isMixed: Whether claims and cash take every route, and not those of payments
    ///   alone.
    /// - Parameter changesHands: Whether other lenders take claims over now and then.
    /// - Parameter assigns: Whether one lender's claims go to another, and one pays another for a
    ///   loss, now and then.
    init(
        isMixed: Bool = false, changesHands: Bool = false, assigns: Bool = false,
        using random: inout SeededGenerator
    ) throws {
        var limits = SampleLoan.Limits()
        // Owners are kept for every single cent.
        limits.digits = 4
        limits.instalments = 1...7
        limits.lenders = isMixed ? 2...4 : 1...3
        contract = SampleLoan.richContract(limits, using: &random)
        facts = try SampleFacts.everything(
            of: contract, isMixed: isMixed, changesHands: changesHands, assigns: assigns,
            using: &random)
        dates = Audit.evenings(of: contract, facts, using: &random)
    }

    /// Evenings of facts and due dates, those after them and some that are drawn.
    private static func evenings(
        of contract: LoanContract, _ facts: [LoanFact], using random: inout SeededGenerator
    ) -> [BusinessDate] {
        let end = SampleFacts.horizon(of: contract, facts: facts).adding(days: 9)
        var days = facts.flatMap { [$0.valueDate, $0.bookingDate] }
        days += contract.schedule.instalments.map(\.dueOn)
        days += days.map { $0.adding(days: random.pick(1...3)) }
        days += [contract.disbursedOn, end]
        let length = end.days(since: contract.disbursedOn)
        days += (0..<40).map { _ in contract.disbursedOn.adding(days: random.pick(0...length)) }
        return Set(days).filter { $0 >= contract.disbursedOn && $0 <= end }.sorted {
            $0.dayNumber < $1.dayNumber
        }
    }

    /// Throws at the first evening on which the two disagree.
    func run() throws {
        var rest = dates[...]
        while let date = rest.first {
            // The clerk starts anew whenever he learns of something: his books of that day on are
            // right until he learns of more.
            let next = nextNews(after: date)
            let evenings = rest.prefix { $0.dayNumber < next }
            try compare(Array(evenings))
            rest = rest.dropFirst(evenings.count)
        }
    }

    private func nextNews(after date: BusinessDate) -> Int32 {
        let news = facts.map { max($0.valueDate.dayNumber, $0.bookingDate.dayNumber) }
        return news.filter { $0 > date.dayNumber }.min() ?? .max
    }

    private func compare(_ evenings: [BusinessDate]) throws {
        let known = facts.filter { $0.bookingDate <= evenings[0] }
        var told: [AuditedDay] = []
        for date in evenings {
            do {
                let position = try contract.position(facts: known, at: date)
                told.append(AuditedDay(position, of: contract))
            } catch {
                // What another fact makes impossible an import would have refused.
                if case .plan = error { return }
                throw Violation(description: "engine \(error)\n\(story(by: date))")
            }
        }
        let audited = try Auditor.days(
            of: contract, book, events: events(known, by: evenings[0]), on: evenings)
        for (date, (one, other)) in zip(evenings, zip(told, audited)) {
            let difference = one.difference(from: other)
            try hold(difference == nil, "\(date): \(difference ?? "")\n\(story(by: date))")
        }
    }

    /// What counts by an evening, in its order; a reversal is no voucher, it tears one up.
    private func events(_ known: [LoanFact], by date: BusinessDate) -> [LoanFact] {
        let counting = known.filter { $0.valueDate <= date }
        var undone: Set<String> = []
        for fact in counting {
            if case .reversal(let payment) = fact.kind { undone.insert(payment) }
        }
        return counting.filter { !undone.contains($0.id) }.sorted { left, right in
            if left.valueDate != right.valueDate { return left.valueDate < right.valueDate }
            if left.instant != right.instant { return left.instant < right.instant }
            return left.id < right.id
        }
    }

    /// The loan and what had happened, for whoever looks for the reason.
    private func story(by date: BusinessDate) -> String {
        let terms = contract.schedule.terms
        let known = events(facts.filter { $0.bookingDate <= date }, by: date)
        let lines = contract.schedule.instalments.map {
            "\($0.dueOn) \($0.principal) + \($0.interest) + \($0.fee)"
        }
        return """
            \(terms.method) \(terms.principal) at \(terms.rate.units) \(terms.dayCount) from \
            \(terms.disbursedOn): \(lines)
            \(contract.lenders) \(contract.scale.weights) residue \
            \(contract.income.residueHolder.map { "\($0)" } ?? "-")
            \(contract.servicing)
            \(contract.income)
            \(known.map { "\($0.id) \($0.valueDate) \($0.kind)" }.joined(separator: "\n"))
            """
    }
}

extension AuditedClaims {
    fileprivate init(_ part: Components) {
        self.init()
        self[.principal] = Int(part.principal)
        self[.overduePrincipal] = Int(part.overduePrincipal)
        self[.interest] = Int(part.interest)
        self[.overdueInterest] = Int(part.overdueInterest)
        self[.penalty] = Int(part.penalty)
        self[.penaltyOnInterest] = Int(part.penaltyOnInterest)
        self[.fee] = Int(part.fee)
    }
}

extension AuditedDay {
    /// The same numbers as the rules see them.
    fileprivate init(_ position: LoanPosition, of contract: LoanContract) {
        self.init(lenders: position.lenders.count, fees: contract.serviceFees.count)
        claims = position.lenders.map { AuditedClaims($0.claims) }
        unallocated = Int(position.unallocated)
        daysPastDue = position.daysPastDue
        isNonAccrual = position.isNonAccrual
        for payment in position.payments {
            received[payment.payment] = payment.parts.map { AuditedClaims($0.components) }
        }
        for effect in position.effects where effect.kind != .refund {
            relief[effect.fact] = effect.parts.map(AuditedClaims.init)
        }
        memorandum = position.lenders.map { Int($0.writtenOff) }
        spread = position.lenders.map { Int($0.accruedSpread) }
        serviceFees = position.lenders.map { $0.serviceFees.map { Int($0) } }
        let (paidIn, side) = (position.payments.reduce(0) { $0 + $1.received }, position.cash)
        let lent = position.lenders.reduce(0) { $0 + $1.disbursed }
        cash = Int(
            paidIn + side.recovered + side.cancellationFees - side.refunded - side.costs - lent)
        openCosts = Int(side.costs - side.costsCovered)
        let entries = LoanPostings.difference(of: contract, from: nil, to: position)
        tax = Int(
            -entries.filter { $0.posting.account == .tax }.reduce(0) { $0 + $1.posting.amount })
    }
}
