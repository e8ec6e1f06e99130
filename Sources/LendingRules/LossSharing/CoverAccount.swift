import Monetary

/// What happened to the loans of a cover, or to the cover itself; minor units, above zero.
package enum CoverEvent: Hashable, Sendable {
    /// Lent to borrowers.
    case disbursed(Int64)
    /// Paid back as agreed.
    case matured(Int64)
    /// Lost, of which the cover takes what it can.
    case defaulted(Int64)
    /// Got back of what was lost.
    case recovered(Int64)
    /// Taken off the books.
    case writtenOff(Int64)
    /// Added to a reserve by whoever gives it.
    case toppedUp(Int64)

    /// How much.
    package var amount: Int64 {
        switch self {
        case .disbursed(let amount), .matured(let amount), .defaulted(let amount),
            .recovered(let amount), .writtenOff(let amount), .toppedUp(let amount):
            amount
        }
    }
}

/// Why a cover takes no such event.
package enum CoverError: Error, Hashable, Sendable {
    /// The amount is zero or below.
    case notAboveZero(Int64)
    /// A total leaves 64 bits.
    case overflow
    /// More would be given back than the provider has paid.
    case givesBackTooMuch(paid: Int64)
}

/// The sums of all events of a cover so far, minor units.
package struct CoverFigures: Hashable, Sendable {
    package internal(set) var disbursed: Int64
    package internal(set) var matured: Int64
    package internal(set) var recovered: Int64
    package internal(set) var writtenOff: Int64
    package internal(set) var toppedUp: Int64
    /// What the cover has taken, less what corrections have restored.
    package internal(set) var invoked: Int64
    /// What of losses it could not take.
    package internal(set) var unabsorbed: Int64
    /// What corrections have given back to the provider and not restored.
    package internal(set) var forgone: Int64

    package init(
        disbursed: Int64 = 0, matured: Int64 = 0, recovered: Int64 = 0, writtenOff: Int64 = 0,
        toppedUp: Int64 = 0, invoked: Int64 = 0, unabsorbed: Int64 = 0, forgone: Int64 = 0
    ) {
        self.disbursed = disbursed
        self.matured = matured
        self.recovered = recovered
        self.writtenOff = writtenOff
        self.toppedUp = toppedUp
        self.invoked = invoked
        self.unabsorbed = unabsorbed
        self.forgone = forgone
    }
}

