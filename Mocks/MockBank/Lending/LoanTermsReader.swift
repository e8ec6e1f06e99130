// Reading terms strictly: what this bank cannot compute it refuses, it never guesses.

extension LoanTerms {
    private static let largestPrincipal: Int64 = 1_000_000_000_000_000
    private static let highestRate = Exact("1000")
    private static let known = [
        "principal", "currency", "annualRatePercent", "method", "instalments", "every",
        "disbursedOn", "firstDueOn", "dayCount", "rounding", "instalmentRounding",
        "instalmentMultiple", "principalGrace", "interestGrace", "monthEnd", "holidays", "fees",
        "changes", "tranches", "repayments", "statement",
    ].sorted()

    /// Reads the `terms` of a request; throws `unsupported-terms` or a code for a malformed field.
    package init(_ json: JSON) throws(Refusal) {
        guard let members = json.members else { throw Refusal.malformed("terms", "an object") }
        if let stranger = members.stranger(to: Self.known) {
            throw Refusal.unsupported("the field \(stranger)")
        }
        try Self.refuseExtras(members)
        currency = try Self.currency(members)
        principal = try Self.amount(members, "principal", currency)
        annualRatePercent = try Self.rate(members)
        method = try Self.choice(members, "method", nil)
        instalments = try Self.count(members["instalments"], "instalments", upTo: 600)
        every = try Self.period(members["every"])
        guard let disbursedOn = try Self.date(members, "disbursedOn") else {
            throw Refusal.malformed("terms.disbursedOn", "a date")
        }
        self.disbursedOn = disbursedOn
        firstDueOn = try Self.date(members, "firstDueOn")
        dayCount = try Self.choice(members, "dayCount", .thirty360)
        rounding = try Self.choice(members, "rounding", .halfEven)
        instalmentRounding = try Self.choice(members, "instalmentRounding", .halfEven)
        instalmentMultiple =
            members["instalmentMultiple"] == nil
            ? 1 : try Self.amount(members, "instalmentMultiple", currency)
        principalGrace = try Self.grace(members, "principalGrace")
        interestGrace = try Self.grace(members, "interestGrace")
        isNextMonth = try Self.choice(members, "monthEnd", MonthEnd.clamp) == .nextMonth
        statement = try Self.statement(members["statement"], method)
        fees = try Self.fees(members["fees"], currency)
        try refuseCombinations()
    }

    private func refuseCombinations() throws(Refusal) {
        if let firstDueOn, firstDueOn <= disbursedOn {
            throw Refusal.malformed("terms.firstDueOn", "a date after disbursedOn")
        }
        if every.days * instalments > 36_600 {
            throw Refusal.unsupported("a term of more than a hundred years")
        }
        if !method.isLevel, instalmentMultiple > 1 {
            throw Refusal.unsupported("a multiple for \(method.rawValue)")
        }
    }

    private static func refuseExtras(_ members: Members) throws(Refusal) {
        for name in ["changes", "tranches", "repayments"] {
            if let value = members[name], value != .array([]) { throw Refusal.unsupported(name) }
        }
        if let value = members["holidays"], value["rule"] != .string("same-day") {
            throw Refusal.unsupported("holidays other than same-day")
        }
    }

    private static func currency(_ members: Members) throws(Refusal) -> Currency {
        guard let code = members["currency"]?.text, let currency = Currency(code) else {
            throw Refusal(code: "unknown-currency", reason: "terms.currency is not known")
        }
        return currency
    }

    private static func amount(
        _ members: Members, _ name: String, _ currency: Currency
    ) throws(Refusal) -> Int64 {
        guard let text = members[name]?.text, let amount = currency.minorUnits(text), amount > 0,
            amount <= largestPrincipal
        else {
            throw Refusal.malformed(
                "terms." + name, "a decimal string > 0 with at most \(currency.digits) decimals")
        }
        return amount
    }

    private static func rate(_ members: Members) throws(Refusal) -> Exact {
        guard let text = members["annualRatePercent"]?.text, let rate = Exact(text),
            let highestRate, !rate.exceeds(highestRate)
        else { throw Refusal.malformed("terms.annualRatePercent", "a decimal string 0…1000") }
        return rate
    }

