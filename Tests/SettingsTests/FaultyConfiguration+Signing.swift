extension FaultyConfiguration {
    private static let profile = "  profile: hmac-sha256\n"

    /// Keys, their times and what a profile needs of them.
    static let signing = [
        FaultyConfiguration(
            "an unknown profile", "parties/harbor.yaml", "hmac-sha256", "hmac-sha265",
            """
            CONF-010: "hmac-sha265" is no signing profile, at signing.profile \
            (Config/parties/harbor.yaml:6:12); did you mean hmac-sha256? it needs one of \
            hmac-sha256, ed25519, rsa-pss-sha256, rsa-pkcs1-sha256, sm2-sm3
            """),
        FaultyConfiguration(
            "a profile without the partner's key", "parties/harbor.yaml", "hmac-sha256", "ed25519",
            """
            CONF-008: a key is missing, at signing.partnerKeys (Config/parties/harbor.yaml:6:3); \
            ed25519 needs the partner's public key: a list of one, or of two during a rotation, \
            each with keyEnv
            """),
        FaultyConfiguration(
            "a public key where a secret is shared", "parties/harbor.yaml", profile,
            profile + "  partnerKeys: [{keyEnv: THEIRS}]\n",
            """
            CONF-019: hmac-sha256 has no public keys, at signing.partnerKeys \
            (Config/parties/harbor.yaml:7:16); both sides use the secret; leave partnerKeys out
            """),
        FaultyConfiguration(
            "three keys of the partner's", "parties/harbor.yaml", profile,
            "  profile: ed25519\n  partnerKeys: [{keyEnv: A}, {keyEnv: B}, {keyEnv: C}]\n",
            """
            CONF-011: 3 keys stand there, at signing.partnerKeys \
            (Config/parties/harbor.yaml:7:16); at most 2 count at once
            """),
        FaultyConfiguration(
            "the same key twice", "parties/harbor.yaml", profile,
            "  profile: ed25519\n  partnerKeys: [{keyEnv: A}, {keyEnv: A}]\n"
                + "  next: {secretEnv: COLEND_HARBOR_SECRET}\n",
            """
            CONF-014: A stands twice, at signing.partnerKeys[2].keyEnv \
            (Config/parties/harbor.yaml:7:39); each key has a variable of its own
            CONF-014: COLEND_HARBOR_SECRET stands twice, at signing.next.secretEnv \
            (Config/parties/harbor.yaml:8:21); each key has a variable of its own
            """),
        FaultyConfiguration(
            "a key in place of its variable", "parties/harbor.yaml", profile,
            "  profile: ed25519\n  partnerKeys: [{key: hunter2}]\n",
            """
            CONF-008: a key is missing, at signing.partnerKeys[1].keyEnv \
            (Config/parties/harbor.yaml:7:17); it needs the name of an environment variable: \
            capitals, digits and _
            CONF-007: unknown key, at signing.partnerKeys[1].key \
            (Config/parties/harbor.yaml:7:18); allowed here: keyEnv, validFrom, validUntil
            """),
        FaultyConfiguration(
            "a key that ends before it begins", "parties/harbor.yaml", profile,
            profile + "  validFrom: 2026-02-01\n  validUntil: 2026-01-31\n",
            """
            CONF-019: the last day is before the first, at signing.validUntil \
            (Config/parties/harbor.yaml:8:15); it needs a date from 2026-02-01 on
            """),
        FaultyConfiguration(
            "a secret in a file during a rotation", "parties/harbor.yaml", profile,
            profile + "  next: {privateKey: hunter2}\n",
            """
            CONF-008: a key is missing, at signing.next.secretEnv \
            (Config/parties/harbor.yaml:7:9); it needs the name of an environment variable: \
            capitals, digits and _
            CONF-016: a secret must not stand in a file, at signing.next.privateKey \
            (Config/parties/harbor.yaml:7:10); put it into the environment variable named by \
            signing.secretEnv, or into a file named by that variable with _FILE behind it
            """),
        FaultyConfiguration(
            "a form that the profile has not", "parties/harbor.yaml", profile,
            profile + "  signatureForm: raw\n",
            """
            CONF-019: hmac-sha256 has one form only, at signing.signatureForm \
            (Config/parties/harbor.yaml:7:18); only signatures of sm2-sm3 are written in several \
            ways
            """),
        FaultyConfiguration(
            "a name that no header holds", "parties/harbor.yaml", profile,
            profile + "  keyId: \"north, wind\"\n",
            """
            CONF-010: "north, wind" is no name, at signing.keyId \
            (Config/parties/harbor.yaml:7:10); it needs a name of up to 80 letters, digits and \
            - . _ : @ / +
            """),
    ]
}
