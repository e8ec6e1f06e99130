extension Sample {
    /// The demonstration with agreements in which losses are shared in every way there is.
    static let insured = {
        var contents = demonstration
        contents["agreements/harbor-70-30.yaml"]? += lossSharing
        contents["agreements/insured.yaml"] = insuredAgreement
        contents["parties/keystone.yaml"] = "party: keystone\nname: K\nkind: guarantor\n"
        return contents
    }()

    static let lossSharing = """
        lossSharing:
          - name: first-loss
            provider: keystone
            lenders: [harbor]
            trigger: 90
            way: invocation
            covers: principal-and-interest
            share: 80%
            cover:
              kind: frozen-set
              percent: 5%
              setLimit: "400000.00"
              per: vintage-year
              latestDaysPastDue: 120
              expiresOn: 2028-12-31
              restored: true
          - name: guarantee
            provider: platform
            trigger: instruction
            way: compensation
            scope: instalment
            cover: {kind: outstanding, percent: 1/20}
          - name: own-ratio
            trigger: charge-off
            shares: {platform: 50%, harbor: 50%}
        chargeOff: {daysPastDue: 180}

        """

    static let insuredAgreement =
        agreement(
            loss: """
                  - name: mezzanine
                    tranches:
                      - {name: equity, provider: platform, amount: "10000.00"}
                      - {name: mezzanine, provider: keystone, amount: "20000.00"}
                    trigger: 90
                    way: compensation
                  - name: reserve
                    provider: platform
                    trigger: charge-off
                    way: invocation
                    cover: {kind: reserve, amount: "50000.00", replenish: true}
                  - name: top
                    provider: keystone
                    trigger: charge-off
                    way: invocation
                    cover:
                      kind: reserve
                      amount: "50000.00"
                      topUp: {every: quarter, atMost: "75000.00"}
                  - name: last
                    provider: platform
                    trigger: charge-off
                    way: invocation
                    cover: {kind: reserve, amount: "1.00", per: year, topUp: {every: month}}
                """
        ).replacing("harbor-70-30", with: "insured")

    /// An agreement of the smallest configuration whose layers begin at its line 9.
    static func agreement(loss: String, more: String = "") -> String {
        """
        agreement: harbor-70-30
        effectiveFrom: 2026-01-01
        currency: USD
        products: [instalment-loan]
        lenders: [{party: platform, share: 30%}, {party: harbor, share: 70%}]
        onRefusal: platform
        settlement: {lagDays: 1, calendar: US}
        lossSharing:
        \(loss)
        \(more)

        """
    }
}
