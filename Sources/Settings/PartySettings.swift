package import BusinessCalendar
package import LendingRules
package import Monetary

/// One party as configured, from `parties/*.yaml`.
package struct PartySettings: Hashable, Sendable {
    /// What a party is to this system.
    package enum Role: Hashable, Sendable {
        /// The party that runs this system.
        case platform
        /// A partner that is asked for funding.
        case bank(BankSettings)
        /// The payment channel and the bank of the platform's account.
        case clearing(ClearingSettings)
        /// It answers for losses of loans that others lend.
        case guarantor
        /// A vehicle that buys pools of shares and issues notes on them.
        case spv
    }

    package let id: PartyID
    /// As people read it.
    package let name: String
    package let role: Role
    /// How much it lends at most over all agreements together.
    package let limits: [Limit]
    /// What rules ask about it.
    package let facts: PartyFacts
    /// By what it classes its claims, each version from its date on; none for what
    /// `platform.yaml` says.
    package let assetClasses: [DatedAssetRules]

    /// Whether shares of loans may be its.
    package var lends: Bool {
        switch role {
        case .platform, .bank: true
        case .clearing, .guarantor, .spv: false
        }
    }

    /// The settings of a bank, nil for the platform.
    package var bank: BankSettings? {
        if case .bank(let bank) = role { bank } else { nil }
    }

    /// How its line is signed, nil for the platform.
    package var signing: SigningSettings? { bank?.signing ?? clearing?.signing }

    /// The settings of a clearing, nil for other parties.
    package var clearing: ClearingSettings? {
        if case .clearing(let clearing) = role { clearing } else { nil }
    }
}

/// How the clearing is reached, what it charges and how long money is under way.
package struct ClearingSettings: Hashable, Sendable {
    /// As a bank's.
    package let endpoint: String
    package let signing: SigningSettings
    package let timeouts: TimeoutSettings
    package let line: LineSettings
    /// The name under which its account bank's statements are kept.
    package let account: PartyID
    /// The first business date on which cash runs through it; nil for the first of the books.
    package let from: BusinessDate?
    /// Minor units that the channel keeps of every payment.
    package let feeFixed: Int64
    /// The part of a payment that it keeps besides; nil for none.
    package let feeRate: Share?
    /// Days from a payment, or from an instruction, to the statement that should show its
    /// transfer.
    package let transitDays: Int
    /// Days after which money that a statement lacks is missing, not late.
    package let lateDays: Int
    /// Days after a business date by whose end both files must be there.
    package let filesDeadlineDays: Int
    package let payouts: PayoutSettings
}

/// How loans are paid out through the clearing.
package struct PayoutSettings: Hashable, Sendable {
    /// How often a payout is tried in all, each time on another business date.
    package let tries: Int
    /// A 404 proves only after this many seconds that a payout never arrived.
    package let settleSeconds: Int
    /// How often one run asks about a payout in doubt.
    package let askLimit: Int
}

/// How a partner bank is reached and what is known of its ways.
package struct BankSettings: Hashable, Sendable {
    /// Scheme, host, port and path without a slash at the end; HTTPS, or HTTP to this machine.
    package let endpoint: String
    package let signing: SigningSettings
    package let timeouts: TimeoutSettings
    package let line: LineSettings
    /// Requests to the bank that may be under way at once.
    package let inFlight: Int
    /// Requests that go to the bank in one call; 1 for each by itself.
    package let batch: Int
    /// A 404 proves only after this many seconds that a request never arrived.
    package let settleSeconds: Int
    package let computation: LenderComputation.Name
    /// Differences up to this many minor units count as rounding.
    package let toleranceMinorUnits: Int64
    /// Days after a business date by whose end the bank's files must be there.
    package let filesDeadlineDays: Int
    /// How often one close asks about a request in doubt.
    package let askLimit: Int
    /// How long its requests are waited for, and how long it keeps their keys.
    package let deadlines: RequestDeadlines
    /// How the bank is settled.
    package let settlement: SettlementRules
    package let disputes: DisputeSettings
}

/// How long a call may take, in milliseconds.
package struct TimeoutSettings: Hashable, Sendable {
    package let connectMilliseconds: Int
    /// From the start of a call to the first byte of its answer; nil for the whole time.
    package let firstByteMilliseconds: Int?
    package let totalMilliseconds: Int
}
