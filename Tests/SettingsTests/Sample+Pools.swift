extension Sample {
    /// The demonstration with a pool that says no more of itself than it has to.
    static let pooled = {
        var contents = demonstration
        contents["parties/vehicle.yaml"] = "party: vehicle\nname: V\nkind: spv\n"
        contents["pools/spring.yaml"] = pool
        contents["pools/sale.yaml"] = """
            pool: sale
            cutOff: 2026-03-31
            settlesOn: 2026-04-10
            buyer: vehicle
            price: "98.5%"

            """
        return contents
    }()

    static let pool = """
        pool: spring
        cutOff: 2026-03-31
        settlesOn: 2026-04-10
        buyer: vehicle
        price: par
        select:
          limits: [{each: region, atMost: 40%}]
        notes:
          tranches: [{name: senior, holder: fund, original: 800.00, rate: 6}]
          servicing: {payee: platform, rate: 1}
          expenses: [{name: trustee, payee: trustee, amount: 1.00}]
          reserve: {initial: 10.00}
          triggers: [{name: late, measure: past-due, bound: 10%}]
          cleanUp: {buyer: platform, atMost: 10%}
          payments: {first: 2026-05-15}
          final: 2031-05-15
          residual: platform

        """
}
