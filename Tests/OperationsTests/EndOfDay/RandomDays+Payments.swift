import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport

extension RandomDays {
    /// A row of a repayments file and the date on which it comes.
    struct Payment {
        let learnedOn: BusinessDate
        let row: [String]
    }

    /// What the borrower of a disbursed loan sends: on time, early, late, in parts, too much,
    /// learned late, taken back.
    func payments(of loan: World.Loan) throws -> [Payment] {
        guard let disbursedOn = loan.disbursedOn,
            let product = try Self.catalogue().product(
                loan.record.product, on: loan.record.bookedOn)?.terms
        else { return [] }
        var random = generator("payments of \(loan.record.loan)")
        let schedule = try Schedule.build(
            loan.record.scheduleTerms(product, disbursedOn: disbursedOn))
        return schedule.instalments.filter { $0.total > 0 }.flatMap { instalment in
            payments(of: instalment, loan.record.loan, from: disbursedOn, using: &random)
        }
    }

    private func payments(
        of instalment: Instalment, _ loan: LoanID, from disbursedOn: BusinessDate,
        using random: inout SeededGenerator
    ) -> [Payment] {
        let amounts = random.pick([
            [instalment.total], [instalment.total + 25_00], [instalment.total * 2],
            [max(1, instalment.total / 3), instalment.total], [max(1, instalment.total / 2)], [],
        ])
        return amounts.enumerated().flatMap { part, amount -> [Payment] in
            let delay = random.pick([0, 0, 0, -9, -1, 1, 3, 4, 6, 11])
            let paidOn = max(disbursedOn, instalment.dueOn.adding(days: delay))
            let learnedOn = paidOn.adding(days: random.pick([0, 0, 0, 1, 4, 5, 6, 8]))
            let id = "P-\(loan)-\(instalment.number)-\(part)"
            let payment = payment(id, loan, amount, paidOn, learnedOn)
            guard random.isOne(in: 6) else { return [payment] }
            let back = learnedOn.adding(days: random.pick(0...6))
            let since = random.isOne(in: 2) ? back : paidOn
            return [payment, self.payment("R\(id)", loan, amount, since, back, reverses: id)]
        }
    }

    private func payment(
        _ id: String, _ loan: LoanID, _ amount: Int64, _ paidOn: BusinessDate,
        _ learnedOn: BusinessDate, reverses: String = ""
    ) -> Payment {
        Payment(
            learnedOn: learnedOn,
            row: PaymentFile.row(
                id, loan.text, AmountText.format(amount, decimals: 2),
                paidAt: "\(paidOn)T10:00:00Z", valueDate: "\(paidOn)", reverses: reverses))
    }

    func generator(_ text: String) -> SeededGenerator {
        let hash = TestHash.digest(Array("\(seeded.seed) \(seeded.number) \(text)".utf8))
        return SeededGenerator(seed: hash.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }
}