/// One cover as it stands: what it gives in all, what it has given, what is left (RULES § 5).
///
/// Worked (RBI, crore): a frozen set of 40 at 5 % has ceiling 2; 10 disbursed: available 0.5; 10
/// more: 1.0; 5 matured: still 1.0; a default of 2 invokes 1.0, and 1.0 is unabsorbed.
package struct CoverAccount: Hashable, Sendable {
    package let kind: CoverTerms.Kind
    package private(set) var figures: CoverFigures

    package init(_ kind: CoverTerms.Kind, figures: CoverFigures = CoverFigures()) {
        self.kind = kind
        self.figures = figures
    }

    package var invoked: Int64 { figures.invoked }
    package var unabsorbed: Int64 { figures.unabsorbed }

    /// What it gives in all, rounded down.
    package var ceiling: Int64 {
        switch kind {
        case .frozenSet(let percent, let setLimit): percent.roundedDown(of: setLimit)
        case .outstanding(let percent): percent.roundedDown(of: outstanding)
        case .reserve: Int64(clamping: reserve)
        }
    }

    /// What the next loss can take of it, rounded down; never below zero.
    package var available: Int64 {
        switch kind {
        case .frozenSet(let percent, let setLimit):
            // The cap grows with what is lent out of the set, and with nothing else.
            max(0, percent.roundedDown(of: min(figures.disbursed, setLimit)) - invoked)
        case .outstanding, .reserve: max(0, ceiling - invoked)
        }
    }

    /// What is still lent; zero where more came back than went out.
    private var outstanding: Int64 {
        let back =
            Int128(figures.matured) + Int128(figures.recovered) + Int128(figures.writtenOff)
        return Int64(max(0, Int128(figures.disbursed) - back))
    }

    /// The amount, what was added, and what recoveries filled up of what was taken.
    private var reserve: Int128 {
        guard case .reserve(let amount, _, _) = kind else { return 0 }
        return Int128(amount) + Int128(figures.toppedUp) + Int128(replenished)
    }

    /// What recoveries fill up of what was taken of a reserve.
    private var replenished: Int64 {
        guard case .reserve(_, true, _) = kind else { return 0 }
        return min(figures.recovered, invoked)
    }

    /// Counts an event; a default takes what is available.
    ///
    /// - Throws: ``CoverError``; the account then stays as it was.
    package mutating func take(_ event: CoverEvent) throws(CoverError) {
        switch event {
        case .disbursed(let amount): try add(amount, \.disbursed)
        case .matured(let amount): try add(amount, \.matured)
        case .recovered(let amount): try add(amount, \.recovered)
        case .writtenOff(let amount): try add(amount, \.writtenOff)
        case .toppedUp(let amount): try add(amount, \.toppedUp)
        case .defaulted(let amount): _ = try draw(amount)
        }
    }

    /// Takes what it can of a loss; the rest is unabsorbed.
    ///
    /// - Returns: what it takes: `min(amount, available)`.
    /// - Throws: ``CoverError``; the account then stays as it was.
    package mutating func draw(_ amount: Int64) throws(CoverError) -> Int64 {
        guard amount > 0 else { throw .notAboveZero(amount) }
        let taken = min(amount, available)
        var changed = self
        if taken > 0 { try changed.add(taken, \.invoked) }
        if amount > taken { try changed.add(amount - taken, \.unabsorbed) }
        self = changed
        return taken
    }

    /// Fills a reserve up to its amount again, as far as its terms let it: by what was taken and
    /// neither recoveries nor what was added before have made good.
    ///
    /// - Returns: What is added; zero where nothing is missing or nobody tops it up.
    /// - Throws: ``CoverError/overflow``; the account then stays as it was.
    package mutating func fillUp() throws(CoverError) -> Int64 {
        guard case .reserve(_, _, let topUp?) = kind else { return 0 }
        let missing = Int128(invoked) - Int128(replenished) - Int128(figures.toppedUp)
        let added = topUp.added(to: missing, toppedUp: figures.toppedUp)
        if added > 0 { try add(added, \.toppedUp) }
        return added
    }

    /// Gives back to the provider what a correction shows not to have been lost.
    ///
    /// - Parameters:
    ///   - amount: Above zero, at most what was taken and not given back before.
    ///   - isRestored: Whether it is there to be taken again; otherwise the cover stays used up.
    /// - Throws: ``CoverError``; the account then stays as it was.
    package mutating func giveBack(_ amount: Int64, isRestored: Bool) throws(CoverError) {
        guard amount > 0 else { throw .notAboveZero(amount) }
        let paid = invoked - figures.forgone
        guard amount <= paid else { throw .givesBackTooMuch(paid: paid) }
        if isRestored { figures.invoked -= amount } else { figures.forgone += amount }
    }

    private mutating func add(_ amount: Int64, _ figure: WritableKeyPath<CoverFigures, Int64>)
        throws(CoverError)
    {
        guard amount > 0 else { throw .notAboveZero(amount) }
        let (sum, overflow) = figures[keyPath: figure].addingReportingOverflow(amount)
        guard !overflow else { throw .overflow }
        var changed = self
        changed.figures[keyPath: figure] = sum
        guard changed.isRepresentable else { throw .overflow }
        self = changed
    }

    /// Whether every sum that is told of it is a number of 64 bits; what defaulted is one.
    private var isRepresentable: Bool {
        !invoked.addingReportingOverflow(unabsorbed).overflow
            && reserve <= Int128(Int64.max)
    }
}

extension Share {
    /// The part of an amount, rounded down; at most the amount for a share of at most one.
    ///
    /// - Precondition: `amount >= 0`, and the share is at most one whole.
    func roundedDown(of amount: Int64) -> Int64 {
        precondition(amount >= 0 && numerator <= denominator, "a part of an amount")
        return Int64(Int128(amount) * Int128(numerator) / Int128(denominator))
    }
}