    private static func choice<Choice: RawRepresentable<String>>(
        _ members: Members, _ name: String, _ fallback: Choice?
    ) throws(Refusal) -> Choice {
        guard let value = members[name] else {
            if let fallback { return fallback }
            throw Refusal.malformed("terms." + name, "a value")
        }
        guard let text = value.text else { throw Refusal.malformed("terms." + name, "a string") }
        guard let choice = Choice(rawValue: text) else {
            throw Refusal.unsupported("\(name) \(text)")
        }
        return choice
    }

    private static func count(
        _ value: JSON?, _ name: String, upTo limit: Int
    ) throws(Refusal) -> Int {
        guard let count = value?.integer, (1...limit).contains(count) else {
            throw Refusal.malformed("terms." + name, "a whole number 1…\(limit)")
        }
        return count
    }

    private enum MonthEnd: String {
        case clamp
        case nextMonth = "next-month"
    }

    private static func grace(_ members: Members, _ name: String) throws(Refusal) -> Int {
        guard let value = members[name], value != .integer(0) else { return 0 }
        return try count(value, name, upTo: 600)
    }

    private static func statement(_ value: JSON?, _ method: RepaymentMethod) throws(Refusal)
        -> StatementTerms?
    {
        guard method == .statementCycle else {
            if value == nil { return nil }
            throw Refusal.unsupported("a statement of \(method.rawValue)")
        }
        let text = value?["minimumPayment"]?.text ?? ""
        guard let day = value?["day"]?.integer, (1...31).contains(day), text.hasSuffix("%"),
            let minimum = Exact(String(text.dropLast())), minimum.units <= 100 * minimum.scale
        else { throw Refusal.malformed("terms.statement", "a day and a minimumPayment") }
        return StatementTerms(day: day, minimum: minimum)
    }

    /// Fees of every instalment; one that is kept back at the payout is no claim of a lender.
    private static func fees(_ value: JSON?, _ currency: Currency) throws(Refusal) -> [TermFee] {
        guard let value else { return [] }
        guard let list = value.elements else { throw Refusal.malformed("terms.fees", "a list") }
        var fees: [TermFee] = []
        for fee in list {
            guard let moment = fee["when"]?.text, moment == "each" || moment == "upfront" else {
                throw Refusal.unsupported("a fee that falls due otherwise than each or upfront")
            }
            if moment == "each" { fees.append(try Self.fee(fee, currency)) }
        }
        return fees
    }

    private static func fee(_ fee: JSON, _ currency: Currency) throws(Refusal) -> TermFee {
        let text = fee["value"]?.text ?? ""
        if text.hasSuffix("%"), let percent = Exact(String(text.dropLast())) {
            guard let base = fee["of"]?.text.flatMap(TermFee.Base.init) else {
                throw Refusal.unsupported("a fee of an unknown base")
            }
            return TermFee(value: .percent(percent, base))
        }
        guard let amount = currency.minorUnits(text), amount > 0 else {
            throw Refusal.malformed("terms.fees.value", "a percentage or an amount > 0")
        }
        return TermFee(value: .amount(amount))
    }

    private static func period(_ value: JSON?) throws(Refusal) -> Period {
        guard let value else { return Period(count: 1, unit: .months) }
        guard let text = value["unit"]?.text, let unit = Period.Unit(rawValue: text) else {
            throw Refusal.malformed("terms.every.unit", "days, weeks, months or years")
        }
        return Period(count: try count(value["count"], "every.count", upTo: 120), unit: unit)
    }

    private static func date(_ members: Members, _ name: String) throws(Refusal) -> Day? {
        guard let value = members[name], value != .null else { return nil }
        guard let text = value.text, let day = Day(text) else {
            throw Refusal.malformed("terms." + name, "a date YYYY-MM-DD")
        }
        return day
    }
}

extension Refusal {
    static func malformed(_ field: String, _ expected: String) -> Refusal {
        Refusal(code: "malformed", reason: "\(field) must be \(expected)")
    }

    static func unsupported(_ what: String) -> Refusal {
        Refusal(code: "unsupported-terms", reason: "this bank cannot compute \(what)")
    }
}
