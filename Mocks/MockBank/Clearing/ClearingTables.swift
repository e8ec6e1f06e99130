// The files that a clearing house reads and offers, and the rows in them.

/// Names and columns of the files; the key comes first.
enum ClearingFile {
    static let collections = (
        "collections.csv", ["payment_id", "amount", "currency", "value_date"]
    )
    static let instructions = (
        "settlement-instructions.csv",
        ["instruction_id", "party", "amount", "currency", "remittance"]
    )
    static let channel = (
        "channel.csv",
        ["channel_ref", "payment_id", "gross", "fee", "net", "currency", "value_date"]
    )
    static let cash = (
        "cash.csv", ["bank_ref", "amount", "currency", "value_date", "remittance"]
    )

    /// The rows below the header of a file; throws for another header, width, amount or currency.
    static func rows(
        _ file: (name: String, columns: [String]), _ bytes: [UInt8], _ currency: Currency
    ) throws(FileFault) -> [[String]] {
        let all = try CSV.parse(bytes)
        guard let header = all.first, header == file.columns else {
            throw FileFault(
                line: 1, column: "",
                reason: "the header must be " + file.columns.joined(separator: ","))
        }
        var seen: Set<String> = []
        for (index, row) in all.dropFirst().enumerated() {
            func fault(_ column: String, _ reason: String) -> FileFault {
                FileFault(line: index + 2, column: column, reason: reason)
            }
            guard row.count == header.count else { throw fault("", "\(header.count) fields") }
            guard !row[0].isEmpty, seen.insert(row[0]).inserted else {
                throw fault(header[0], "empty or given twice")
            }
            for (column, field) in zip(header, row) {
                switch column {
                case "amount" where currency.minorUnits(field) == nil,
                    "currency" where field != currency.code,
                    "value_date" where Day(field) == nil:
                    throw fault(column, "cannot read \"\(field)\"")
                default: break
                }
            }
        }
        return Array(all.dropFirst())
    }
}

/// A borrower's payment as the channel took it; below zero when it was taken back.
struct Collection: Equatable {
    let paymentID: String
    let amount: Int64
    let valueDate: Day

    init(_ row: [String], _ currency: Currency) {
        paymentID = row[0]
        amount = currency.minorUnits(row[1]) ?? 0
        valueDate = Day(row[3]) ?? Day(number: 0)
    }
}

/// The net of a date's collections on its way to the account.
struct BatchTransfer: Equatable {
    /// The date of the collections.
    let batch: Day
    let amount: Int64
    /// When the account shows it.
    let on: Day

    func remittance(_ currency: Currency) -> String { "CHANNEL \(batch) \(currency.code)" }
}

/// What is kept about one payout key.
struct PayoutRecord: Equatable {
    let key: String
    let loan: String
    let amount: Int64
    /// Which try it is, from 1: only one that failed is followed by another.
    let number: Int
    /// The date on which the try was decided, the account debited if it was paid.
    let on: Day
    let isPaid: Bool
    /// When the money comes back, if it does.
    let returnsOn: Day?

    /// Whether another record pays the same.
    func isSame(as other: PayoutRecord) -> Bool {
        (key, loan, amount) == (other.key, other.loan, other.amount)
    }

    var reference: String { "PO-" + digestText(Array(key.utf8)).prefix(10).uppercased() }
}
