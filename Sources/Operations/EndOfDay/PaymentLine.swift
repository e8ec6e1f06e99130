import BusinessCalendar
import LendingRules

/// What a day changes of one payment: a line of the repayments file for every lender.
struct PaymentLine {
    let id: String
    /// The payment as it stood, and as it stands; nil when it was not there.
    let earlier: PaymentPosition?
    let later: PaymentPosition?
    let valueDate: BusinessDate
    var reverses = ""
    var correctionOf = ""

    /// A row for every lender, or none at all when nothing changed for any of them; those absent
    /// have one only when something changed for them.
    func rows(_ contract: LoanContract, on date: BusinessDate, absent: Set<Int>)
        -> [DistributionRow]
    {
        if earlier == later { return [] }
        let changes = differences(earlier?.parts, later?.parts, contract.lenders.count)
        guard changes.contains(where: { $0 != PaymentPart() }) else { return [] }
        let present = contract.lenders.indices.filter {
            changes[$0] != PaymentPart() || !absent.contains($0)
        }
        return present.map { index in
            let change = changes[index]
            return DistributionRow(
                loan: contract.loan, line: id, lender: contract.lenders[index], postedOn: date,
                valueDate: valueDate, reverses: reverses, correctionOf: correctionOf,
                components: change.components, serviceFee: change.serviceFee)
        }
    }

    /// A part for every instalment and lender for which something changed.
    func parts(_ contract: LoanContract, on date: BusinessDate) -> [DistributionPart] {
        if earlier == later { return [] }
        let numbers = Set(((earlier?.instalments ?? []) + (later?.instalments ?? [])).map(\.number))
        return numbers.sorted().flatMap { number in
            let changes = differences(
                earlier?.parts(ofInstalment: number), later?.parts(ofInstalment: number),
                contract.lenders.count)
            return zip(contract.lenders, changes).filter { $1 != PaymentPart() }.map {
                DistributionPart(
                    loan: contract.loan, line: id, lender: $0, postedOn: date, instalment: number,
                    components: $1.components, serviceFee: $1.serviceFee)
            }
        }
    }

    private func differences(_ earlier: [PaymentPart]?, _ later: [PaymentPart]?, _ count: Int)
        -> [PaymentPart]
    {
        (0..<count).map { lender in
            let past = earlier?[lender] ?? PaymentPart()
            let now = later?[lender] ?? PaymentPart()
            return PaymentPart(
                components: now.components - past.components,
                serviceFee: now.serviceFee - past.serviceFee)
        }
    }
}
