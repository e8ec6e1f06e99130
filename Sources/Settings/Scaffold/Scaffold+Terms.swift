import LendingRules

extension Scaffold {
    func agreement(_ contract: Contract) -> String {
        let fees = contract.lenders.flatMap { lender in
            lender.feePercent.map { percent in
                [
                    "  - payer: \(lender.party)", "    payee: platform",
                    "    base: interest-collected", "    rate: \"\(percent)%\"",
                ]
            } ?? []
        }
        let taken = products + (contract.takesLines ? self.lines : [])
        let lines =
            [
                "agreement: \(contract.name)",
                "effectiveFrom: \(firstDate)   # a later version is a file of its own",
                "currency: USD",
                "products: [\(taken.joined(separator: ", "))]",
                "lenders:                    # shares sum to exactly 100%",
            ]
            + contract.lenders.map(\.line)
            + ["serviceFees:"] + fees
            + [
                "onRefusal: \(contract.onRefusal)\(contract.refusalComment)",
                "backdateDays: 30            # how far a value date may lie before its booking",
                "coolingOffDays: 14          # how long the borrower may give the loan back",
            ] + disbursement(contract)
            + [
                "settlement:",
                "  lagDays: 1                # the first settlement day at least this much later",
                "  calendar: US",
                "# limits:                   # the most that a lender takes on",
                "#   - {party: \(contract.lenders[0].party), per: day, amount: \"500000.00\"}",
                "# pricing: {way: own-rates}   # every lender then has a rate beside its share",
                "# allocation: {order: by-component}",
            ]
        return lines.joined(separator: "\n") + "\n" + contract.lossSharing
    }

    /// By agreement: who pays its banks for losses, when, and how much at most.
    static let demonstrationLosses = [
        "harbor-70-30": """
        lossSharing:
          - name: guarantee
            provider: keystone
            lenders: [harbor]
            trigger: 30               # days past due
            way: compensation         # the claim goes to who pays for it
            covers: principal-and-interest
            cover:
              kind: reserve
              amount: "2000000.00"
              replenish: true         # recoveries fill it up
            # topUp: {every: quarter} # and so does its provider

        """,
        "meridian-80-20": """
        lossSharing:
          - name: first-loss
            provider: platform
            lenders: [meridian]
            trigger: 30
            way: invocation           # cash alone: the claim stays where it is
            cover: {kind: frozen-set, percent: 5%, setLimit: "5000000.00"}

        """,
    ]

    /// Nothing for the usual way, which is the default.
    private func disbursement(_ contract: Contract) -> [String] {
        if disbursement == .reimburse { return [] }
        let payer = contract.lenders.map(\.party).first { $0 != "platform" }
        let line = "disbursement: \(disbursement.rawValue)"
        return disbursement == .lenderPaysAll ? [line, "payer: \(payer ?? "")"] : [line]
    }

    static func product(_ name: String) -> String {
        let isLevel = name == "instalment-loan"
        let overdue = isLevel ? "" : overdueInterest
        return """
            product: \(name)
            method: \(isLevel ? "equal-instalment" : "equal-principal")
            dayCount: \(isLevel ? "30/360" : "ACT/365F")
            rounding: half-even         # of interest
            instalmentRounding: \(isLevel ? "up" : "half-even")
            penalty:
              multiple: "1.5"           # of the contract rate, on overdue principal
              graceDays: 3              # paid this many days late, nothing is owed
            \(overdue)materiality: "0.00"         # up to this, an unpaid rest is not past due
            principal: {minimum: "500.00", maximum: "50000.00"}
            instalments: {minimum: 3, maximum: 60}
            # holidays: {calendar: US, rule: following}
            \(isLevel ? usualCare : freeCare)

            """
    }

    private static let overdueInterest =
        "  onInterest: \"1\"           # and on overdue interest\n"

    private static let usualCare = """
        # fees: [{name: account, value: "2.50", when: each}]
        # earlyRepayment: {effect: lower-instalment, fee: "1%"}   # without it cash waits
        """

    private static let freeCare = """
        fees: [{name: service, value: "1.50", when: each}]
        earlyRepayment: {effect: lower-instalment}   # cash beyond what is due repays at once
        """
}

extension Scaffold.Lender {
    fileprivate var line: String {
        let way = computation.map { ", computation: \($0.rawValue)" } ?? ""
        return "  - {party: \(party), share: \"\(percent)%\"\(way)}"
    }
}

extension Scaffold.Contract {
    fileprivate var refusalComment: String {
        onRefusal == "platform"
            ? "         # the platform's own book takes a refused share"
            : "          # the loan is declined, accepted shares are reversed"
    }
}
