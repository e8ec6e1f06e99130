import CurlTransport
import Foundation
import LendingRules
import Operations
import Settings

/// How a party is reached, whatever it is to us.
struct PartyLine {
    let endpoint: String
    let signing: SigningSettings
    let timeouts: TimeoutSettings
    let settings: LineSettings
    let inFlight: Int
}

extension PartySettings {
    /// Nil for the platform.
    var line: PartyLine? {
        switch role {
        case .platform: nil
        case .bank(let bank):
            PartyLine(
                endpoint: bank.endpoint, signing: bank.signing, timeouts: bank.timeouts,
                settings: bank.line, inFlight: bank.inFlight)
        case .clearing(let clearing):
            PartyLine(
                endpoint: clearing.endpoint, signing: clearing.signing,
                timeouts: clearing.timeouts, settings: clearing.line,
                inFlight: Partner.usualInFlight)
        }
    }
}

/// Makes the transport's rules of a party's settings, files and secrets.
struct LineReading {
    let party: PartySettings
    let configuration: Configuration
    let directory: String
    let environment: [String: String]

    /// - Throws: ``ConfigurationFault`` CONF-001 or CONF-018 when a file or a secret is missing.
    func rules(_ line: PartyLine) throws(ConfigurationFault) -> PoolRules {
        let settings = line.settings
        var rules = PoolRules(name: party.id.name)
        rules.maximumInFlight = line.inFlight
        rules.queueLimit = settings.queueLimit
        rules.queueMilliseconds = settings.queueMilliseconds
        rules.rate = settings.rate.perSecond.map {
            RateLimit(perSecond: $0, burst: settings.rate.burst)
        }
        rules.breaker = BreakerRules(settings.breaker)
        rules.speaksHTTP2 = settings.speaksHTTP2
        rules.trust = try trust(settings.tls)
        rules.proxy = try settings.proxy.map { proxy throws(ConfigurationFault) in
            try self.proxy(proxy)
        }
        return rules
    }

    private func trust(_ tls: TLSSettings) throws(ConfigurationFault) -> Trust {
        var trust = Trust()
        trust.authorityFile = try file(tls.authorityFile, "line.tls.authorityFile")
        trust.certificateFile = try file(tls.certificateFile, "line.tls.certificateFile")
        trust.keyFile = try file(tls.keyFile, "line.tls.keyFile")
        trust.keyPassword = try password(tls.keyPassword)
        trust.publicKeyPins = tls.pins
        return trust
    }

    private func proxy(_ settings: ProxySettings) throws(ConfigurationFault) -> Proxy {
        var proxy = Proxy(url: settings.url)
        proxy.user = settings.user
        proxy.password = try password(settings.password)
        proxy.authorityFile = try file(settings.authorityFile, "line.proxy.authorityFile")
        return proxy
    }

    private func password(_ variable: SecretVariable?) throws(ConfigurationFault) -> Password? {
        guard let variable else { return nil }
        return try variable.secret(environment: environment).withBytes {
            Password(String(decoding: $0, as: UTF8.self))
        }
    }

    /// A missing file would only show when nothing can be sent any more.
    private func file(_ path: String?, _ key: String) throws(ConfigurationFault) -> String? {
        guard let path else { return nil }
        let whole = path.hasPrefix("/") ? path : "\(directory)/\(path)"
        if FileManager.default.isReadableFile(atPath: whole) { return whole }
        throw ConfigurationFault(
            .unreadable, "the file \(whole) cannot be read", key: key, at: place(of: key),
            allowed: "name a readable PEM file; paths are relative to the configuration")
    }

    /// Where the party's key was given.
    private func place(of key: String) -> Place {
        let own = configuration.origins.first { $0.key == "party" && $0.value == party.id.name }
        let origin = configuration.origins.first { $0.file == own?.file && $0.key == key }
        if case .written(let place)? = origin?.source { return place }
        return .file(own?.file ?? "parties", line: 1, column: 1)
    }
}

extension BreakerRules {
    fileprivate init(_ settings: BreakerSettings) {
        self.init()
        failures = settings.failures
        sharePercent = settings.sharePercent
        openMilliseconds = settings.openMilliseconds
        probes = settings.probes
    }
}

extension RetryRules {
    init(_ settings: RetrySettings) {
        self.init()
        tries = settings.tries
        pauseMilliseconds = settings.pauseMilliseconds
        budgetPercent = settings.budgetPercent
    }
}
