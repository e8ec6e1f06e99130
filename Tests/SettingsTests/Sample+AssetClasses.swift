extension Sample {
    /// The demonstration with ladders: one of harbor's that changes, one for all others.
    static let classed = {
        var contents = demonstration
        contents["parties/harbor.yaml"]? += """
            assetClasses:
              - effectiveFrom: 2026-01-01
                ladder: {specialMention: 1, substandard: 91, doubtful: 271, loss: 361}
                nonAccrual: substandard
                chargedOff: loss
                upgrade: fewer-days
                observationMonths: 6
                observedFrom: doubtful
                provisions:
                  normal: 1%
                  specialMention: 2%
                  substandard: 25%
                  doubtful: 1/2
                  loss: 100%
                provisionsOf: principal-and-interest
                crossDefault: every-lender
              - effectiveFrom: 2026-07-01
                ladder: {substandard: 61}

            """
        contents["platform.yaml"]? += """
            assetClasses:
              - effectiveFrom: 2026-02-01
                ladder: {specialMention: 1, substandard: 91, doubtful: 181, loss: 366}
                nonAccrual: substandard
                chargedOff: loss
                upgrade: arrears-paid
                observationMonths: 0
                observedFrom: substandard
                provisions:
                  {normal: 0%, specialMention: 1%, substandard: 20%, doubtful: 40%, loss: 80%}
                provisionsOf: principal
                crossDefault: lender
              - effectiveFrom: 2026-03-01
                ladder: {substandard: 91}

            """
        return contents
    }()
}
