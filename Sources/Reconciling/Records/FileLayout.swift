/// What a partner's file is about, which decides how its breaks are explained.
package enum FileRole: Hashable, Sendable {
    /// Every line moves money of one loan.
    case movement
    /// One line states what a loan owes at the end of the date.
    case balance
    /// One line states what stands at the cut-off: the file lists all there is.
    case standing
    /// The instalments of a loan as agreed.
    case plan
    /// The lines of another file taken apart; money is counted there.
    case part
    /// One line states what a loan has accrued in its open period.
    case accrual
    /// One line states how a loan's status changed.
    case status
    /// What the sender asks to be paid; the other side's file claims other things.
    case claim

    /// Whether a difference within tolerance is a break of its own: only where money is counted.
    /// A plan, a part or an accrual shows the same cents a second time.
    var countsRounding: Bool { self == .movement || self == .balance }
}

/// One amount column and what it says about a loan's balance.
package struct AmountColumn: Hashable, Sendable {
    package let name: String
    /// The part of the balance the column belongs to, or nil when balances do not hold it.
    package let component: BalanceComponent?
    /// +1 when a positive amount raises that part, -1 when it lowers it.
    package let direction: Int

    package init(_ name: String, _ component: BalanceComponent?, direction: Int = 1) {
        precondition(direction == 1 || direction == -1, "a direction is +1 or -1")
        self.name = name
        self.component = component
        self.direction = direction
    }
}

/// Where a line names its loan.
package enum LoanColumn: Hashable, Sendable {
    /// Position among the key columns.
    case key(Int)
    /// Position among the compared fields.
    case field(Int)
    /// Its lines are about no loan.
    case absent
}

/// The columns of one reconciled file, in the order in which a ``Record`` holds their values.
package struct FileLayout: Hashable, Sendable {
    /// The file's name without suffix, such as `repayments`.
    package let name: String
    package let role: FileRole
    package let keyColumns: [String]
    package let amountColumns: [AmountColumn]
    /// The value date's column, or nil when the file has none.
    package let dateColumn: String?
    /// Columns compared as text, byte for byte.
    package let fieldColumns: [String]
    /// Columns that belong to one side alone, such as the partner's own loan number.
    package let ignoredColumns: [String]
    package let loanColumn: LoanColumn
    /// Among the ignored columns, the one that holds the partner's own number of the loan.
    package let loanNumberColumn: String?
    /// Whether a column `currency` stands beside the amounts.
    package let hasCurrency: Bool

    package init(
        name: String, role: FileRole, keyColumns: [String], amountColumns: [AmountColumn],
        dateColumn: String?, fieldColumns: [String], ignoredColumns: [String],
        loanColumn: LoanColumn, loanNumberColumn: String? = nil, hasCurrency: Bool = true
    ) {
        precondition(!keyColumns.isEmpty, "a file needs a key")
        self.loanNumberColumn = loanNumberColumn
        self.name = name
        self.role = role
        self.keyColumns = keyColumns
        self.amountColumns = amountColumns
        self.dateColumn = dateColumn
        self.fieldColumns = fieldColumns
        self.ignoredColumns = ignoredColumns
        self.loanColumn = loanColumn
        self.hasCurrency = hasCurrency
    }

    /// The loan a record of this file is about, empty when it is about none.
    package func loan(of record: Record) -> String {
        switch loanColumn {
        case .key(let position): record.key[position]
        case .field(let position): record.fields[position]
        case .absent: ""
        }
    }
}
