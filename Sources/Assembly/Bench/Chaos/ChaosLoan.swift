import BusinessCalendar
import LendingRules

/// A loan of a round as it was written into an import file: what both sides' books are held
/// against, by arithmetic of its own.
package struct ChaosLoan: Hashable, Sendable {
    package let id: String
    /// Principal, minor units.
    package let cents: Int64
    let agreement: ChaosAgreement
    let date: BusinessDate
    private let rate: UInt64
    private let months: UInt64

    init(_ agreement: ChaosAgreement, _ draw: DemoDraw, on date: BusinessDate) {
        id = draw.name
        cents = 50_000 + Int64(draw.number("amount", below: 1_000_000))
        self.agreement = agreement
        self.date = date
        rate = 5 + draw.number("rate", below: 15)
        months = 3 + draw.number("months", below: 4)
    }

    /// A loan of a bank that lends 70 % and is the second, or of the first and second with 50 and
    /// 30 %, of so many banks; for tests.
    package init(_ id: String, cents: Int64, hasTwoBanks: Bool = false, of banks: Int = 4) {
        self.id = id
        self.cents = cents
        agreement = ChaosAgreement(hasTwoBanks ? .pair(0, 1) : .solo(0), of: banks)
        date = BusinessDate(dayNumber: 0)
        (rate, months) = (5, 3)
    }

    var row: [String] {
        let fraction = cents % 100
        return [
            id, "B-\(id)", "instalment-loan",
            "\(cents / 100)." + (fraction < 10 ? "0" : "") + "\(fraction)", "USD", "\(rate)",
            "\(months)", "\(date)T15:00:00Z", agreement.name,
        ]
    }

    /// The most that banks may hold of it together, minor units: the largest share is rounded
    /// half up, then the next largest of what is left.
    package var banksPart: Int64 {
        switch agreement.lenders {
        case .solo: return (cents * 70 + 50) / 100
        case .pair:
            let first = (cents * 50 + 50) / 100
            // 30 of the 50 that are left.
            return first + ((cents - first) * 30 + 25) / 50
        }
    }

    /// What the payment channel has to pay out when banks hold so much of the loan.
    ///
    /// - Parameter payerHolds: The lender that pays for all has a part in it.
    package func payout(banksHold held: Int64, payerHolds: Bool) -> Int64 {
        switch agreement.way {
        case .reimburse, .reserve: cents
        case .escrow, .direct: cents - held
        case .lenderPaysAll: payerHolds ? 0 : cents
        }
    }
}
