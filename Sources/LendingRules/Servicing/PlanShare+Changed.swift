package import BusinessCalendar
import Monetary

extension LoanContract {
    /// What is still to fall due after a date and, from instalment `first` on, what has fallen due
    /// already, as facts up to its end have left it; every lender's part, in agreement order.
    ///
    /// An instalment that has fallen due is told as it did, one that is to come with what is left
    /// of it: interest that was paid early is not asked for again.
    /// - Throws: ``ServicingError`` as the position does.
    package func changedPlan(facts: [LoanFact], endOf date: BusinessDate, from first: Int)
        throws(ServicingError) -> [[PlanShare]]
    {
        let replay = try replay(facts, until: date)
        return try ServicingError.amounts { () throws(AmountError) in
            var plans = [[PlanShare]](repeating: [], count: lenders.count)
            for (index, state) in replay.instalments.enumerated() {
                let isPast = index < replay.dueCount
                if isPast, state.instalment.number < first { continue }
                let shares = try isPast ? replay.sharesWhenDue(index) : replay.shares(of: index)
                for (lender, share) in shares.enumerated() { plans[lender].append(share) }
            }
            return plans
        }
    }
}

extension Replay {
    /// An instalment as it fell due, lender by lender.
    fileprivate func sharesWhenDue(_ index: Int) throws(AmountError) -> [PlanShare] {
        var then = self
        then.instalments[index].settled = instalments[index].before
        then.instalments[index].settled.interest += instalments[index].instalment.paidEarly
        return try then.shares(of: index)
    }
}
