import LendingRules

extension PartyForms {
    /// How a bank is asked to fund.
    static let funding: [SettingForm] = [
        SettingForm(
            "inFlight", .whole(1...4_096),
            "requests under way at once",
            unit: "requests", absent: .value("64"), example: "64"),
        SettingForm(
            "batch", .whole(1...1_000),
            """
            requests that go to the bank in one call, `POST /v1/funding-requests:batch`; 1 \
            sends each by itself
            """,
            unit: "requests", absent: .value("1"), example: "500"),
        SettingForm(
            "settleSeconds", .whole(0...86_400),
            "after this long a 404 proves that a request never arrived",
            unit: "s", absent: .value("60"), example: "60"),
        SettingForm(
            "computation", .choice(LenderComputation.Name.self),
            "how the bank computes its parts",
            example: "scale"),
        SettingForm(
            "toleranceMinorUnits", .whole(0...1_000),
            "differences up to this count as rounding",
            unit: "minor units", absent: .value("1"), example: "1"),
    ]

    /// When files must be there.
    static let files: [SettingForm] = [
        SettingForm(
            "filesDeadlineDays", .whole(0...30),
            "days after a business date by whose end its files must be there",
            unit: "days", absent: .value("1"), example: "1")
    ]

    /// What becomes of requests in doubt.
    static let doubts: [SettingForm] = [
        SettingForm(
            "askLimit", .whole(1...100),
            "questions about one request in doubt, per close",
            unit: "questions", absent: .value("3"), example: "3"),
        SettingForm(
            "inDoubtDays", .whole(1...365),
            """
            so many business dates after the one on which it was planned, a request that is \
            unsent, pending or in doubt is given up: reversed, and its share goes the way of \
            a refusal; at most `keyWindowDays`, since a bank cannot reverse for certain what \
            it no longer knows
            """,
            unit: "business dates", absent: .words("never"), example: "3"),
        SettingForm(
            "keyWindowDays", .whole(1...3_650),
            """
            so many business dates the bank keeps a request's key: after them nothing is \
            sent under it, and a 404 proves nothing
            """,
            unit: "business dates", absent: .words("for ever"), example: "30"),
    ]

    /// How a bank is settled with.
    static let settlement: [SettingForm] = [
        SettingForm(
            "settlement.minimum", .amount,
            "a smaller net is not transferred but carried over to the next settlement day",
            unit: "currency of `platform.yaml`",
            allowed: "an amount in the currency of `platform.yaml`", absent: .value("0"),
            example: "\"10\""),
        SettingForm(
            "settlement.netting", .choice(NettingRule.self),
            """
            what becomes one instruction: everything of a day, or each type of obligation \
            for itself
            """,
            absent: .value("all"), example: "all"),
        SettingForm(
            "settlement.collect", .choice(CollectRule.self),
            """
            how the bank pays what it owes: it is asked to, or its account is debited; \
            `deduct-from-reserve` is refused: a deposit pays shares of loans alone
            """,
            absent: .value("request"), example: "request"),
        SettingForm(
            "settlement.ifMissing", .choice(MissingFilesRule.self),
            """
            when the bank's files of a date did not come by their deadline: the date and \
            what follows waits, or is settled by our figures
            """,
            absent: .value("hold"), example: "hold"),
        SettingForm(
            "settlement.approval", .choice(ApprovalRule.self),
            "who releases a draft: the rule, or a person other than who drafted it",
            absent: .value("automatic"), example: "automatic"),
    ]

    /// How differences with a bank are resolved.
    static let breaks: [SettingForm] = [
        SettingForm(
            "breaks.settleOn", .choice(SettleOn.self),
            "the figure that settles while two differ",
            absent: .value("lower"), example: "lower"),
        SettingForm(
            "breaks.lineBudgetMinorUnits", .whole(0...1_000_000_000_000),
            "rounding that a rule may resolve of one line",
            unit: "minor units", allowed: "0 to 10^12", absent: .value("1000"), example: "1000"),
        SettingForm(
            "breaks.dayBudgetMinorUnits", .whole(0...1_000_000_000_000),
            "rounding that a rule may resolve on one business date",
            unit: "minor units", allowed: "0 to 10^12", absent: .value("1000"), example: "1000"),
        SettingForm(
            "breaks.monthBudgetMinorUnits", .whole(0...1_000_000_000_000),
            "rounding that a rule may resolve in one calendar month",
            unit: "minor units", allowed: "0 to 10^12", absent: .value("20000"),
            example: "20000"),
        SettingForm(
            "breaks.rematchDays", .whole(0...365),
            "so long an unmatched line waits for its counterpart",
            unit: "days", absent: .value("5"), example: "5"),
        SettingForm(
            "breaks.windowDays", .whole(0...30),
            "so far the value dates of one line may be apart and are timing",
            unit: "days", absent: .value("0"), example: "1"),
    ]
    /// What supervisors' rules ask about a bank.
    static let facts: [SettingForm] = [
        SettingForm(
            "homeRegions", .list(of: .region),
            "regions in which a regional bank may lend, for the rules of its agreements",
            allowed: "a list of names of up to 40 characters", absent: .words("any region"),
            example: "[CN-33]"),
        SettingForm(
            "listedFrom", .date,
            "the first date on which the bank's list of partners holds the platform",
            absent: .words("not listed"), example: "2025-10-01"),
        SettingForm(
            "figures", .mappings,
            "what the bank reports of itself for rules; of several of one name the latest counts",
            absent: .words("none"), example: "[]"),
        SettingForm(
            "figures[].figure", .choice(PartyFacts.Figure.Name.self),
            "what it is: net tier-1 capital, all loans, joint loans with other partners",
            example: "net-tier-1-capital"),
        SettingForm(
            "figures[].amount", .amount,
            "how much",
            unit: "currency of `platform.yaml`", example: "\"100000000.00\""),
        SettingForm(
            "figures[].asOf", .date,
            "the date that it is of",
            allowed: "a date, 1970 to 2199; each figure once a date", example: "2025-12-31"),
    ]
}
