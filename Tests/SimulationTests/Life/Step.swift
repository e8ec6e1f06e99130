import BusinessCalendar

/// A command that a business day is made of.
enum Step: Sendable {
    case importLoans(String)
    case fund
    case importRepayments(String)
    case importFacts(String)
    case endOfDay(BusinessDate)
    case reconcile
    /// A settlement's id, by a person.
    case approve(String)
    /// A statement's file.
    case confirm(String)
    /// A break's id, by a person.
    case propose(String)
    /// A break's id, by another.
    case agree(String)
    case showSettlements

    var arguments: [String] {
        switch self {
        case .importLoans(let file): ["loans", "import", file]
        case .fund: ["fund"]
        case .importRepayments(let file): ["repayments", "import", file]
        case .importFacts(let file): ["facts", "import", file]
        case .endOfDay(let date): ["eod", "--date", date.description]
        case .reconcile: ["recon", "run"]
        case .approve(let id): ["settlement", "approve", id, "--as", "ann"]
        case .confirm(let file): ["settlement", "confirm", "--statement", file]
        case .propose(let id): ["breaks", "propose", id, "--as", "ann"]
        case .agree(let id): ["breaks", "approve", id, "--as", "bob"]
        case .showSettlements: ["settlement", "show"]
        }
    }

    /// What a decision answers that was made before, by a command killed after it.
    var codeWhenMade: String? {
        switch self {
        case .propose, .agree: "BREAK-001"
        default: nil
        }
    }
}
