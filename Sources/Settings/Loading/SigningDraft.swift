import BusinessCalendar

extension SigningSettings {
    /// Reads `signing` of a party; the keys themselves are not looked at.
    init?(_ section: Section) {
        let profile = section.value("profile", Rule<Profile>.choice("signing profile"))
        section.forbidSecrets()
        let keyID = section.optional("keyId", .headerWord)
        let form = section.optional("signatureForm", Rule<Form>.choice("form of a signature"))
        let own = SigningSettings.ownKeys(section)
        let partner = SigningSettings.partnerKeys(section, of: profile?.value)
        section.finish()
        if let form, profile != nil, profile?.value != .sm2SM3 {
            section.findings.report(
                .contradiction, "\(profile?.value.rawValue ?? "") has one form only", key: form.key,
                at: form.place, allowed: "only signatures of sm2-sm3 are written in several ways")
        }
        guard let profile, let own, let partner else { return nil }
        self.init(
            profile: profile.value, form: form?.value ?? .der, keyID: keyID?.value, ownKeys: own,
            partnerKeys: partner)
    }

    private static func ownKeys(_ section: Section) -> [KeySettings]? {
        let current = section.key(
            "secretEnv", isSecret: true, environment: section.overrides?.environment)
        guard section.written("next") != nil else { return current.map { [$0.value] } }
        let below = section.section("next")
        below?.forbidSecrets()
        let next = below?.key(
            "secretEnv", isSecret: true, environment: section.overrides?.environment)
        below?.finish()
        guard let current, let next else { return nil }
        section.requireDistinct([current, next])
        return [current.value, next.value]
    }

    /// Nil when the profile wants other keys than those that stand there.
    private static func partnerKeys(_ section: Section, of profile: Profile?) -> [KeySettings]? {
        let place = section.place(of: "partnerKeys")
        let key = section.path("partnerKeys")
        guard section.written("partnerKeys") != nil else {
            guard let profile, !profile.isShared else { return [] }
            section.findings.report(
                .missingKey, "a key is missing", key: key, at: place,
                allowed: "\(profile.rawValue) needs the partner's public key: a list of one, or of "
                    + "two during a rotation, each with keyEnv")
            return nil
        }
        if profile?.isShared == true {
            section.findings.report(
                .contradiction, "\(Profile.hmacSHA256.rawValue) has no public keys", key: key,
                at: place, allowed: "both sides use the secret; leave partnerKeys out")
        }
        let keys = section.sections("partnerKeys", isRequired: true).map { entry in
            let key = entry.key(
                "keyEnv", isSecret: false, environment: section.overrides?.environment)
            entry.finish()
            return key
        }
        if keys.count > KeySettings.most {
            section.findings.report(
                .outOfRange, "\(keys.count) keys stand there", key: key, at: place,
                allowed: "at most \(KeySettings.most) count at once")
        }
        section.requireDistinct(keys.compactMap(\.self))
        return keys.contains { $0 == nil } ? nil : keys.compactMap { $0?.value }
    }
}

extension Section {
    /// Where a key is found and for how long it counts.
    ///
    /// No variable overrides what stands in a list, so its sections do not know the environment.
    fileprivate func key(
        _ name: String, isSecret: Bool, environment: [String: String]?
    ) -> Located<KeySettings>? {
        let variable = value(name, .variableName)
        let from = optional("validFrom", .date)
        let until = optional("validUntil", .date)
        if let from, let until, until.value < from.value {
            findings.report(
                .contradiction, "the last day is before the first", key: until.key, at: until.place,
                allowed: "it needs a date from \(from.value) on")
        }
        guard let variable else { return nil }
        noteKey(variable.value, isSecret: isSecret, environment ?? [:])
        let settings = KeySettings(
            variable: variable.value, setting: variable.key, isSecret: isSecret,
            validFrom: from?.value, validUntil: until?.value)
        return Located(value: settings, key: variable.key, place: variable.place)
    }

    fileprivate func requireDistinct(_ keys: [Located<KeySettings>]) {
        for (index, key) in keys.enumerated()
        where keys.prefix(index).contains(where: { $0.value.variable == key.value.variable }) {
            findings.report(
                .repeatedName, "\(key.value.variable) stands twice", key: key.key, at: key.place,
                allowed: "each key has a variable of its own")
        }
    }

    /// Keys under which people keep secrets; the value is never repeated.
    func forbidSecrets() {
        for name in ["secret", "secretKey", "privateKey", "password", "token", "key"] {
            forbid(
                name, .secretInFile, "a secret must not stand in a file",
                allowed: "put it into the environment variable named by signing.secretEnv, "
                    + "or into a file named by that variable with _FILE behind it")
        }
    }

    /// Says where the key comes from, and never what it is.
    private func noteKey(
        _ variable: String, isSecret: Bool, _ environment: [String: String]
    ) {
        let names = [variable, variable + "_FILE"]
        for name in names { findings.note(variable: name) }
        let given = names.first { !(environment[$0] ?? "").isEmpty }
        let place = Place.environment(variable: given ?? variable)
        findings.note(
            SettingOrigin(
                file: file, key: path(isSecret ? "secret" : "key"),
                value: given == nil ? "(not set)" : "(redacted)", source: .written(place)))
    }
}

extension Rule where Value == String {
    /// What may stand in a header: no blank, no comma, no quotes.
    fileprivate static var headerWord: Rule<String> {
        let marks = Set("-._:@/+".utf8)
        return Rule("a name of up to 80 letters, digits and - . _ : @ / +", noun: "name") { text in
            let isWord = text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                    || marks.contains($0)
            }
            return isWord && (1...80).contains(text.utf8.count) ? text : nil
        }
    }
}
