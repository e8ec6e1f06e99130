import BusinessCalendar
import LendingRules
import Monetary

/// What would stop the close of a date at a loan.
enum CloseObstacle: Hashable {
    case position(ServicingError)
    case holders(ConservationFault)

    func sentence(of contract: LoanContract) -> String {
        let loan = contract.loan
        switch self {
        case .position(.plan(let id, let cause)):
            let reason = cause.sentence(in: contract.currency)
            return "with it fact \(id) leaves loan \(loan) without a plan: \(reason)"
        case .position(.amount):
            return "with it the amounts of loan \(loan) are beyond what can be computed"
        case .position(.belowZero(let party)):
            return "with it a claim of \(party) on loan \(loan) falls below zero"
        case .position(let error): return "with it loan \(loan) cannot be computed: \(error)"
        case .holders(let fault):
            return "with it loan \(loan) does not add up: \(fault.sentence), in minor units"
        }
    }

    /// Whether it is told where a record is held against what is recorded: a payment that is not
    /// there, or is reversed twice.
    fileprivate var isToldElsewhere: Bool {
        switch self {
        case .holders, .position(.plan), .position(.amount), .position(.belowZero): false
        case .position: true
        }
    }

    /// Whether another is there for the same reason, whatever the amounts.
    fileprivate func isSame(as other: CloseObstacle?) -> Bool {
        if case .holders = self, case .holders = other { return true }
        return self == other
    }
}

extension LoanContract {
    /// Why the close of a date could not go on with a fact that it could go on without; nil when
    /// it can, or could not before either.
    func objection(to new: LoanFact, after facts: [LoanFact], at date: BusinessDate) -> String? {
        guard let found = obstacle(in: facts + [new], at: date), !found.isToldElsewhere,
            !found.isSame(as: obstacle(in: facts, at: date))
        else { return nil }
        return found.sentence(of: self)
    }

    private func obstacle(in facts: [LoanFact], at date: BusinessDate) -> CloseObstacle? {
        do throws(ServicingError) {
            let position = try position(facts: facts, at: date)
            return try conservationFault(of: position).map { .holders($0) }
        } catch {
            return .position(error)
        }
    }
}
