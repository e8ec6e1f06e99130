import BusinessCalendar
import LendingRules
import Monetary
import Operations

/// What guarantors and covers have paid in a demo, and a loan by which it can be followed.
struct DemoLosses: Sendable {
    let currency: Currency
    /// Loans whose claims guarantors have paid for, and the price of all of them, minor units.
    let compensated: (loans: Int, paid: Int64)
    /// Loans for which covers have paid, claims staying where they are, and how much.
    let invoked: (loans: Int, paid: Int64)
    /// What guarantors have got back of borrowers whose loans were written off.
    let recovered: Int64
    /// The loan to look at, or nil where none was compensated.
    let example: Example?

    /// A loan that a guarantor has paid for.
    struct Example: Hashable, Sendable {
        let loan: LoanID
        let guarantor: PartyID
        let compensatedOn: BusinessDate
        /// When the guarantor last got something of the borrower; nil for never.
        let recoveredOn: BusinessDate?
        /// Whether the guarantor has that.
        let isSettled: Bool
    }

    /// - Throws: `SettlementRefusal` when a settlement contradicts itself.
    init(_ lines: [FactLine], _ settlements: [Settlement], _ currency: Currency) throws {
        self.currency = currency
        compensated = DemoLosses.paid(lines.filter { $0.kind == .compensation })
        invoked = DemoLosses.paid(lines.filter { $0.kind == .invocation })
        let payers = lines.filter { $0.kind == .compensation && $0.price < 0 }
        let back = lines.filter { line in
            line.kind == .recovery && line.price > 0
                && payers.contains { $0.loan == line.loan && $0.lender == line.lender }
        }
        recovered = back.reduce(0) { $0 + $1.price }
        example = try payers.map { payer in
            let last = back.filter { $0.loan == payer.loan && $0.lender == payer.lender }.max {
                $0.postedOn < $1.postedOn
            }
            return Example(
                loan: payer.loan, guarantor: payer.lender, compensatedOn: payer.postedOn,
                recoveredOn: last?.postedOn,
                isSettled: try last.map { try DemoLosses.isSettled($0, settlements) } ?? false)
        }.min { $0.rank < $1.rank }
    }

    private static func paid(_ lines: [FactLine]) -> (loans: Int, paid: Int64) {
        let received = lines.filter { $0.price > 0 }
        return (Set(received.map(\.loan)).count, received.reduce(0) { $0 + $1.price })
    }

    private static func isSettled(_ line: FactLine, _ settlements: [Settlement]) throws -> Bool {
        let own = settlements.first { settlement in
            settlement.id.party == line.lender
                && settlement.lines.contains {
                    $0.date == line.postedOn && $0.type == line.kind.settledAs
                }
        }
        return try own?.machine().state == .confirmed
    }
}

extension DemoLosses.Example {
    /// What shows most comes first.
    fileprivate var rank: (Int, BusinessDate, LoanID) {
        (isSettled ? 0 : recoveredOn == nil ? 2 : 1, recoveredOn ?? compensatedOn, loan)
    }
}

extension DemoLosses {
    /// For the end of the report; nothing where nobody has paid.
    var telling: [String] {
        if compensated.loans + invoked.loans == 0 { return [] }
        let sums =
            "losses    guarantors took over \(compensated.loans.counted("loan")) for "
            + "\(compensated.paid.text(currency)) and got \(recovered.text(currency)) back; covers "
            + "paid \(invoked.paid.text(currency)) for \(invoked.loans)"
        guard let example else { return [sums] }
        let back = example.recoveredOn.map { ", recovered \($0)" } ?? ""
        return [
            sums,
            "          colend loans show \(example.loan): compensated by \(example.guarantor) "
                + "\(example.compensatedOn)\(back)\(example.isSettled ? ", settled" : "")",
        ]
    }

    var node: Node {
        .object([
            "compensated": .count(compensated.loans), "invoked": .count(invoked.loans),
            "recovered": .amount(recovered, currency),
            "example": .optional(example?.loan.text),
        ])
    }
}
