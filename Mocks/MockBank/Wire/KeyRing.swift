// The keys of a house: what signs its answers, and what checks the platform's requests.

/// A way of signing, as the protocol names it.
package enum SigningProfile: String, CaseIterable, Sendable {
    case hmac = "hmac-sha256"
    case ed25519
    case rsaPSS = "rsa-pss-sha256"
    case rsaPKCS1 = "rsa-pkcs1-sha256"
    case sm2 = "sm2-sm3"
}

/// How an SM2 signature is written: as an ASN.1 sequence, or as r ‖ s.
package enum SignatureForm: String, CaseIterable, Sendable {
    case der
    case raw
}

/// Which keys a scenario wants, by the environment variables that hold them.
package struct KeyNames: Equatable, Sendable {
    package let profile: SigningProfile
    package let form: SignatureForm
    /// The house's own: secrets, or private keys; all of them sign.
    package let own: [String]
    /// The platform's public keys; none where one secret is shared.
    package let platform: [String]
}

/// The keys themselves; any of the platform's is accepted, all of the house's sign.
package struct KeyRing: Sendable {
    let own: [any Seal]
    let platform: [any Seal]

    /// One secret for both sides, or several while they rotate.
    package init(secrets: [[UInt8]]) {
        let seals = secrets.map { SecretSeal($0) }
        self.init(own: seals, platform: seals)
    }

    private init(own: [any Seal], platform: [any Seal]) {
        self.own = own
        self.platform = platform
    }

    /// Reads every key that is named; throws the name of the first one that cannot be used.
    package init(
        _ names: KeyNames, content: (String) -> [UInt8]?
    ) throws(UnusableKey) {
        guard names.profile != .hmac else {
            var secrets: [[UInt8]] = []
            for name in names.own {
                guard let secret = content(name), !secret.isEmpty else {
                    throw UnusableKey(name: name, isMissing: true)
                }
                secrets.append(secret)
            }
            self.init(secrets: secrets)
            return
        }
        var own: [any Seal] = []
        for name in names.own {
            own.append(try Self.seal(name, names, content(name), isPrivate: true))
        }
        var platform: [any Seal] = []
        for name in names.platform {
            platform.append(try Self.seal(name, names, content(name), isPrivate: false))
        }
        self.init(own: own, platform: platform)
    }

    private static func seal(
        _ name: String, _ names: KeyNames, _ pem: [UInt8]?, isPrivate: Bool
    ) throws(UnusableKey) -> any Seal {
        guard let pem, !pem.isEmpty else { throw UnusableKey(name: name, isMissing: true) }
        let seal: (any Seal)? =
            switch names.profile {
            case .hmac: SecretSeal(pem)
            case .ed25519: EdwardsSeal(pem: pem, isPrivate: isPrivate)
            case .rsaPSS: LibrarySeal(pem: pem, isPrivate: isPrivate, .rsaPSS)
            case .rsaPKCS1: LibrarySeal(pem: pem, isPrivate: isPrivate, .rsaPKCS1)
            case .sm2:
                LibrarySeal(pem: pem, isPrivate: isPrivate, .sm2(isRaw: names.form == .raw))
            }
        guard let seal else { throw UnusableKey(name: name, isMissing: false) }
        return seal
    }
}

extension KeyRing: ExpressibleByArrayLiteral {
    /// Shared secrets.
    package init(arrayLiteral secrets: [UInt8]...) { self.init(secrets: secrets) }
}

/// A key that is not there, or is none of the scenario's profile.
package struct UnusableKey: Error, Equatable {
    /// The environment variable that should hold it.
    package let name: String
    package let isMissing: Bool
}
