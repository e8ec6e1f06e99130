import BusinessCalendar
import PartnerGateway

/// The loans of a round, drawn from its seed: so many that their shares make up its requests.
struct ChaosLoans: Sendable {
    let plan: ChaosPlan
    let date: BusinessDate

    /// Lenders of an agreement beside the platform.
    enum Agreement: Sendable {
        /// A bank alone; the platform takes what it refuses.
        case solo(Int)
        /// Two banks; when one refuses, the other's share goes back.
        case pair(Int, Int)

        var name: String {
            switch self {
            case .solo(let bank): "solo-\(bank + 1)"
            case .pair(let first, let second): "pair-\(first + 1)-\(second + 1)"
            }
        }

        var requests: Int { if case .pair = self { 2 } else { 1 } }
    }

    /// Every agreement of so many banks.
    static func agreements(of banks: Int) -> [Agreement] {
        (0..<banks).map { .solo($0) } + (0..<banks).map { .pair($0, ($0 + 1) % banks) }
    }

    /// Import files, `wave` after `wave`; the first is small.
    func waves(of first: Int) -> [[UInt8]] {
        var writers = [ChaosLoans.writer, ChaosLoans.writer]
        var (left, number) = (plan.requests, 0)
        let agreements = ChaosLoans.agreements(of: plan.partners)
        while left > 0 {
            number += 1
            let id = "R\(plan.number)-\(number)"
            let draw = DemoDraw(seed: plan.seed, name: id)
            let fitting = agreements.filter { $0.requests <= left }
            guard let agreement = draw.pick("agreement", of: fitting) else { break }
            let isFirst = plan.requests - left < first
            writers[isFirst ? 0 : 1].row(row(id, agreement, draw))
            left -= agreement.requests
        }
        return writers.filter { $0.rows > 0 }.map(\.bytes)
    }

    private func row(_ id: String, _ agreement: Agreement, _ draw: DemoDraw) -> [String] {
        let cents = 50_000 + draw.number("amount", below: 1_000_000)
        let amount = "\(cents / 100)." + (cents % 100 < 10 ? "0" : "") + "\(cents % 100)"
        return [
            id, "B-\(id)", "instalment-loan", amount, "USD",
            "\(5 + draw.number("rate", below: 15))", "\(3 + draw.number("months", below: 4))",
            "\(date)T15:00:00Z", agreement.name,
        ]
    }

    private static var writer: CSVWriter {
        CSVWriter(columns: [
            "loan_id", "borrower_id", "product", "principal", "currency", "annual_rate_percent",
            "instalments", "approved_at", "agreement",
        ])
    }
}
