import LendingRules

extension Scaffold {
    var platform: String {
        """
        # The installation as a whole. Every key is described in the sample's README.md.
        party: platform             # the file in parties/ that describes who runs this system
        name: Northwind Lending     # as people read it
        zone: America/New_York      # time zone of the cut-off, from the tz database
        cutOff: "23:00"             # from here on an event belongs to the next business date
        firstDate: \(firstDate)       # first business date of the books
        currency: USD               # of every product and agreement
        breaks:
          mediumFromMinorUnits: 100     # a difference of amounts from this on is medium
          highFromMinorUnits: 100000    # from this on, high
          infoDueDays: 30               # business dates by whose end a break of the grade is closed
          lowDueDays: 10
          mediumDueDays: 5
          highDueDays: 1

        """
    }

    var platformParty: String {
        """
        party: platform
        name: Northwind Lending
        kind: platform

        """
    }

    func guarantor(_ name: String) -> String {
        """
        party: \(name)
        name: \(name.prefix(1).uppercased() + name.dropFirst()) Guarantee
        kind: guarantor             # it answers for losses; it does not lend

        """
    }

    /// The party through which cash runs.
    func clearing(_ endpoint: String) -> String {
        """
        # Optional: without this file the platform's own records are all there is of cash.
        party: clearing
        name: Tideway Payments
        kind: clearing              # the payment channel, and the bank of the platform's account
        endpoint: \(endpoint)    # https, or http to this machine only
        signing:
          profile: hmac-sha256
          secretEnv: COLEND_CLEARING_SECRET
        timeouts:
          connectMilliseconds: 2000
          totalMilliseconds: 10000
        account: clearing-account   # statements, and breaks with them, are kept under this name
        from: \(firstDate)            # cash runs through it from this business date on
        fee:                        # what the channel keeps of every payment
          fixed: "0.10"
          rate: "0.25%"             # half up; nothing of what is taken back
        transitDays: 1              # from payment or instruction to the statement that shows it
        lateDays: 3                 # in transit for longer, money is missing
        filesDeadlineDays: 1        # both files of a date must be there by the end of the next
        payouts:                    # loans are paid out through the channel
          tries: 3                  # so often in all, each on another date; then shares go back
          settleSeconds: 60         # a 404 proves only after so long that a payout never arrived
          askLimit: 3               # questions about a payout in doubt, in one run

        """
    }

    func party(_ bank: Bank) -> String {
        """
        party: \(bank.name)
        name: \(bank.title)
        kind: bank
        endpoint: \(bank.endpoint)    # https, or http to this machine only
        signing:
          profile: hmac-sha256
          # The secret is in this environment variable, or in the file that the variable with
          # _FILE behind its name names; never in here.
          secretEnv: \(bank.secretVariable)
        timeouts:
          connectMilliseconds: 2000
          totalMilliseconds: 10000
        inFlight: 64                # requests under way at once
        settleSeconds: 60           # a 404 proves only after so long that a request never arrived
        computation: \(bank.computation.rawValue)
        toleranceMinorUnits: \(bank.usualTolerance)      # differences up to this are rounding
        filesDeadlineDays: 1        # its files of a date must be there by the end of the next
        askLimit: 3                 # questions about a request in doubt, in one close
        settlement:
          minimum: "10"             # a smaller net carries over to the next settlement day
          netting: all              # or per-type: an instruction for each type of obligation
          collect: request          # how it pays what it owes: request, or direct-debit
          ifMissing: hold           # a date without files waits; settle-ours takes our figures
          approval: automatic       # or two-person: another than who drafted it approves
        breaks:
          settleOn: lower           # while two figures differ: lower, ours or theirs
          lineBudgetMinorUnits: 1000      # rounding that a rule may resolve of one line
          dayBudgetMinorUnits: 1000       # on one date
          monthBudgetMinorUnits: 20000    # and in one calendar month
          rematchDays: 5            # so long an unmatched line waits for its counterpart
          windowDays: 0             # dates of one line so far apart are timing, not a difference

        """
    }
}

extension Scaffold.Bank {
    /// Minor units by which figures computed the bank's way usually differ from ours.
    fileprivate var usualTolerance: Int {
        switch computation {
        case .scale: 0
        case .perInstalment: 2
        case .ownSchedule: 3
        }
    }
}
