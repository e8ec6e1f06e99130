/// What one date takes of covers, and who pays whom for losses.
package struct LossOutcome: Hashable, Sendable {
    /// In the order in which they were made; those that paid nothing say why.
    package internal(set) var draws: [LossDraw] = []
    /// Payments between lenders by their own loss shares.
    package internal(set) var transfers: [LossTransfer] = []
    /// Loans that are written off whole.
    package internal(set) var chargeOffs: [LoanID] = []
    /// What is left of a lender's loss where a layer was asked, in the order of the loans.
    package internal(set) var left: [LossLeft] = []
    /// The covers as they stand after it: those given and those that were begun.
    package internal(set) var covers: [CoverID: CoverAccount]
}

/// What a layer was asked to pay a lender for a loan, and what it pays.
package struct LossDraw: Hashable, Sendable {
    package let loan: LoanID
    package let layer: String
    package let provider: PartyID
    package let lender: PartyID
    package let way: LossProvision.Way
    /// Its part of what the loss was when it reached the layer.
    package let asked: LossAmounts
    /// What it pays; with compensation also the claim that moves to the provider.
    package let taken: LossAmounts
    /// Of which instalments, oldest first, where a layer goes by instalments.
    package let instalments: [InstalmentDraw]
    package let cover: CoverID?
    /// Why less is paid than was asked.
    package let shortfall: LossShortfall?
}

/// What a layer that goes by instalments pays for one of them.
package struct InstalmentDraw: Hashable, Sendable {
    package let number: Int
    package let taken: LossAmounts
}

/// Why a layer pays less than its part.
package enum LossShortfall: String, Hashable, Sendable, CaseIterable {
    /// The cover has no more.
    case exhausted
    /// The cover has expired.
    case expired
    /// The loan is more days past due than the cover accepts.
    case tooLate = "too-late"
    /// Somebody asks it to pay, and the lender has lost nothing that is not paid already.
    case nothingLost = "nothing-lost"
    /// Of claims that were to go, or of a correction, not all is there any more.
    case gone
}

/// What one lender pays another so that both bear their own loss share.
package struct LossTransfer: Hashable, Sendable {
    package let loan: LoanID
    package let layer: String
    /// Who has lost less than its share.
    package let from: PartyID
    package let to: PartyID
    /// Principal, above zero.
    package let amount: Int64
}

/// What a lender bears itself.
package struct LossLeft: Hashable, Sendable {
    package let loan: LoanID
    package let lender: PartyID
    package let amounts: LossAmounts
}

/// Why the losses of a date cannot be computed.
package enum LossError: Error, Hashable, Sendable {
    /// An amount of a loan leaves 64 bits, or a claim is below zero.
    case amounts(LoanID)
    /// A cover refuses.
    case cover(CoverID, CoverError)
    /// A loan stands twice.
    case repeated(LoanID)
}
