extension Scaffold {
    /// Products that open lines of credit, by name.
    static let lineProducts = ["cash-line": cashLine, "pay-later": payLater]

    /// Drawn and repaid on any day, with interest by the day (随借随还).
    private static let cashLine = """
        product: cash-line          # an imported loan opens a line; its principal is the limit
        method: daily               # interest each month, principal on any day, the rest at the end
        dayCount: ACT/365F
        rounding: half-even         # of interest
        instalmentRounding: half-even
        penalty:
          multiple: "1.5"           # of the contract rate, on overdue principal
          graceDays: 3              # paid this many days late, nothing is owed
        materiality: "0.00"         # up to this, an unpaid rest is not past due
        principal: {minimum: "50.00", maximum: "20000.00"}    # of one drawdown
        instalments: {minimum: 1, maximum: 12}
        line:
          kind: revolving           # what is repaid may be drawn again
          limit: {minimum: "1000.00", maximum: "20000.00"}

        """

    /// Purchases on monthly statements, free of interest until they fall due.
    private static let payLater = """
        product: pay-later          # an imported loan opens a line; its principal is the limit
        method: statement-cycle     # every statement asks for a part of what is outstanding
        dayCount: ACT/365F
        rounding: half-even         # of interest
        instalmentRounding: half-even
        penalty:
          multiple: "1.5"           # of the contract rate, on overdue principal
          graceDays: 3              # paid this many days late, nothing is owed
        materiality: "0.00"         # up to this, an unpaid rest is not past due
        principal: {minimum: "1.00", maximum: "5000.00"}      # of one purchase
        instalments: {minimum: 3, maximum: 24}                # statements that bill it at most
        line:
          kind: pay-later
          limit: {minimum: "500.00", maximum: "5000.00"}
          statementDay: 5           # closes with the purchases of this day
          dueDay: 25                # of the same month; of the next where it is not later
          interestFreeDays: 50      # from the day after a statement to this due date, at most
          minimumPayment: "10%"     # of what is outstanding; the rest bears interest from then on
          conversion: {minimum: 3, maximum: 12}               # into so many instalments

        """
}
