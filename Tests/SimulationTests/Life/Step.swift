import BusinessCalendar

/// A command that a business day is made of.
enum Step: Sendable {
    case importLoans(String)
    case fund
    case importRepayments(String)
    case endOfDay(BusinessDate)
    case reconcile

    var arguments: [String] {
        switch self {
        case .importLoans(let file): ["loans", "import", file]
        case .fund: ["fund"]
        case .importRepayments(let file): ["repayments", "import", file]
        case .endOfDay(let date): ["eod", "--date", date.description]
        case .reconcile: ["recon", "run"]
        }
    }
}
