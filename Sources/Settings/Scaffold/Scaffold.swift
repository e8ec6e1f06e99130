package import BusinessCalendar
package import LendingRules

/// The first files of a configuration directory, with comments: one text per path.
///
/// `Config/` of the repository is exactly ``demonstration``, which a test keeps so.
package struct Scaffold: Sendable {
    /// A partner bank to write a file for.
    package struct Bank: Hashable, Sendable {
        package let name: String
        /// As people read it.
        package let title: String
        package let computation: LenderComputation.Name
        package let endpoint: String

        package init(
            name: String, title: String, computation: LenderComputation.Name, endpoint: String
        ) {
            self.name = name
            self.title = title
            self.computation = computation
            self.endpoint = endpoint
        }

        /// The environment variable of the bank's secret: `COLEND_HARBOR_SECRET`.
        package var secretVariable: String {
            "COLEND_" + name.uppercased().replacing("-", with: "_") + "_SECRET"
        }
    }

    /// One lender of an agreement, and the percentage of collected interest it pays as a fee.
    struct Lender {
        let party: String
        let percent: Int
        var feePercent: Int? = nil
        /// How its part is computed, where not on the scales.
        var computation: LenderComputation.Name? = nil
    }

    /// An agreement to write a file for.
    struct Contract {
        let name: String
        let lenders: [Lender]
        let onRefusal: String
        /// Whether lines of credit are lent under it.
        var takesLines = false
        /// Who pays for the losses of its banks, in the words of the file; empty for nobody.
        var lossSharing = ""
    }

    let firstDate: BusinessDate
    let banks: [Bank]
    let contracts: [Contract]
    let products: [String]
    /// Those that open lines of credit.
    var lines: [String] = []
    /// Who answer for losses and do not lend.
    var guarantors: [String] = []
    /// The address of the clearing, or nil for none.
    let clearing: String?
    /// Who pays borrowers, in every agreement; the first bank where one lender pays everything.
    var disbursement = DisbursementWay.Name.reimburse

    /// Contents by path below the configuration directory, in order of path.
    package var files: [(path: String, text: String)] {
        var texts = [
            "platform.yaml": platform, "parties/platform.yaml": platformParty,
            "calendars/US.yaml": Scaffold.calendar, "chart-of-accounts.yaml": Scaffold.chart,
        ]
        for bank in banks { texts["parties/\(bank.name).yaml"] = party(bank) }
        for name in guarantors { texts["parties/\(name).yaml"] = guarantor(name) }
        if let clearing { texts["parties/clearing.yaml"] = self.clearing(clearing) }
        for contract in contracts {
            texts["agreements/\(contract.name).yaml"] = agreement(contract)
        }
        for product in products { texts["products/\(product).yaml"] = Scaffold.product(product) }
        for line in lines { texts["products/\(line).yaml"] = Scaffold.lineProducts[line] }
        return texts.sorted { $0.key < $1.key }.map { (path: $0.key, text: $0.value) }
    }
}

extension Scaffold {
    /// The smallest useful set, for `colend init`: one bank, one agreement, one product.
    package static func minimal(firstDate: BusinessDate) -> Scaffold {
        Scaffold(
            firstDate: firstDate, banks: Array(demonstrationBanks.prefix(1)),
            contracts: Array(demonstrationContracts.prefix(1)), products: ["instalment-loan"],
            clearing: nil)
    }

    /// Three banks, a clearing and four agreements, as in `Config/`.
    ///
    /// `endpoints` replaces the addresses of banks and clearing by name, `disbursement` the way in
    /// which every agreement pays borrowers; with `sharesLosses` a guarantor and covers pay for
    /// losses.
    package static func demonstration(
        firstDate: BusinessDate, endpoints: [String: String] = [:],
        disbursement: DisbursementWay.Name = .reimburse, sharesLosses: Bool = false
    ) -> Scaffold {
        let banks = demonstrationBanks.map { bank in
            Bank(
                name: bank.name, title: bank.title, computation: bank.computation,
                endpoint: endpoints[bank.name] ?? bank.endpoint)
        }
        var contracts = demonstrationContracts
        for place in contracts.indices where sharesLosses {
            contracts[place].lossSharing = demonstrationLosses[contracts[place].name] ?? ""
        }
        return Scaffold(
            firstDate: firstDate, banks: banks, contracts: contracts,
            products: ["equal-principal-loan", "instalment-loan"],
            lines: ["cash-line", "pay-later"], guarantors: sharesLosses ? ["keystone"] : [],
            clearing: endpoints["clearing"] ?? "http://127.0.0.1:8104",
            disbursement: disbursement)
    }

    private static let demonstrationBanks = [
        Bank(
            name: "harbor", title: "Harbor Bank", computation: .scale,
            endpoint: "http://127.0.0.1:8101"),
        Bank(
            name: "meridian", title: "Meridian Bank", computation: .perInstalment,
            endpoint: "http://127.0.0.1:8102"),
        Bank(
            name: "summit", title: "Summit Trust", computation: .ownSchedule,
            endpoint: "http://127.0.0.1:8103"),
    ]

    private static let demonstrationContracts = [
        Contract(
            name: "harbor-70-30",
            lenders: [
                Lender(party: "platform", percent: 30),
                Lender(party: "harbor", percent: 70, feePercent: 8),
            ], onRefusal: "platform", takesLines: true),
        Contract(
            name: "meridian-80-20",
            lenders: [
                Lender(party: "platform", percent: 20),
                Lender(
                    party: "meridian", percent: 80, feePercent: 10, computation: .perInstalment),
            ], onRefusal: "platform"),
        Contract(
            name: "summit-60-40",
            lenders: [
                Lender(party: "platform", percent: 40),
                Lender(party: "summit", percent: 60, feePercent: 6),
            ], onRefusal: "platform"),
        Contract(
            name: "trio",
            lenders: [
                Lender(party: "platform", percent: 20),
                Lender(party: "harbor", percent: 50, feePercent: 8),
                Lender(party: "meridian", percent: 30, feePercent: 8),
            ], onRefusal: "decline"),
    ]
}
