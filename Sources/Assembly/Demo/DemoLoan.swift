import BusinessCalendar
import Operations
import PartnerGateway

/// One real loan of the sample, with its place in the demo drawn from the seed.
struct DemoLoan: Hashable, Sendable {
    let id: String
    let amount: String
    let ratePercent: String
    let instalments: String
    let grade: String
    let region: String
    let purpose: String
    /// How the borrower really behaved, in the lender's words.
    let status: String
    let draw: DemoDraw
    /// Days after the first business date on which the loan is approved.
    let approvedAfterDays: Int

    /// One loan in five repays equal principal.
    var product: String {
        draw.isOneIn(5, "product") ? "equal-principal-loan" : "instalment-loan"
    }

    var agreement: String {
        switch draw.number("agreement", below: 100) {
        case ..<35: "harbor-70-30"
        case ..<60: "meridian-80-20"
        case ..<85: "summit-60-40"
        default: "trio"
        }
    }
}

/// Draws that depend on the seed, a loan and a purpose alone, never on the order of asking.
struct DemoDraw: Hashable, Sendable {
    let seed: UInt64
    let name: String

    func number(_ purpose: String, below limit: UInt64) -> UInt64 {
        let digest = Hashing.sha256(Array("\(seed) \(name) \(purpose)".utf8))
        return digest.prefix(7).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % limit
    }

    func isOneIn(_ count: UInt64, _ purpose: String) -> Bool { number(purpose, below: count) == 0 }
}

extension DemoLoan {
    /// Loans of the sample in an order drawn from the seed; more than the sample holds are drawn
    /// from it again under new numbers.
    ///
    /// - Throws: ``UnreadableInput`` or `ImportRefused` when the sample cannot be used.
    static func draw(_ count: Int, seed: UInt64, days: Int) throws -> [DemoLoan] {
        let table = try InputFile.read(try Samples.find("Data/loans.csv"))
        let sample = try CSVReader.read(table.bytes, file: table.name)
        let position = Dictionary(
            uniqueKeysWithValues: zip(sample.columns, sample.columns.indices))
        let rows = sample.rows.map { row in
            { (name: String) in position[name].map { row.fields[$0].text } ?? "" }
        }
        let order = rows.indices.sorted { left, right in
            rank(rows[left]("loan_id"), seed) < rank(rows[right]("loan_id"), seed)
        }
        // Early enough for a first due date inside the demo.
        let approvalDays = UInt64(max(1, min(10, days / 3)))
        return (0..<count).map { index in
            let row = rows[order[index % order.count]]
            let round = index / order.count
            let id = row("loan_id") + (round == 0 ? "" : "-\(round + 1)")
            let draw = DemoDraw(seed: seed, name: id)
            return DemoLoan(
                id: id, amount: row("loan_amount") + ".00",
                ratePercent: row("annual_rate_pct"), instalments: row("term_months"),
                grade: row("grade"), region: row("state"), purpose: row("purpose"),
                status: row("loan_status"), draw: draw,
                approvedAfterDays: Int(draw.number("approved", below: approvalDays)))
        }
    }

    private static func rank(_ id: String, _ seed: UInt64) -> UInt64 {
        DemoDraw(seed: seed, name: id).number("order", below: .max)
    }

    /// The loans approved on a date, as an import file.
    static func file(of loans: [DemoLoan], on date: BusinessDate) -> [UInt8] {
        var writer = CSVWriter(columns: [
            "loan_id", "borrower_id", "product", "principal", "currency", "annual_rate_percent",
            "instalments", "approved_at", "agreement", "region", "grade", "purpose",
        ])
        for loan in loans.sorted(by: { $0.id < $1.id }) {
            writer.row([
                loan.id, "B-\(loan.id)", loan.product, loan.amount, "USD", loan.ratePercent,
                loan.instalments, "\(date)T09:00:00Z", loan.agreement, loan.region, loan.grade,
                loan.purpose,
            ])
        }
        return writer.bytes
    }
}
