extension Sample {
    /// The demonstration with an agreement in which tiers say who lends what, in every way there
    /// is.
    static let tiered = {
        var contents = demonstration
        contents["agreements/trio.yaml"] = tieredAgreement
        contents["parties/keystone.yaml"] = "party: keystone\nname: K\nkind: guarantor\n"
        return contents
    }()

    static let tieredAgreement = """
        agreement: tiered
        effectiveFrom: 2026-01-01
        currency: USD
        products: [equal-principal-loan, instalment-loan]
        lenders:
          - {party: platform}
          - {party: harbor}
          - {party: meridian}
          - {party: summit}
        tiers:
          - name: small
            when: {amount: {to: "5000.00"}, instalments: {from: 1, to: 24}}
            slices:
              - {party: platform, rest: true, minimum: "10%"}
              - route: main
                targets: [{party: harbor, target: "60%"}, {party: meridian, target: 2/5}]
                share: "70%"
                maximum: "3000.00"
          - name: good
            when:
              amount: {from: "5000.01", to: "50000.00"}
              instalments: {to: 24}
              grades: [A, B+]
              regions: [US-CA]
              products: [instalment-loan]
              channels: [app]
            slices:
              - {party: harbor, share: "100%"}
              - {party: platform, share: "0%"}
          - name: all-others
            otherwise: true
            slices:
              - {party: platform, rest: true}
              - {party: harbor, amount: "100.00"}
              - {waterfall: [meridian, summit], share: "80%"}
        onRefusal: platform
        settlement: {lagDays: 1, calendar: US}

        """

    static let roster = "[{party: platform}, {party: harbor}]"

    /// An agreement of the smallest configuration under tiers, which begin at its line 8.
    static func agreement(
        tiers: String, more: String = "", lenders: String = roster,
        pricing: String = "{way: borrower-rate}"
    ) -> String {
        """
        agreement: harbor-70-30
        effectiveFrom: 2026-01-01
        currency: USD
        products: [instalment-loan]
        lenders: \(lenders)
        pricing: \(pricing)
        tiers:
        \(tiers)
        onRefusal: platform
        settlement: {lagDays: 1, calendar: US}
        \(more)

        """
    }
}
