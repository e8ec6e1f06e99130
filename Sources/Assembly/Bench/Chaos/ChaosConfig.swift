import BusinessCalendar
import LendingRules
import Settings

/// The platform's configuration of a round.
struct ChaosConfig: Sendable {
    let date: BusinessDate
    let banks: [ChaosScenario]
    /// Addresses of the banks, in their order.
    let endpoints: [String]
    /// Certificates to believe, of banks that speak TLS.
    let authorityFile: String
    /// The payment channel and its address.
    let channel: (scenario: ChaosScenario, endpoint: String)?

    /// Contents by path below the configuration directory.
    var files: [(path: String, text: String)] {
        let common = ["calendars/US.yaml", "chart-of-accounts.yaml", "parties/platform.yaml"]
        let sample = Scaffold.minimal(firstDate: date).files
        return sample.filter { common.contains($0.path) || $0.path.hasPrefix("products/") }
            + [(path: "platform.yaml", text: platform)]
            + zip(banks, endpoints).map {
                (path: "parties/\($0.name).yaml", text: party($0, $1))
            }
            + ChaosLoans.agreements(of: banks.count).map {
                (path: "agreements/\($0.name).yaml", text: agreement($0))
            }
            + (channel.map {
                [
                    (
                        path: "parties/\($0.scenario.name).yaml",
                        text: clearing($0.scenario, $0.endpoint)
                    )
                ]
            } ?? [])
    }

    private var platform: String {
        """
        party: platform
        name: Chaos Lending
        zone: UTC
        cutOff: "23:00"
        firstDate: \(date)
        currency: USD

        """
    }

    /// Time-outs are short, and what is down is soon tried again.
    private func party(_ bank: ChaosScenario, _ endpoint: String) -> String {
        """
        party: \(bank.name)
        name: Bank \(bank.name)
        kind: bank
        endpoint: \(endpoint)
        signing: {profile: hmac-sha256, secretEnv: \(ChaosScenario.variable(bank.name))}
        timeouts: {connectMilliseconds: 800, totalMilliseconds: 1000}
        inFlight: 64
        batch: \(bank.role == .plain ? 20 : 1)
        settleSeconds: \(ChaosScenario.settleSeconds(bank.role))
        computation: scale
        toleranceMinorUnits: 0
        askLimit: 5
        inDoubtDays: 1
        line:
          breaker: {openMilliseconds: 100}
          retries: {pauseMilliseconds: 10}\(tls(bank))
        settlement: {ifMissing: hold}

        """
    }

    private func tls(_ bank: ChaosScenario) -> String {
        bank.certificate == nil ? "" : "\n  tls: {authorityFile: \"\(authorityFile)\"}"
    }

    private func clearing(_ house: ChaosScenario, _ endpoint: String) -> String {
        """
        party: \(house.name)
        name: Channel
        kind: clearing
        endpoint: \(endpoint)
        signing: {profile: hmac-sha256, secretEnv: \(ChaosScenario.variable(house.name))}
        timeouts: {connectMilliseconds: 800, totalMilliseconds: 1000}
        account: \(house.name)-account
        from: \(date)
        fee: {fixed: "0.10", rate: "0.25%"}
        payouts: {tries: 2, settleSeconds: 1, askLimit: 5}
        line:
          breaker: {openMilliseconds: 100}
          retries: {pauseMilliseconds: 10}

        """
    }

    private func agreement(_ agreement: ChaosAgreement) -> String {
        let lenders =
            switch agreement.lenders {
            case .solo(let bank): [("platform", 30), (banks[bank].name, 70)]
            case .pair(let first, let second):
                [("platform", 20), (banks[first].name, 50), (banks[second].name, 30)]
            }
        let rule = agreement.requests == 1 ? "platform" : "decline"
        let fallback = agreement.fallback.map { banks[$0].name }.joined(separator: ", ")
        let payer = agreement.payer.map { "payer: \(banks[$0].name)\n" } ?? ""
        return """
            agreement: \(agreement.name)
            effectiveFrom: \(date)
            currency: USD
            products: [instalment-loan]
            lenders:
            \(lenders.map { "  - {party: \($0.0), share: \"\($0.1)%\"}" }.joined(separator: "\n"))
            fallback: [\(fallback)]
            onRefusal: \(rule)
            partialAcceptance: \(agreement.acceptsParts)
            disbursement: \(agreement.way.rawValue)
            \(payer)settlement: {lagDays: 1, calendar: US}

            """
    }
}
