import BusinessCalendar

/// A command that a business day is made of.
enum Step: Sendable {
    case importLoans(String)
    case fund
    case importRepayments(String)
    case endOfDay(BusinessDate)
    case reconcile
    /// A settlement's id, by a person.
    case approve(String)
    /// A statement's file.
    case confirm(String)

    var arguments: [String] {
        switch self {
        case .importLoans(let file): ["loans", "import", file]
        case .fund: ["fund"]
        case .importRepayments(let file): ["repayments", "import", file]
        case .endOfDay(let date): ["eod", "--date", date.description]
        case .reconcile: ["recon", "run"]
        case .approve(let id): ["settlement", "approve", id, "--as", "ann"]
        case .confirm(let file): ["settlement", "confirm", "--statement", file]
        }
    }
}
