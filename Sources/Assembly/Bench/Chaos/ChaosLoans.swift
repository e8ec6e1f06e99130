import BusinessCalendar
import LendingRules
import PartnerGateway

/// The loans of a round, drawn from its seed: so many that their shares make up its requests.
struct ChaosLoans: Sendable {
    let plan: ChaosPlan
    let firstDate: BusinessDate

    /// Parts of a round's requests in percent: by day and in the evening of each date, and on the
    /// last by day alone.
    private static let parts = [44, 6, 28, 6, 16]

    /// Every agreement of so many banks.
    static func agreements(of banks: Int) -> [ChaosAgreement] {
        (0..<banks).map { ChaosAgreement(.solo($0), of: banks) }
            + (0..<banks).map { ChaosAgreement(.pair($0, ($0 + 1) % banks), of: banks) }
    }

    /// Loans in the order of their booking, one list for each part.
    var waves: [[ChaosLoan]] {
        let ends = ChaosLoans.parts.indices.map { part in
            plan.requests * ChaosLoans.parts[...part].reduce(0, +) / 100
        }
        let agreements = ChaosLoans.agreements(of: plan.partners)
        var waves = [[ChaosLoan]](repeating: [], count: ends.count)
        var (done, number) = (0, 0)
        while done < plan.requests {
            number += 1
            let draw = DemoDraw(seed: plan.seed, name: "R\(plan.number)-\(number)")
            let fitting = agreements.filter { $0.requests <= plan.requests - done }
            guard let agreement = draw.pick("agreement", of: fitting) else { break }
            let wave = ends.firstIndex { done < $0 } ?? ends.count - 1
            waves[wave].append(ChaosLoan(agreement, draw, on: firstDate.adding(days: wave / 2)))
            done += agreement.requests
        }
        return waves
    }

    /// An import file.
    static func file(of loans: some Sequence<ChaosLoan>) -> [UInt8] {
        var writer = CSVWriter(columns: [
            "loan_id", "borrower_id", "product", "principal", "currency", "annual_rate_percent",
            "instalments", "approved_at", "agreement",
        ])
        for loan in loans { writer.row(loan.row) }
        return writer.bytes
    }
}

/// Who lends together, and by which rules.
struct ChaosAgreement: Hashable, Sendable {
    /// Lenders beside the platform, by their places.
    enum Lenders: Hashable, Sendable {
        /// A bank alone, with 70 %; the platform takes what nobody else does.
        case solo(Int)
        /// Two banks, with 50 and 30 %; when a share finds no bank, the other's goes back.
        case pair(Int, Int)
    }

    let lenders: Lenders
    /// Banks that are asked for what these leave.
    let fallback: [Int]
    let way: DisbursementWay.Name

    init(_ lenders: Lenders, of banks: Int) {
        self.lenders = lenders
        let ways = DisbursementWay.Name.allCases
        switch lenders {
        case .solo(let bank):
            let others = [bank + 1, bank + 2].map { $0 % banks }.filter { $0 != bank }
            // One agreement has nobody to fall back on but the platform.
            fallback = bank % 4 == 3 ? [] : others
            way = ways[bank % ways.count]
        case .pair(let first, let second):
            let other = (first + 2) % banks
            fallback = first % 2 == 0 && ![first, second].contains(other) ? [other] : []
            way = ways[(first + 2) % ways.count]
        }
    }

    var name: String {
        switch lenders {
        case .solo(let bank): "solo-\(bank + 1)"
        case .pair(let first, let second): "pair-\(first + 1)-\(second + 1)"
        }
    }

    var requests: Int { if case .pair = lenders { 2 } else { 1 } }

    /// Whether a bank may hold less than it is asked for.
    var acceptsParts: Bool { if case .solo(let bank) = lenders { bank % 2 == 1 } else { false } }

    /// Who pays everything where one lender does.
    var payer: Int? {
        if way != .lenderPaysAll { return nil }
        switch lenders {
        case .solo(let bank), .pair(let bank, _): return bank
        }
    }
}
