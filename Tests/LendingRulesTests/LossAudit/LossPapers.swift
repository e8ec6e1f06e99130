// What everybody has signed, in plain numbers: cents, days after 2026-01-01, places of parties.

/// What a cover gives in all.
struct CoverPaper {
    enum Kind {
        case frozenSet(Plain.Part, limit: Int)
        case outstanding(Plain.Part)
        case reserve(Int, replenishes: Bool)
    }

    enum Span {
        case pool, partner, vintageYear, vintageQuarter, vintageMonth, year, quarter, month
    }

    /// How often who gives a reserve fills it up, and how much at most.
    enum TopUp {
        case daily, monthly, quarterly, yearly
    }

    let kind: Kind
    var span = Span.pool
    var topUp: TopUp?
    var topUpLimit: Int?
    var latestDaysPastDue: Int?
    var expiresOn: Int?
    var isRestored = false
    /// Whether a date's losses divide it in proportion.
    var isDivided = false
}

/// One layer of an agreement.
struct LayerPaper {
    enum Trigger: Equatable {
        case daysPastDue(Int)
        case chargeOff
        case instruction
    }

    enum Way {
        case cash
        case claims
        case claimsByInstalment
    }

    let name: String
    let trigger: Trigger
    /// Place of the provider; nobody where lenders bear by shares of their own.
    var provider = -1
    /// Whose losses it pays; everybody's but the provider's where empty.
    var lenders: [Int] = []
    var way = Way.cash
    var coversInterest = false
    var share: Plain.Part?
    var cover: CoverPaper?
    /// The lenders' own shares, by place of the party.
    var own: [(party: Int, part: Plain.Part)] = []

    func pays(_ party: Int) -> Bool {
        if provider < 0 { return false }
        return lenders.isEmpty ? party != provider : lenders.contains(party)
    }
}

struct AgreementPaper {
    let name: String
    /// Who lends, in agreement order, and how much of hundred.
    let lenders: [(party: Int, percent: Int)]
    let layers: [LayerPaper]
    let chargeOffAt: Int?
}

/// A loan as it was signed.
struct LoanPaper {
    enum Method {
        case equalPrincipal
        /// Instalments of one total.
        case level(Int)
        case interestOnly
    }

    enum Early {
        case waits
        case lowers
        case shortens
    }

    let number: Int
    let agreement: Int
    /// Lenders in agreement order, behind them whoever may take claims over.
    let parties: [Int]
    let lent: [Int]
    var method: Method
    let instalments: Int
    let disbursedOn: Int
    /// Hundred-millionths a year.
    let rate: Int
    /// Months of a twelfth each; otherwise days over 365.
    let isByMonths: Bool
    let rounding: Plain.Rounding
    /// Due with every instalment.
    let fee: Int
    var early: Early
    /// Thousandths of the rate on overdue principal and on overdue interest.
    let penalty: Int
    let penaltyOnInterest: Int
    let graceDays: Int

    var principal: Int { lent.reduce(0, +) }

    var name: String {
        let digits = "\(number)"
        return "L" + String(repeating: "0", count: 5 - digits.count) + digits
    }
}

/// Amounts of a claim by component.
struct PlainClaims: Hashable {
    var principal = 0
    var interest = 0
    var penalty = 0
    var fee = 0

    var total: Int { principal + interest + penalty + fee }
}

/// One thing that happened to a loan.
struct Voucher {
    enum Kind {
        case payment(Int)
        /// Number of the payment that never came.
        case reversal(Int)
        case recovery(Int)
        case cost(Int)
        case waiver(PlainClaims)
        case partialChargeOff(PlainClaims)
        /// Somebody writes everything off.
        case writeOff
        case layer(String)
        case order(OrderPaper)
        case payoutReturned
        /// What the close of a date has decided.
        case ruling(Ruling)
    }

    /// In the order of the day; also the name of it.
    let number: Int
    let kind: Kind
    var value: Int
    let booked: Int
}

/// Claims that are to go from one party to another at the end of a day.
struct OrderPaper {
    let reason: Ruling.Kind
    let from: Int
    let to: Int
    let share: Plain.Part?
    let price: Plain.Part?
}

/// One decision of a close.
struct Ruling: Hashable {
    enum Kind: Hashable {
        case invocation, lossSharing, chargeOff
        case compensation, buyBack, substitution, sale
    }

    let kind: Kind
    /// Who pays, or has the claims: places of parties.
    var from = -1
    var to = -1
    var claims: PlainClaims
    var price = 0
    var layer = ""
    var through: Int?
    /// Which of the loan's decisions it corrects, counted from 1.
    var corrects: Int?

    var movesClaims: Bool {
        switch kind {
        case .invocation, .lossSharing, .chargeOff: false
        case .compensation, .buyBack, .substitution, .sale: true
        }
    }
}
