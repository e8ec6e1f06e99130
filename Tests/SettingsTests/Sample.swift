import BusinessCalendar
import Foundation
import Settings

/// The smallest configuration, in memory, and ways to spoil it.
enum Sample {
    static let firstDate = BusinessDate(year: 2026, month: 1, day: 1)!

    static let minimal = contents(.minimal(firstDate: firstDate))
    static let demonstration = contents(.demonstration(firstDate: firstDate))

    /// The demonstration with every key of `signing` in use, and a payer.
    static let rotating = {
        var contents = demonstration
        contents["parties/harbor.yaml"]?.replace(
            "  profile: hmac-sha256\n",
            with: """
                  profile: sm2-sm3
                  signatureForm: raw
                  keyId: northwind
                  validFrom: 2026-01-01
                  validUntil: 2026-12-31
                  next: {secretEnv: NEXT, validFrom: 2026-12-01, validUntil: 2027-12-31}
                  partnerKeys:
                    - {keyEnv: THEIRS, validFrom: 2026-01-01, validUntil: 2026-12-31}
                    - {keyEnv: THEIR_NEXT}

                """)
        contents["agreements/harbor-70-30.yaml"]? +=
            "disbursement: lender-pays-all\npayer: harbor\n"
        return contents
    }()

    /// The repository's `Config/`.
    static let directory = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Config").path

    /// With limits of harbor, in one of its agreements and over all of them; the last lines of
    /// their files.
    static func limited(_ contents: [String: String]) -> [String: String] {
        var contents = contents
        contents["agreements/harbor-70-30.yaml"]? += agreementLimits
        contents["parties/harbor.yaml"]? += partyLimits
        return contents
    }

    /// Shares of one agreement change hands after the payout.
    static let transferring = {
        var contents = demonstration
        contents["agreements/harbor-70-30.yaml"]? +=
            "fundingMode: after-payout\ntransferDays: 15\n"
        return contents
    }()

    /// Every choice of the terms in use: what loans cost, who has what, how they are paid.
    static let elaborate = {
        var contents = demonstration
        contents["products/equal-principal-loan.yaml"]?.replace(
            "  graceDays: 3 ",
            with: "  onInterest: \"1.3\"\n  graceForgives: true\n  graceDays: 3 ")
        // The demonstration says some of it already.
        let lines = contents["products/equal-principal-loan.yaml"]?.split(separator: "\n") ?? []
        let said = ["  onInterest: \"1\" ", "fees:", "earlyRepayment:"]
        let rest = lines.filter { line in !said.contains { line.hasPrefix($0) } }
        contents["products/equal-principal-loan.yaml"] =
            rest.joined(separator: "\n") + "\n" + productChoices
        contents["agreements/trio.yaml"] = elaborateAgreement
        contents["agreements/harbor-70-30.yaml"]? +=
            "incomeShares: {interest: {platform: \"40%\", harbor: \"60%\"}}\n"
        return contents
    }()

    /// Lines of credit: one to draw on at any time, one for purchases on statements.
    static let lines = {
        var contents = minimal
        let product = minimal["products/instalment-loan.yaml"] ?? ""
        contents["products/cash-line.yaml"] =
            product.replacing("instalment-loan", with: "cash-line")
            .replacing("equal-instalment", with: "daily") + """
                line: {kind: revolving, limit: {minimum: "1000.00", maximum: "50000.00"}}

                """
        contents["products/pay-later.yaml"] =
            product.replacing("instalment-loan", with: "pay-later")
            .replacing("equal-instalment", with: "statement-cycle") + """
                line:
                  kind: pay-later
                  limit: {minimum: "500.00", maximum: "20000.00"}
                  statementDay: 25
                  dueDay: 10
                  interestFreeDays: 46
                  minimumPayment: "10%"
                  conversion: {minimum: 3, maximum: 12}

                """
        return contents
    }()

    static let productChoices = """
        every: {count: 2, unit: months}
        instalmentMultiple: "1.00"
        interestGrace: 2
        monthEnd: next-month
        holidays: {calendar: US, rule: modified-following}
        fees:
          - {name: care, value: "1%", of: outstanding, when: each}
          - {name: account, value: "2.50", when: each}
        earlyRepayment: {effect: shorten-term, fee: "0.5%"}
        nonAccrual: {afterDays: 60, observedInstalments: 3}
        minimumDays: 1
        rate: {minimum: "9", maximum: "36"}

        """

    static let elaborateAgreement = """
        agreement: trio
        effectiveFrom: 2026-01-01
        currency: USD
        products: [equal-principal-loan]
        lenders:
          - {party: platform, share: "20%", rate: "9"}
          - {party: harbor, share: "50%", rate: "6.5", computation: per-instalment}
          - party: meridian
            share: "30%"
            rate: "7.25%"
            computation: own-schedule
            dayCount: ACT/365F
            rounding: half-up
            instalmentRounding: up
        pricing: {way: own-rates, spreadOwner: harbor, spread: pro-rata}
        incomeShares:
          penalty: {platform: "0%", harbor: "50%", meridian: 1/2}
          fee: {meridian: "10%", platform: "90%", harbor: 0%}
        allocation:
          order: by-component
          pastDue: [fee, penalty, interest, principal]
          due: [interest, principal, fee, penalty]
          inAdvance: [principal, interest, fee, penalty]
          seriouslyPastDue: {afterDays: 90, components: [principal, interest, fee, penalty]}
        residueHolder: platform
        serviceFees:
          - {payer: harbor, payee: platform, base: interest-collected, rate: "8%"}
          - payer: meridian
            payee: platform
            base: principal-outstanding
            rate: "0.5%"
            tax: {name: VAT, rate: "6%", included: true}
        onRefusal: decline
        settlement: {lagDays: 1, calendar: US}

        """

    static let agreementLimits = """
        limits:
          - {party: harbor, per: day, amount: "500000.00"}
          - {party: platform, per: month, amount: 1000000}

        """
    static let partyLimits = """
        limits:
          - {per: outstanding, amount: "5000000", currency: USD}

        """

    static func contents(_ scaffold: Scaffold) -> [String: String] {
        Dictionary(uniqueKeysWithValues: scaffold.files.map { ($0.path, $0.text) })
    }

    static func load(_ contents: [String: String], environment: [String: String] = [:])
        throws(ConfigurationFaults) -> Configuration
    {
        try load(bytes: contents.mapValues { Array($0.utf8) }, environment: environment)
    }

    static func load(bytes: [String: [UInt8]], environment: [String: String] = [:])
        throws(ConfigurationFaults) -> Configuration
    {
        try Settings.load(
            ConfigurationSources(directory: "Config", contents: bytes), environment: environment)
    }

    /// The messages of a load that should fail; empty when it does not.
    static func faults(
        of bytes: [String: [UInt8]], environment: [String: String] = [:]
    ) -> [ConfigurationFault] {
        do {
            _ = try load(bytes: bytes, environment: environment)
            return []
        } catch {
            return error.faults
        }
    }
}
