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
