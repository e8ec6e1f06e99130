// Instalments laid out one after the other, from the payout or from an open period on.

/// What is known before instalments are laid out.
struct PlanDraft {
    let terms: LoanTerms
    let periods: [LoanPeriod]
    /// Principal still to be laid out.
    var balance: Int64
    /// What a flat loan bears interest on.
    var lent: Int64
    var rate: Exact
    /// The level part: of the total, or of the principal.
    var level: Int64 = 0
    /// Place of the first instalment in the whole loan.
    var first = 0
    /// What bore interest in the first period so far; empty when nothing has changed in it.
    var segments: [Segment] = []
    /// Interest of the first period that was paid before its due date.
    var early: Int64 = 0
    /// Interest put off to the first instalment.
    var carried: Int64 = 0
    /// Whether instalments end when the principal does.
    var endsEarly = false
    /// Principal repaid in the first period after its statement closed.
    var paidSinceClosing: Int64 = 0
    /// Principal of every instalment, where it is known.
    var principals: [Int64]?
    /// What a flat loan may still bill; nil when nothing limits it.
    private var flatInterest: Int64?

    init(_ terms: LoanTerms, _ periods: [LoanPeriod], balance: Int64) {
        self.terms = terms
        self.periods = periods
        self.balance = balance
        lent = terms.principal
        rate = terms.annualRatePercent
    }

    /// A flat loan's interest is rounded once for all of it.
    mutating func limitFlatInterest() {
        guard terms.method == .flat else { return }
        let common = periods.reduce(1) { leastCommonMultiple($0, $1.denominator) }
        let years = periods.reduce(Int128(0)) {
            $0 + Int128($1.numerator) * Int128(common / $1.denominator)
        }
        flatInterest = Int64(
            terms.rounding.divide(
                Int128(lent) * rate.hundredMillionths * years,
                by: Int128(common) * 10_000_000_000))
    }

    /// The instalments, the last with all that is left.
    func rows() -> [Instalment] {
        var draft = self
        var rows: [Instalment] = []
        for place in periods.indices {
            rows.append(draft.next(place))
            if endsEarly, draft.balance == 0 { break }
        }
        return rows
    }

    private mutating func next(_ place: Int) -> Instalment {
        let pieces = pieces(place)
        let isLast = place == periods.count - 1
        let exact = periods[place].interest(pieces, until: periods[place].dueOn)
        var own = exact.rounded(terms.rounding)
        if let left = flatInterest {
            own = isLast ? left : min(own, left)
            flatInterest = left - own
        }
        let paid = place == 0 ? early : 0
        let isPutOff = first + place < terms.interestGrace
        let payable = isPutOff ? own : own - max(0, paid - carried)
        let known = principals.map { $0[place] }
        let principal = known ?? (isLast ? balance : min(balance, wanted(place, payable)))
        let ends = isLast || (endsEarly && principal == balance)
        let all = carried + own
        let billed = isPutOff && !ends ? paid : all
        var row = Instalment(
            period: periods[place], principal: principal, interest: billed,
            fee: fee(principal, billed - paid), carried: carried, segments: pieces, own: own)
        let isWhole = balance == lent || (place == 0 && !segments.isEmpty)
        row.isByDays = terms.method == .flat && !isWhole
        carried = all - billed
        balance -= principal
        return row
    }

    private func pieces(_ place: Int) -> [Segment] {
        if place == 0, !segments.isEmpty { return segments }
        return [
            Segment(
                from: periods[place].startsOn, balance: bearing(balance, place), rate: rate)
        ]
    }

    /// Principal that bears interest: of flat loans what was lent, while anything is owed; of a
    /// purchase nothing before its first statement is due.
    func bearing(_ balance: Int64, _ place: Int = 0) -> Int64 {
        if terms.statement != nil, first + place == 0 { return 0 }
        return terms.method == .flat && balance > 0 ? lent : balance
    }

    /// Principal of an instalment that is not the last.
    private func wanted(_ place: Int, _ interest: Int64) -> Int64 {
        if first + place < terms.principalGrace { return 0 }
        if terms.method.isLevelPrincipal { return level }
        if let statement = terms.statement { return minimum(statement, place) }
        return terms.method.isLevel ? max(0, level - interest) : 0
    }

    /// The minimum of what the statement told, less what was repaid since.
    private func minimum(_ statement: StatementTerms, _ place: Int) -> Int64 {
        let paid = place == 0 ? paidSinceClosing : 0
        let told = Int128(balance + paid) * statement.minimum.hundredMillionths
        let part = terms.instalmentRounding.divide(told, by: 10_000_000_000)
        return max(0, Int64(part) - paid)
    }

    private func fee(_ principal: Int64, _ interest: Int64) -> Int64 {
        if endsEarly, balance == 0 { return 0 }
        return terms.fees.reduce(0) { sum, fee in
            switch fee.value {
            case .amount(let amount): return sum + amount
            case .percent(let percent, let base):
                let of =
                    switch base {
                    case .principal: terms.principal
                    case .instalment: principal + interest
                    case .outstanding: balance
                    }
                let part = terms.rounding.divide(
                    Int128(max(0, of)) * percent.hundredMillionths, by: 10_000_000_000)
                return sum + Int64(part)
            }
        }
    }
}

extension PlanDraft {
    /// Computes the level part for what is left; throws `unsupported-terms` when it is too large.
    mutating func relevel() throws(Refusal) {
        let grace = min(max(0, terms.principalGrace - first), periods.count - 1)
        if terms.method.isLevelPrincipal {
            level = Int64(
                terms.instalmentRounding.divide(
                    Int128(balance), by: Int128(periods.count - grace)))
        } else if terms.method.isLevel {
            let isWhole = grace > 0 || segments.isEmpty
            let period = periods[grace]
            let start = Segment(from: period.startsOn, balance: balance, rate: rate)
            let exact = period.interest(isWhole ? [start] : segments, until: period.dueOn)
            let isPutOff = first < terms.interestGrace
            let paid = isWhole || isPutOff ? 0 : max(0, early - carried)
            let owed = Int128(balance - paid) * exact.denominator + exact.numerator
            level = try annuity(owed, exact.denominator, periods[(grace + 1)...])
        } else {
            level = 0
        }
    }

    /// What repays `owed`, due with the first payment, in that and one payment each later period:
    /// `V·Π(1+rᵢ)/fₙ` with `f₁ = 1` and `fₖ = fₖ₋₁(1+rₖ) + 1`.
    private func annuity(
        _ owed: Int128, _ denominator: Int128, _ later: ArraySlice<LoanPeriod>
    ) throws(Refusal) -> Int64 {
        var growth = BigNatural(wide: UInt128(max(0, owed)))
        var factor = BigNatural(1)
        var bases = BigNatural(1)
        for period in later {
            let step = period.growth(rate)
            growth = growth.times(step.grown)
            bases = bases.times(step.base)
            factor = factor.times(step.grown).plus(bases)
        }
        let multiple = UInt64(terms.instalmentMultiple)
        let divisor = factor.times(wide: UInt128(denominator)).times(multiple)
        guard let units = growth.divided(by: divisor, rounding: terms.instalmentRounding),
            let level = Int64(exactly: units.multipliedReportingOverflow(by: multiple).partialValue)
        else { throw Refusal.unsupported("an instalment this large") }
        return level
    }
}
