import Foundation

/// A day's limit of one lender, as it is configured for a run.
struct Quota: Sendable {
    let party: String
    /// Empty for all of the party's agreements together.
    let agreement: String
    /// Whole currency units.
    let units: Int

    var minorUnits: Int64 { Int64(units) * 100 }

    /// Limits a fraction of what so many loans ask for of each lender.
    static func tight(for loans: Int) -> [Quota] {
        [
            Quota(party: "harbor", agreement: "", units: loans * 600),
            Quota(party: "meridian", agreement: "trio", units: loans * 100),
            Quota(party: "platform", agreement: "meridian-80-20", units: loans * 100),
        ]
    }

    /// Adds it to the configuration in a directory.
    func configure(in directory: URL) throws {
        let isOfParty = agreement.isEmpty
        let name = isOfParty ? "parties/\(party).yaml" : "agreements/\(agreement).yaml"
        let entry =
            isOfParty
            ? "{per: day, amount: \"\(units)\", currency: USD}"
            : "{party: \(party), per: day, amount: \"\(units)\"}"
        let file = try FileHandle(forWritingTo: directory.appending(path: "Config/\(name)"))
        defer { try? file.close() }
        try file.seekToEnd()
        try file.write(contentsOf: Data("limits:\n  - \(entry)\n".utf8))
    }
}

/// A loan that asks for room.
struct AskedLoan: Sendable {
    let id: String
    let agreement: String
    /// Whole currency units.
    let principal: Int

    /// Shares of whole per cents, by lender; the configured ones.
    private static let percents: [String: [(party: String, percent: Int64)]] = [
        "trio": [("platform", 20), ("harbor", 50), ("meridian", 30)],
        "harbor-70-30": [("platform", 30), ("harbor", 70)],
        "meridian-80-20": [("platform", 20), ("meridian", 80)],
        "summit-60-40": [("platform", 40), ("summit", 60)],
    ]

    /// What it asks of a lender for one of its limits, minor units.
    func share(of quota: Quota) -> Int64 {
        guard quota.agreement.isEmpty || quota.agreement == agreement else { return 0 }
        let share = Self.percents[agreement]?.first { $0.party == quota.party }
        return Int64(principal) * (share?.percent ?? 0)
    }

    /// As it stands in an import file.
    var row: String {
        "\(id),B-\(id),instalment-loan,\(principal).00,USD,12.5,24,2026-01-01T09:00:00Z,"
            + "\(agreement),2026-02-01\n"
    }

    static let header =
        "loan_id,borrower_id,product,principal,currency,annual_rate_percent,instalments,"
        + "approved_at,agreement,first_due_on\n"
}
