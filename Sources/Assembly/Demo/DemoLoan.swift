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
    let conduct: DemoConduct
    let draw: DemoDraw
    let approvedOn: BusinessDate

    /// Half of the loans of two banks repay equal principal: they bear a fee with every instalment
    /// and can be repaid at any time.
    var product: String { isFree ? "equal-principal-loan" : "instalment-loan" }

    /// Whether cash beyond what is due repays principal at once.
    var isFree: Bool {
        ["meridian-80-20", "summit-60-40"].contains(agreement) && draw.isOneIn(2, "product")
    }

    /// One of three such borrowers in good standing repays a part before the first due date.
    var repaysEarly: Bool {
        isFree && [.current, .fullyPaid].contains(conduct) && draw.isOneIn(3, "repays early")
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

extension DemoLoan {
    /// A row of the sample, by column.
    typealias SampleRow = (String) -> String

    /// - Parameter round: How often the sample was used up before.
    init(_ row: SampleRow, round: Int, seed: UInt64, dates: ClosedRange<BusinessDate>) {
        id = row("loan_id") + (round == 0 ? "" : "-\(round + 1)")
        draw = DemoDraw(seed: seed, name: id)
        conduct = DemoConduct(status: row("loan_status"))
        amount = row("loan_amount") + ".00"
        ratePercent = row("annual_rate_pct")
        instalments =
            conduct == .fullyPaid
            ? "\(DemoConduct.compressedInstalments)" : row("term_months")
        grade = row("grade")
        region = row("state")
        purpose = row("purpose")
        approvedOn = DemoLoan.approval(conduct, draw, dates)
    }

    /// A date from which the borrower's conduct can be seen by the end of the demo, early enough
    /// for a first due date.
    private static func approval(
        _ conduct: DemoConduct, _ draw: DemoDraw, _ dates: ClosedRange<BusinessDate>
    ) -> BusinessDate {
        let length = dates.upperBound.days(since: dates.lowerBound) + 1
        let approving = (0..<max(1, min(24, length / 4))).map { dates.lowerBound.adding(days: $0) }
        let fitting = approving.filter {
            conduct.isPossible(
                dueOn: dueDates(approvedOn: $0, until: dates.upperBound), end: dates.upperBound)
        }
        return draw.pick("approved", of: fitting.isEmpty ? approving : fitting)
            ?? dates.lowerBound
    }

    /// Monthly due dates of a loan that is disbursed on the date of its approval.
    private static func dueDates(approvedOn date: BusinessDate, until end: BusinessDate)
        -> [BusinessDate]
    {
        let months = end.days(since: date) / 28 + 1
        return (1...months).map { date.adding(months: $0, dayOfMonth: date.dayOfMonth) }
            .filter { $0 <= end }
    }
}

extension DemoLoan {
    /// Loans of the sample in an order drawn from the seed; more than the sample holds are drawn
    /// from it again under new numbers.
    ///
    /// - Throws: ``UnreadableInput`` or `ImportRefused` when the sample cannot be used.
    static func draw(_ count: Int, seed: UInt64, dates: ClosedRange<BusinessDate>) throws
        -> [DemoLoan]
    {
        let table = try InputFile.read(try Samples.find("Data/loans.csv"))
        let sample = try CSVReader.read(table.bytes, file: table.name)
        let position = Dictionary(
            uniqueKeysWithValues: zip(sample.columns, sample.columns.indices))
        let rows: [SampleRow] = sample.rows.map { row in
            { name in position[name].map { row.fields[$0].text } ?? "" }
        }
        let ordered = rows.map { row in (rank: rank(row("loan_id"), seed), row: row) }
            .sorted { $0.rank < $1.rank }
        return (0..<count).map { index in
            DemoLoan(
                ordered[index % ordered.count].row, round: index / ordered.count, seed: seed,
                dates: dates)
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
