import Operations

/// A house whose terms leave something to choose: two agreements for one product, one to come.
enum TestLending {
    static func house() throws -> TestHouse {
        let shares = [(TestTerms.platform, "50%"), (TestTerms.harbor, "1/2")]
        return try TestHouse(
            catalogue: try TestTerms.catalogue(agreements: [
                try TestTerms.agreement("one", ["contested"], shares),
                try TestTerms.agreement("two", ["contested"], shares),
                try TestTerms.agreement(
                    "later", ["instalment-loan"], shares, from: "2026-02-01"),
                try TestTerms.agreement(
                    "one", ["contested"], [(TestTerms.harbor, "100%")], from: "2025-01-01"),
            ]))
    }
}
