/// An account of the chart, by its number (RULES § 8).
package struct Account: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let number: Int32

    package init(_ number: Int32) { self.number = number }

    package static func < (left: Account, right: Account) -> Bool { left.number < right.number }

    package var description: String { String(number) }

    /// Memorandum accounts stay out of profit and loss and of pair sums.
    package var isMemorandum: Bool { number >= 9000 }

    /// The accounts that mirror between two books: due to/from a counterparty, open or held, and a
    /// deposit that one holds of the other.
    package var isInterparty: Bool { isDue || self == .reserve }

    /// Due to/from a counterparty, open or held: what settlement clears.
    package var isDue: Bool { self == .dueToFrom || self == .dueToFromHeld }
}

extension Account {
    package static let cash = Account(1010)
    package static let cashInTransit = Account(1020)
    /// A lender's share on its way to the borrower by an escrow account.
    package static let escrow = Account(1030)
    package static let principal = Account(1110)
    package static let overduePrincipal = Account(1120)
    package static let interest = Account(1130)
    package static let overdueInterest = Account(1140)
    package static let penalty = Account(1150)
    package static let fees = Account(1160)
    /// Claims paid for by compensation and not yet collected.
    package static let claimsAcquired = Account(1170)
    /// What a lender keeps for claims that it may not get back, below zero.
    package static let allowance = Account(1180)
    /// Differences with partners that were accepted and await the loan's own correction.
    package static let acceptedDifferences = Account(1190)
    package static let dueToFrom = Account(1310)
    package static let dueToFromHeld = Account(1320)
    /// A lender's deposit with the platform.
    package static let reserve = Account(1330)
    /// Notes of a pool that a party has bought.
    package static let notesHeld = Account(1210)
    /// What a vehicle keeps for senior payments in bad months.
    package static let poolReserve = Account(1340)
    package static let unallocated = Account(2010)
    package static let payoutInFlight = Account(2020)
    /// Tax on service fees.
    package static let tax = Account(2030)
    /// What a vehicle owes on the notes of its pools.
    package static let notesIssued = Account(2110)
    package static let interestIncome = Account(4010)
    package static let penaltyIncome = Account(4020)
    package static let feeIncome = Account(4030)
    package static let serviceFeeIncome = Account(4040)
    /// What a borrower's interest is above that of the lenders' own rates.
    package static let spreadIncome = Account(4050)
    package static let recoveryIncome = Account(4060)
    /// What a cover has paid for a loss.
    package static let coverReceived = Account(4070)
    /// What losses of a pool take of its notes: the vehicle's gain, the holder's loss.
    package static let notesWrittenDown = Account(4080)
    /// Interest on notes held, and what pools have left over.
    package static let noteIncome = Account(4090)
    package static let serviceFeeExpense = Account(5010)
    package static let waiverExpense = Account(5020)
    package static let subsidyExpense = Account(5030)
    package static let lossExpense = Account(5040)
    /// What is put by for claims, or comes back of it.
    package static let provisionExpense = Account(5045)
    /// What a party has paid by a cover that it gives.
    package static let guaranteeLoss = Account(5050)
    package static let collectionCost = Account(5060)
    package static let rounding = Account(5070)
    /// Claims sold above or below what they were.
    package static let tradingResult = Account(5080)
    /// Interest that a vehicle has paid on its notes.
    package static let noteInterest = Account(5090)
    /// What a vehicle has paid out of what its pool had left over.
    package static let poolResidual = Account(5095)
    package static let commitments = Account(9010)
    package static let commitmentsContra = Account(9011)
    /// Income of loans in non-accrual.
    package static let notAccrued = Account(9020)
    package static let notAccruedContra = Account(9021)
    package static let writtenOff = Account(9030)
    package static let writtenOffContra = Account(9031)

    /// The accounts that only those post to who keep provisions.
    package static let ofProvisions: [Account] = [allowance, provisionExpense]

    /// The accounts that only those post to whose losses others bear, or whose claims move.
    package static let ofLosses: [Account] = [
        claimsAcquired, coverReceived, guaranteeLoss, tradingResult,
    ]

    /// The accounts that only those post to who sell pools, buy them or hold notes on them.
    package static let ofPools: [Account] = [tradingResult]

    /// The accounts that notes of pools are posted to besides.
    package static let ofNotes: [Account] = [
        notesHeld, poolReserve, notesIssued, notesWrittenDown, noteIncome, noteInterest,
        poolResidual,
    ]

    /// Every account the rules always post to; a chart that lacks one is a fault of configuration.
    package static let required: [Account] = [
        cash, cashInTransit, escrow, principal, overduePrincipal, interest, overdueInterest,
        penalty, fees, acceptedDifferences, dueToFrom, dueToFromHeld, reserve, unallocated,
        payoutInFlight, tax, interestIncome, penaltyIncome, feeIncome, serviceFeeIncome,
        spreadIncome, recoveryIncome, serviceFeeExpense, waiverExpense, subsidyExpense,
        lossExpense, collectionCost, rounding, commitments, commitmentsContra, notAccrued,
        notAccruedContra, writtenOff, writtenOffContra,
    ]
}
