extension Scaffold {
    /// The holidays on which the Federal Reserve Banks are closed in 2026.
    static let calendar = """
        calendar: US
        weekend: [saturday, sunday]
        holidays:
          - 2026-01-01                # New Year's Day
          - 2026-01-19                # Birthday of Martin Luther King, Jr.
          - 2026-02-16                # Washington's Birthday
          - 2026-05-25                # Memorial Day
          - 2026-06-19                # Juneteenth
          - 2026-07-04                # Independence Day, a Saturday: banks settle on Friday 3 July
          - 2026-09-07                # Labor Day
          - 2026-10-12                # Columbus Day
          - 2026-11-11                # Veterans Day
          - 2026-11-26                # Thanksgiving Day
          - 2026-12-25                # Christmas Day
        workingDays: []               # weekend dates that are worked

        """

    /// Every account that the rules post to.
    static let chart = """
        # Accounts of every book. The numbers are fixed by the rules; names and others are free.
        accounts:
          - {number: 1010, name: Cash, kind: asset}
          - {number: 1020, name: Cash in transit, kind: asset}
          - {number: 1030, name: Escrow, kind: asset}
          - {number: 1110, name: Principal, kind: asset}
          - {number: 1120, name: Overdue principal, kind: asset}
          - {number: 1130, name: Interest receivable, kind: asset}
          - {number: 1140, name: Overdue interest, kind: asset}
          - {number: 1150, name: Penalty receivable, kind: asset}
          - {number: 1160, name: Fees receivable, kind: asset}
          - {number: 1170, name: Claims acquired, kind: asset}
          - {number: 1180, name: Allowance for losses, kind: asset}
          - {number: 1190, name: Differences accepted, kind: asset}
          - {number: 1210, name: Notes held, kind: asset}
          - {number: 1310, name: Due to and from parties, kind: asset}
          - {number: 1320, name: Due to and from parties held, kind: asset}
          - {number: 1330, name: Deposits of lenders, kind: asset}
          - {number: 1340, name: Reserves of pools, kind: asset}
          - {number: 2010, name: Unallocated payments, kind: liability}
          - {number: 2020, name: Payouts in flight, kind: liability}
          - {number: 2030, name: Tax on service fees, kind: liability}
          - {number: 2110, name: Notes issued, kind: liability}
          - {number: 4010, name: Interest income, kind: income}
          - {number: 4020, name: Penalty income, kind: income}
          - {number: 4030, name: Fee income, kind: income}
          - {number: 4040, name: Service fee income, kind: income}
          - {number: 4050, name: Spread income, kind: income}
          - {number: 4060, name: Recovery income, kind: income}
          - {number: 4070, name: Cover received, kind: income}
          - {number: 4080, name: Notes written down, kind: income}
          - {number: 4090, name: Income from notes, kind: income}
          - {number: 5010, name: Service fee expense, kind: expense}
          - {number: 5020, name: Waiver expense, kind: expense}
          - {number: 5030, name: Subsidy expense, kind: expense}
          - {number: 5040, name: Loan loss expense, kind: expense}
          - {number: 5045, name: Provision expense, kind: expense}
          - {number: 5050, name: Guarantee loss, kind: expense}
          - {number: 5060, name: Collection cost, kind: expense}
          - {number: 5070, name: Rounding, kind: expense}
          - {number: 5080, name: Trading result, kind: expense}
          - {number: 5090, name: Interest on notes, kind: expense}
          - {number: 5095, name: Residual of pools, kind: expense}
          - {number: 9010, name: Commitments, kind: memorandum}
          - {number: 9011, name: Commitments contra, kind: memorandum}
          - {number: 9020, name: Interest not accrued, kind: memorandum}
          - {number: 9021, name: Interest not accrued contra, kind: memorandum}
          - {number: 9030, name: Claims written off, kind: memorandum}
          - {number: 9031, name: Claims written off contra, kind: memorandum}

        """
}
