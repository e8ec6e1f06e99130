extension FaultyConfiguration {
    /// Conventions and choices of products.
    static let products = [
        FaultyConfiguration(
            "holidays of an unknown calendar", "products/instalment-loan.yaml",
            .text("materiality:", with: "holidays: {calendar: UK, rule: following}\nmateriality:"),
            """
            CONF-012: no calendar is called UK, at holidays.calendar \
            (Config/products/instalment-loan.yaml:9:22); did you mean US? known are US
            """),
        FaultyConfiguration(
            "holidays without a rule", "products/instalment-loan.yaml",
            .text("materiality:", with: "holidays: {calendar: US}\nmateriality:"),
            """
            CONF-008: a key is missing, at holidays.rule \
            (Config/products/instalment-loan.yaml:9:11); it needs one of same-day, following, \
            modified-following
            """),
        FaultyConfiguration(
            "a rule for holidays that is none", "products/instalment-loan.yaml",
            .text("materiality:", with: "holidays: {calendar: US, rule: later}\nmateriality:"),
            """
            CONF-010: "later" is no rule for holidays, at holidays.rule \
            (Config/products/instalment-loan.yaml:9:32); it needs one of same-day, following, \
            modified-following
            """),
        FaultyConfiguration(
            "a fee for what waits", "products/instalment-loan.yaml",
            .text("materiality:", with: "earlyRepayment: {fee: \"1%\"}\nmateriality:"),
            """
            CONF-019: a fee is named, and what is paid early waits, at earlyRepayment.fee \
            (Config/products/instalment-loan.yaml:9:23); a fee belongs to effect: \
            lower-instalment or shorten-term
            """),
        FaultyConfiguration(
            "graces that the method has not", "products/instalment-loan.yaml",
            .texts([
                ("equal-instalment", with: "daily"),
                ("materiality:", with: "principalGrace: 2\nmateriality:"),
            ]),
            """
            CONF-019: daily has nothing that such a grace could put off, at principalGrace \
            (Config/products/instalment-loan.yaml:9:17); leave it out, or choose another method
            """),
        FaultyConfiguration(
            "a bullet with instalments and a grace", "products/instalment-loan.yaml",
            .texts([
                ("equal-instalment", with: "bullet"),
                ("materiality:", with: "interestGrace: 1\nmateriality:"),
            ]),
            """
            CONF-019: bullet has nothing that such a grace could put off, at interestGrace \
            (Config/products/instalment-loan.yaml:9:16); leave it out, or choose another method
            CONF-019: a bullet has more than one instalment, at instalments \
            (Config/products/instalment-loan.yaml:12:14); its minimum and maximum are 1
            """),
        FaultyConfiguration(
            "a principal grace of nothing", "products/instalment-loan.yaml",
            .texts([
                ("equal-instalment", with: "principal-grace")
            ]),
            """
            CONF-019: principal-grace has no grace, at method \
            (Config/products/instalment-loan.yaml:2:9); say as principalGrace for how many \
            periods principal waits
            """),
        FaultyConfiguration(
            "a multiple of what is not rounded", "products/instalment-loan.yaml",
            .texts([
                ("equal-instalment", with: "interest-only"),
                ("materiality:", with: "instalmentMultiple: 5.00\nmateriality:"),
            ]),
            """
            CONF-019: interest-only rounds no instalment to a multiple, at instalmentMultiple \
            (Config/products/instalment-loan.yaml:9:21); leave it out, or choose another method
            """),
        FaultyConfiguration(
            "a term without instalments to drop", "products/instalment-loan.yaml",
            .texts([
                ("equal-instalment", with: "interest-only"),
                ("materiality:", with: "earlyRepayment: {effect: shorten-term}\nmateriality:"),
            ]),
            """
            CONF-019: interest-only has no instalments of principal to drop, at \
            earlyRepayment.effect (Config/products/instalment-loan.yaml:9:17); use \
            lower-instalment or next-instalment
            """),
        FaultyConfiguration(
            "the end of a month in weeks", "products/instalment-loan.yaml",
            .texts([
                ("materiality:", with: "every: {unit: weeks}\nmonthEnd: next-month\nmateriality:")
            ]),
            """
            CONF-019: periods of weeks lack no due day, at monthEnd \
            (Config/products/instalment-loan.yaml:10:11); it belongs to periods of months or \
            years
            """),
        FaultyConfiguration(
            "a fee that is kept back from the payout", "products/instalment-loan.yaml",
            .text(
                "materiality:",
                with: "fees: [{name: set-up, value: 5.00, when: upfront}]\nmateriality:"),
            """
            CONF-024: fee set-up would be kept back from the payout, at fees[1].when \
            (Config/products/instalment-loan.yaml:9:42); loans are served with fees of their \
            instalments alone: write each
            """),
        FaultyConfiguration(
            "grace longer than a loan", "products/instalment-loan.yaml",
            .text("materiality:", with: "interestGrace: 3\nmateriality:"),
            """
            CONF-019: a loan of 3 instalments would be over before its grace, at interestGrace \
            (Config/products/instalment-loan.yaml:9:16); it needs less than the value of \
            instalments.minimum
            """),
        FaultyConfiguration(
            "a period of nothing", "products/instalment-loan.yaml",
            .text("materiality:", with: "every: {count: 0, unit: fortnights}\nmateriality:"),
            """
            CONF-011: "0" is outside the limits, at every.count \
            (Config/products/instalment-loan.yaml:9:16); it needs a whole number from 1 to 3650
            CONF-010: "fortnights" is no unit of a period, at every.unit \
            (Config/products/instalment-loan.yaml:9:25); it needs one of days, weeks, months, \
            years
            """),
        FaultyConfiguration(
            "a multiple of nothing", "products/instalment-loan.yaml",
            .text("materiality:", with: "instalmentMultiple: 0\nmateriality:"),
            """
            CONF-011: "0" is outside the limits, at instalmentMultiple \
            (Config/products/instalment-loan.yaml:9:21); it needs an amount above zero with at \
            most 2 decimals, no grouping
            """),
        FaultyConfiguration(
            "a fee without its base", "products/instalment-loan.yaml",
            .text(
                "materiality:",
                with: "fees: [{name: set-up, value: \"1%\", when: each}]\nmateriality:"),
            """
            CONF-008: a key is missing, at fees[1].of \
            (Config/products/instalment-loan.yaml:9:8); it needs one of principal, instalment, \
            outstanding
            """),
        FaultyConfiguration(
            "a base of an amount", "products/instalment-loan.yaml",
            .text(
                "materiality:",
                with:
                    "fees: [{name: set-up, value: 5.00, of: principal, when: each}]\nmateriality:"
            ),
            """
            CONF-019: an amount is no part of anything, at fees[1].of \
            (Config/products/instalment-loan.yaml:9:40); leave it out, or write the value as a \
            percentage
            """),
        FaultyConfiguration(
            "a fee that is no number", "products/instalment-loan.yaml",
            .text(
                "materiality:",
                with: "fees: [{name: set-up, value: one, when: sometime}]\nmateriality:"),
            """
            CONF-010: "one" is no amount, at fees[1].value \
            (Config/products/instalment-loan.yaml:9:30); it needs an amount above zero with at \
            most 2 decimals, no grouping
            CONF-010: "sometime" is no moment of a fee, at fees[1].when \
            (Config/products/instalment-loan.yaml:9:41); it needs one of upfront, each
            """),
        FaultyConfiguration(
            "more days than one at least", "products/instalment-loan.yaml",
            .text("materiality:", with: "minimumDays: 2\nmateriality:"),
            """
            CONF-011: "2" is outside the limits, at minimumDays \
            (Config/products/instalment-loan.yaml:9:14); it needs a whole number of days from 0 \
            to 1
            """),
        FaultyConfiguration(
            "a penalty on interest beyond its limits", "products/instalment-loan.yaml",
            .text("graceDays: 3", with: "onInterest: 11\n  graceForgives: maybe\n  graceDays: 3"),
            """
            CONF-011: "11" is outside the limits, at penalty.onInterest \
            (Config/products/instalment-loan.yaml:8:15); it needs a number from 0 to 10 with at \
            most 3 decimals
            CONF-010: "maybe" is no choice, at penalty.graceForgives \
            (Config/products/instalment-loan.yaml:9:18); it needs one of true, false
            """),
        FaultyConfiguration(
            "rates the wrong way round", "products/instalment-loan.yaml",
            .text("materiality:", with: "rate: {minimum: 12, maximum: 10}\nmateriality:"),
            """
            CONF-019: the maximum is below the minimum, at rate.maximum \
            (Config/products/instalment-loan.yaml:9:30); it needs at least the value of minimum
            """),
        FaultyConfiguration(
            "a non-accrual of no days", "products/instalment-loan.yaml",
            .text(
                "materiality:",
                with: "nonAccrual: {afterDays: -1, observedInstalments: x}\nmateriality:"),
            """
            CONF-011: "-1" is outside the limits, at nonAccrual.afterDays \
            (Config/products/instalment-loan.yaml:9:25); it needs a whole number of days from 0 \
            to 3650
            CONF-010: "x" is no whole number, at nonAccrual.observedInstalments \
            (Config/products/instalment-loan.yaml:9:50); it needs a whole number of instalments \
            from 0 to 60
            """),
    ]
}
