// Reads what stands below `line` of a party.

extension LineSettings {
    /// Nil when a part could not be read, which is reported; so is what plain HTTP has no use for.
    init?(_ section: Section, isPlain: Bool) {
        let http2 = section.value("http2", .yesOrNo, default: "false")
        if isPlain, let http2, http2.value { section.refuseOverPlainHTTP(http2, "no HTTP/2") }
        let limit = section.value("queueLimit", .whole(0...1_000_000, "requests"), default: "10000")
        let patience = section.value(
            "queueMilliseconds", .whole(1...600_000, "milliseconds"), default: "30000")
        let rate = section.sectionOrEmpty("rate").flatMap { RateSettings($0) }
        let breaker = section.sectionOrEmpty("breaker").flatMap { BreakerSettings($0) }
        let retries = section.sectionOrEmpty("retries").flatMap { RetrySettings($0) }
        let tls = section.sectionOrEmpty("tls").flatMap { TLSSettings($0, isPlain: isPlain) }
        let proxy = section.sectionOrEmpty("proxy").flatMap {
            ProxySettings.read($0, isPlain: isPlain)
        }
        section.finish()
        guard let http2, let limit, let patience, let rate, let breaker, let retries, let tls,
            let proxy
        else { return nil }
        self.init(
            speaksHTTP2: http2.value, queueLimit: limit.value, queueMilliseconds: patience.value,
            rate: rate, breaker: breaker, retries: retries, tls: tls, proxy: proxy)
    }
}

extension RateSettings {
    fileprivate init?(_ section: Section) {
        let perSecond = section.valueOrNone("perSecond", .whole(1...100_000, "requests"))
        let burst = section.value("burst", .whole(1...100_000, "requests"), default: "10")
        section.finish()
        guard let burst else { return nil }
        self.init(perSecond: perSecond?.value, burst: burst.value)
    }
}

extension BreakerSettings {
    fileprivate init?(_ section: Section) {
        let failures = section.value("failures", .whole(1...100_000, "failures"), default: "10")
        let share = section.value("sharePercent", .whole(1...100, "percent"), default: "80")
        let open = section.value(
            "openMilliseconds", .whole(1...600_000, "milliseconds"), default: "2000")
        let probes = section.value("probes", .whole(1...100, "requests"), default: "1")
        section.finish()
        guard let failures, let share, let open, let probes else { return nil }
        self.init(
            failures: failures.value, sharePercent: share.value, openMilliseconds: open.value,
            probes: probes.value)
    }
}

extension RetrySettings {
    fileprivate init?(_ section: Section) {
        let tries = section.value("tries", .whole(1...10, "tries"), default: "3")
        let pause = section.value(
            "pauseMilliseconds", .whole(0...60_000, "milliseconds"), default: "50")
        let budget = section.value("budgetPercent", .whole(0...100, "percent"), default: "20")
        section.finish()
        guard let tries, let pause, let budget else { return nil }
        self.init(
            tries: tries.value, pauseMilliseconds: pause.value, budgetPercent: budget.value)
    }
}

extension TLSSettings {
    fileprivate init?(_ section: Section, isPlain: Bool) {
        section.forbidPassword("keyPassword")
        let authority = section.valueOrNone("authorityFile", .path)
        let certificate = section.valueOrNone("certificateFile", .path)
        let key = section.valueOrNone("keyFile", .path)
        let password = section.secretVariable("keyPasswordEnv")
        let pins = section.values("pins", .publicKeyPin, isRequired: false)
        section.finish()
        if isPlain {
            for file in [authority, certificate, key].compactMap(\.self) {
                section.refuseOverPlainHTTP(file, "no certificates")
            }
            if let pin = pins.first { section.refuseOverPlainHTTP(pin, "no public key to pin") }
        }
        let pair = [(certificate, "keyFile", key), (key, "certificateFile", certificate)]
        for case (let given?, let other, nil) in pair where !section.has(other) {
            section.findings.report(
                .contradiction, "\(other) is missing", key: given.key, at: given.place,
                allowed: "a certificate and its key go together")
        }
        if let password, key == nil {
            section.findings.report(
                .contradiction, "there is no key to open", key: password.key, at: password.place,
                allowed: "give keyFile as well, or leave the password out")
        }
        self.init(
            authorityFile: authority?.value, certificateFile: certificate?.value,
            keyFile: key?.value, keyPassword: password?.value, pins: pins.map(\.value))
    }
}

extension ProxySettings {
    /// The inner nil is no proxy; the outer one is a fault.
    fileprivate static func read(_ section: Section, isPlain: Bool) -> ProxySettings?? {
        section.forbidPassword("password")
        let url = section.valueOrNone("url", .proxy)
        let user = section.valueOrNone("user", .title)
        let password = section.secretVariable("passwordEnv")
        let authority = section.valueOrNone("authorityFile", .path)
        section.finish()
        let rest = [
            (user?.key, user?.place), (password?.key, password?.place),
            (authority?.key, authority?.place),
        ]
        guard let url else {
            for case (let key?, let place?) in rest where !section.has("url") {
                section.findings.report(
                    .contradiction, "there is no proxy", key: key, at: place,
                    allowed: "give url as well, or leave it out")
            }
            return .some(nil)
        }
        if let password, user == nil {
            section.findings.report(
                .contradiction, "there is a password and no user", key: password.key,
                at: password.place, allowed: "give user as well")
        }
        section.check(url, authority, isPlain: isPlain)
        return ProxySettings(
            url: url.value, user: user?.value, password: password?.value,
            authorityFile: authority?.value)
    }
}

extension Section {
    /// The value of a key that may be absent; it is told as `(none)` then. Nil also when it cannot
    /// be read, which is reported.
    func valueOrNone<Value>(_ name: String, _ rule: Rule<Value>) -> Located<Value>? {
        if isGiven(name) { return value(name, rule) }
        findings.note(
            SettingOrigin(file: file, key: path(name), value: "(none)", source: .standard))
        return nil
    }

    /// The variable named by a key that may be absent.
    fileprivate func secretVariable(_ name: String) -> Located<SecretVariable>? {
        valueOrNone(name, .variableName).map {
            let secret = SecretVariable(name: $0.value, key: $0.key)
            for variable in secret.variables { findings.note(variable: variable) }
            return Located(value: secret, key: $0.key, place: $0.place)
        }
    }

    /// Refuses what has no effect, or another than it seems, while `endpoint` is plain HTTP.
    fileprivate func refuseOverPlainHTTP<Value>(_ value: Located<Value>, _ lack: String) {
        findings.report(
            .contradiction, "the endpoint is plain http, which has \(lack)", key: value.key,
            at: value.place, allowed: "use https in endpoint, or leave it out")
    }

    /// Behind a proxy, "this machine" is another; and only one over TLS shows a certificate.
    fileprivate func check(
        _ url: Located<String>, _ authority: Located<String>?, isPlain: Bool
    ) {
        if isPlain {
            findings.report(
                .contradiction, "the endpoint is plain http to this machine", key: url.key,
                at: url.place,
                allowed: "a proxy would carry it to another; use https in endpoint, or leave the "
                    + "proxy out")
        }
        if let authority, !url.value.hasPrefix("https://") {
            findings.report(
                .contradiction, "the proxy shows no certificate", key: authority.key,
                at: authority.place, allowed: "only one at https:// does; leave it out")
        }
    }

    /// Passwords are named by a variable; the value is never repeated.
    fileprivate func forbidPassword(_ name: String) {
        forbid(
            name, .secretInFile, "a secret must not stand in a file",
            allowed: "put it into an environment variable and name that in \(name)Env")
    }
}
