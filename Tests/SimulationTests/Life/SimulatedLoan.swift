import BusinessCalendar
import Foundation
import Monetary

/// One real loan of the sample with its place in the simulated days.
struct SimulatedLoan: Sendable {
    let id: String
    /// Whole currency units.
    let principal: String
    let ratePercent: String
    let instalments: String
    /// What the borrower pays each time, minor units.
    let instalment: Int64
    let agreement: String
    let product: String
    private(set) var approvedOn: BusinessDate
    let firstDueOn: BusinessDate
    let habit: Habit

    /// How the borrower pays the first instalment.
    enum Habit: Int, CaseIterable, Sendable {
        case onTime, inTwoParts, never, early, returned, toldLate, twice
    }

    static let agreements = ["trio", "harbor-70-30", "meridian-80-20", "trio", "summit-60-40"]

    /// Loans spread over the sample, approved on the first days and due a few days later.
    static func draw(_ count: Int, seed: UInt64, from first: BusinessDate) throws
        -> [SimulatedLoan]
    {
        let file = House.package.appending(path: "Mocks/Data/loans.csv")
        let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
        let step = max(1, rows.count / count)
        let start = Int(seed % UInt64(step))
        let chosen = stride(from: start, to: rows.count, by: step).prefix(count)
        return try chosen.enumerated().map { index, row in
            let fields = rows[rows.startIndex + row].split(separator: ",").map(String.init)
            let approvedOn = first.adding(days: index % 4)
            return SimulatedLoan(
                id: fields[0], principal: asks(index) ?? fields[2] + ".00", ratePercent: fields[4],
                instalments: fields[3], instalment: try AmountText.parse(fields[5], decimals: 2),
                agreement: agreements[index % agreements.count],
                product: index % 4 == 3 ? "equal-principal-loan" : "instalment-loan",
                approvedOn: approvedOn, firstDueOn: approvedOn.adding(days: 2 + index % 3),
                habit: Habit.allCases[index % Habit.allCases.count])
        }
    }

    /// Two in ten ask for more than harbor lends: one is declined, of the other the platform takes
    /// harbor's share.
    private static func asks(_ index: Int) -> String? { index % 10 < 2 ? "30000.00" : nil }

    /// The same loan, approved on another date.
    func approved(on date: BusinessDate) -> SimulatedLoan {
        var loan = self
        loan.approvedOn = date
        return loan
    }

    /// An import file of loans.
    static func file(of loans: [SimulatedLoan]) -> String {
        let header =
            "loan_id,borrower_id,product,principal,currency,annual_rate_percent,instalments,"
            + "approved_at,agreement,first_due_on\n"
        return loans.reduce(into: header) { text, loan in
            text +=
                [
                    loan.id, "B-" + loan.id, loan.product, loan.principal, "USD",
                    loan.ratePercent, loan.instalments, "\(loan.approvedOn)T09:00:00Z",
                    loan.agreement, loan.firstDueOn.description,
                ].joined(separator: ",") + "\n"
        }
    }
}
