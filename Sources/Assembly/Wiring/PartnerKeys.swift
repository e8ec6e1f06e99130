import LendingRules
import PartnerGateway
import Settings

/// The keys of one party's line: where the settings say they are, in the form its profile needs.
struct PartnerKeys {
    let signing: SigningSettings
    let environment: [String: String]

    /// What signs and checks at a time in Unix seconds; keys that are past their time are left out,
    /// whether they are still there or not.
    ///
    /// - Throws: ``ConfigurationFault`` CONF-018, CONF-020 or CONF-021.
    func signer(now: Int64) throws(ConfigurationFault) -> MessageSigner {
        for keys in sides { try requireValid(keys, now: now) }
        var own: [SigningKey] = []
        for key in signing.ownKeys where now < key.untilSeconds { own.append(try signingKey(key)) }
        var partner: [VerifyingKey] = []
        for key in checking where now < key.untilSeconds { partner.append(try verifyingKey(key)) }
        return MessageSigner(own: own, partner: partner)
    }

    /// What is wrong with the keys that are there. One that is not there concerns only who uses it.
    func faults(now: Int64) -> [ConfigurationFault] {
        var faults: [ConfigurationFault] = []
        for keys in sides {
            do throws(ConfigurationFault) { try requireValid(keys, now: now) } catch {
                faults.append(error)
            }
        }
        for key in keys where now < key.untilSeconds && key.isSet(in: environment) {
            do throws(ConfigurationFault) { try check(key) } catch { faults.append(error) }
        }
        return faults
    }

    /// Reads a key as its profile needs it.
    ///
    /// - Throws: ``ConfigurationFault`` CONF-018 or CONF-020.
    func check(_ key: KeySettings) throws(ConfigurationFault) {
        if key.isSecret { _ = try signingKey(key) } else { _ = try verifyingKey(key) }
    }

    /// Every key of either side.
    var keys: [KeySettings] { signing.ownKeys + signing.partnerKeys }

    /// Each side's keys where they are not the same.
    private var sides: [[KeySettings]] {
        [signing.ownKeys] + (signing.partnerKeys.isEmpty ? [] : [signing.partnerKeys])
    }

    private var checking: [KeySettings] {
        signing.profile.isShared ? signing.ownKeys : signing.partnerKeys
    }

    /// - Throws: ``ConfigurationFault`` CONF-021 when none of the keys counts.
    func requireValid(_ keys: [KeySettings], now: Int64) throws(ConfigurationFault) {
        guard let first = keys.first, !keys.contains(where: { $0.counts(at: now) }) else { return }
        let times = keys.map { key in
            [key.validFrom.map { "from \($0)" }, key.validUntil.map { "until \($0)" }]
                .compactMap(\.self).joined(separator: " ")
        }
        throw first.fault(
            .noValidKey, "no key counts today (\(times.joined(separator: ", ")))",
            environment: environment,
            allowed: "add one that does, or correct validFrom and validUntil")
    }

    private func signingKey(_ key: KeySettings) throws(ConfigurationFault) -> SigningKey {
        try read(key) { content throws(KeyFault) in
            try SigningKey(content, profile: signing.gatewayProfile, validity: key.validity)
        }
    }

    private func verifyingKey(_ key: KeySettings) throws(ConfigurationFault) -> VerifyingKey {
        try read(key) { content throws(KeyFault) in
            try VerifyingKey(content, profile: signing.gatewayProfile, validity: key.validity)
        }
    }

    private func read<Key>(
        _ key: KeySettings, as make: ([UInt8]) throws(KeyFault) -> Key
    ) throws(ConfigurationFault) -> Key {
        let content = try key.content(environment: environment)
        do throws(KeyFault) {
            return try content.withBytes(make)
        } catch {
            throw key.fault(
                .unusableKey, "no key for \(signing.profile.rawValue): \(error)",
                environment: environment, allowed: signing.profile.wanted(key.isSecret))
        }
    }
}

extension KeySettings {
    fileprivate var validity: KeyValidity { KeyValidity(from: fromSeconds, until: untilSeconds) }
}

extension SigningSettings {
    fileprivate var gatewayProfile: SignatureProfile {
        switch profile {
        case .hmacSHA256: .hmacSHA256
        case .ed25519: .ed25519
        case .rsaPSS: .rsaPSS
        case .rsaPKCS1: .rsaPKCS1
        case .sm2SM3: .sm2(form == .der ? .der : .raw)
        }
    }
}

extension SigningSettings.Profile {
    /// What to put there, to stand behind a semicolon.
    fileprivate func wanted(_ isSecret: Bool) -> String {
        let kind =
            switch self {
            case .hmacSHA256: ""
            case .ed25519: "Ed25519"
            case .rsaPSS, .rsaPKCS1: "RSA"
            case .sm2SM3: "SM2"
            }
        guard !isShared else { return "it needs the secret's bytes, or base64: and their base64" }
        return isSecret
            ? "it needs our \(kind) private key as PEM (PKCS#8) without a pass phrase"
            : "it needs the partner's \(kind) public key as PEM (SubjectPublicKeyInfo)"
    }
}
