package import BusinessCalendar

/// How requests to a bank and its answers are signed.
package struct SigningSettings: Hashable, Sendable {
    /// Ways of signing that this system speaks.
    package enum Profile: String, Sendable, CaseIterable {
        case hmacSHA256 = "hmac-sha256"
        case ed25519
        case rsaPSS = "rsa-pss-sha256"
        case rsaPKCS1 = "rsa-pkcs1-sha256"
        case sm2SM3 = "sm2-sm3"

        /// Whether both sides sign under one secret.
        package var isShared: Bool { self == .hmacSHA256 }
    }

    /// How SM2 signatures are written.
    package enum Form: String, Sendable, CaseIterable {
        case der
        case raw
    }

    package let profile: Profile
    /// Of SM2 signatures; the other profiles have one form only.
    package let form: Form
    /// Names the platform to the partner; nil for the platform's own name.
    package let keyID: String?
    /// What signs: a secret or private key, two while they are being rotated.
    package let ownKeys: [KeySettings]
    /// The partner's public keys, at most two; none where one secret is shared.
    package let partnerKeys: [KeySettings]
}

/// Where a key is found, and the time for which it counts.
package struct KeySettings: Hashable, Sendable {
    /// Most keys of a side at once: the present one and the one before or after it.
    package static let most = 2

    /// The environment variable that holds it; with `_FILE` behind it, the path of a file.
    package let variable: String
    /// The setting that names the variable, such as `signing.secretEnv`.
    package let setting: String
    /// Whether nobody else may know it.
    package let isSecret: Bool
    /// The first day, in UTC, on which it counts; nil for always.
    package let validFrom: BusinessDate?
    /// The last day, in UTC, on which it counts; nil for ever.
    package let validUntil: BusinessDate?
}

extension KeySettings {
    /// Seconds of a UTC day.
    private static let daySeconds: Int64 = 86_400

    /// The first second, in Unix time, in which it counts.
    package var fromSeconds: Int64 {
        validFrom.map { Int64($0.dayNumber) * Self.daySeconds } ?? .min
    }

    /// The first second, in Unix time, in which it no longer counts.
    package var untilSeconds: Int64 {
        validUntil.map { (Int64($0.dayNumber) + 1) * Self.daySeconds } ?? .max
    }

    /// Whether it counts at a time in Unix seconds.
    package func counts(at seconds: Int64) -> Bool {
        fromSeconds <= seconds && seconds < untilSeconds
    }
}
