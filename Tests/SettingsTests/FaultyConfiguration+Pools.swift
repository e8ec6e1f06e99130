extension FaultyConfiguration {
    private static let file = "Config/pools/spring.yaml"

    /// The sample's pool with one text replaced by another.
    private static func pool(
        _ name: String, _ text: String, _ other: String, _ messages: String
    ) -> FaultyConfiguration {
        FaultyConfiguration(
            name, "pools/spring.yaml", .text(text, with: other), messages, beside: Sample.pooled)
    }

    static let pools = [
        pool(
            "a pool that a bank buys", "buyer: vehicle", "buyer: harbor",
            """
            CONF-019: harbor is of kind bank, at buyer (\(file):4:8); a party of kind spv buys a \
            pool
            """),
        pool(
            "a pool that settles at its cut-off", "settlesOn: 2026-04-10",
            "settlesOn: 2026-03-31",
            """
            CONF-019: the pool settles on 2026-03-31, at settlesOn (\(file):3:12); shares are \
            counted at the end of 2026-03-31 and settle after it
            """),
        pool(
            "a price of nothing", "price: par", "price: 0%",
            """
            CONF-010: "0%" is no price, at price (\(file):5:8); it needs par, par-plus-accrued or \
            a part of the principal such as "98.5%"
            """),
        pool(
            "a limit of all shares", "{each: region, atMost: 40%}", "{atMost: 40%}",
            """
            CONF-008: the limit names no loans, at select.limits[1] (\(file):7:12); it needs \
            each, borrower, region, grade or product
            """),
        pool(
            "a range that ends before it begins", "select:\n", "select:\n  rate: 24..8\n",
            """
            CONF-011: "24..8" ends before it begins, at select.rate (\(file):7:9); it needs two \
            of a yearly rate in percent from 0 to 10000 with at most 6 decimals, the lower first, \
            as low..high
            """),
        pool(
            "months that are no range", "select:\n", "select:\n  remainingMonths: 12\n",
            """
            CONF-010: "12" is no range of months, at select.remainingMonths (\(file):7:20); it \
            needs two of a whole number of months from 0 to 1200, the lower first, as low..high
            """),
        pool(
            "a vehicle that sells", "select:\n", "select:\n  sellers: [vehicle]\n",
            """
            CONF-019: vehicle is of kind spv, at select.sellers[1] (\(file):7:13); it holds no \
            shares of loans
            """),
        pool(
            "more senior tranches than there are", "{initial: 10.00}",
            "{initial: 10.00, seniorTranches: 2}",
            """
            CONF-019: reserve counts more tranches than there are, at notes (\(file):9:3); \
            tranches have names of their own; counts are of tranches there are; the final date \
            is after settlement
            """),
        pool(
            "collections that end before settlement", "first: 2026-05-15", "first: 2026-04-15",
            """
            CONF-019: the first collection period ends on 2026-03-31, at notes (\(file):9:3); it \
            ends on the settlement date or after it
            """),
        FaultyConfiguration(
            "notes without an account of theirs", "chart-of-accounts.yaml",
            .text(
                "2110", with: "2111"),
            """
            CONF-015: account 2110 is missing for pools, at pool (\(file):1:7); notes are posted \
            to it: add an entry to chart-of-accounts.yaml
            """, beside: Sample.pooled),
        FaultyConfiguration(
            "a pool without its account", "chart-of-accounts.yaml",
            .text(
                "5080", with: "5081"),
            """
            CONF-015: account 5080 is missing for pools, at pool (Config/pools/sale.yaml:1:7); \
            sales are posted to it: add an entry to chart-of-accounts.yaml
            """, beside: Sample.pooled),
    ]
}
