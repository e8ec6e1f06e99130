private import Crypto

/// Every table of the store and the version of their description.
package enum Schema {
    /// The version this program writes; 0 is an empty database.
    package static let version: Int64 = 1

    /// All tables, those that are referred to first.
    package static let tables: [Table] = [
        .businessDay, .closeStep, .terms, .scheduleRule,
        .assetRule, .loan, .creditLine, .fundingShare, .loanAnchor, .lenderBalance, .statusChange,
        .assetClass, .provision,
        .fundingRequest, .requestKey, .payout, .outbox, .requestEvidence,
        .requestCallback, .requestResolution, .nonce,
        .fact, .factKey, .distribution, .distributionPart, .factLine,
        .ledger, .obligation, .limitUse, .reserveMovement,
        .routeVolume, .routedShare, .ruleFinding, .coverState, .lossDraw,
        .pool, .poolShare, .poolPayment,
        .keptFile, .receivedFile, .fileDelivery,
        .reconciliation, .lineClaim, .partnerLoanNumber, .statedBalance,
        .reconciliationBreak, .breakEvidence,
        .breakEvent, .breakEventTime, .breakSignature, .breakMovement, .signOff,
        .settlement, .settlementLine, .settlementEvent, .settledDate, .settlementReceipt,
        .instructionDelivery,
        .cashBatch, .cashBooking,
        .configChange, .configChangeFile, .configChangeSetting, .configChangeTime, .configApproved,
    ]

    /// The versions a store has been brought to, each with the fingerprint of its tables.
    package static let versionTable = Table(
        "schema_version", .coordination, .operational,
        [.int64("version"), .blob("fingerprint")], key: ["version"])

    /// SHA-256 over the statements that create the tables: two builds that describe them
    /// differently under one version do not mix.
    package static func fingerprint(_ dialect: Dialect) -> [UInt8] {
        var hasher = SHA256()
        for statement in tables.flatMap({ $0.creation(dialect) }) {
            hasher.update(data: [UInt8](statement.utf8))
        }
        return [UInt8](hasher.finalize())
    }
}
