import CurlTransport
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
    /// Nil for the platform and for who only answers for losses.
    var line: PartyLine? {
        switch role {
        case .platform, .guarantor, .spv: nil
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

    /// - Throws: ``ConfigurationFault`` CONF-001, CONF-018 or CONF-022 when a file or a secret is
    ///   missing or of no use.
    func rules(_ line: PartyLine) throws(ConfigurationFault) -> PoolRules {
        let settings = line.settings
        let files = LineFiles(settings, of: party.id, configuration, in: directory)
        var rules = PoolRules(name: party.id.name)
        rules.maximumInFlight = line.inFlight
        rules.queueLimit = settings.queueLimit
        rules.queueMilliseconds = settings.queueMilliseconds
        rules.rate = settings.rate.perSecond.map {
            RateLimit(perSecond: $0, burst: settings.rate.burst)
        }
        rules.breaker = BreakerRules(settings.breaker)
        rules.speaksHTTP2 = settings.speaksHTTP2
        try files.check()
        rules.trust = try trust(settings.tls, files)
        rules.proxy = try settings.proxy.map { proxy throws(ConfigurationFault) in
            try self.proxy(proxy, files)
        }
        return rules
    }

    private func trust(_ tls: TLSSettings, _ files: LineFiles) throws(ConfigurationFault) -> Trust {
        var trust = Trust()
        trust.authorityFile = tls.authorityFile.map(files.whole)
        trust.certificateFile = tls.certificateFile.map(files.whole)
        trust.keyFile = tls.keyFile.map(files.whole)
        trust.keyPassword = try password(tls.keyPassword)
        trust.publicKeyPins = tls.pins
        return trust
    }

    private func proxy(
        _ settings: ProxySettings, _ files: LineFiles
    ) throws(ConfigurationFault) -> Proxy {
        var proxy = Proxy(url: settings.url)
        proxy.user = settings.user
        proxy.password = try password(settings.password)
        proxy.authorityFile = settings.authorityFile.map(files.whole)
        return proxy
    }

    /// What is wrong with the files of the line, and with those passwords that are there. One that
    /// is not there concerns only who uses it.
    func faults(_ line: PartyLine) -> [ConfigurationFault] {
        let settings = line.settings
        let passwords = [settings.tls.keyPassword, settings.proxy?.password].compactMap(\.self)
        let unreadable = passwords.filter { $0.isSet(in: environment) }.compactMap {
            password -> ConfigurationFault? in
            do throws(ConfigurationFault) {
                _ = try password.secret(environment: environment)
                return nil
            } catch { return error }
        }
        return LineFiles(settings, of: party.id, configuration, in: directory).faults + unreadable
    }

    private func password(_ variable: SecretVariable?) throws(ConfigurationFault) -> Password? {
        guard let variable else { return nil }
        return try variable.secret(environment: environment).withBytes {
            Password(String(decoding: $0, as: UTF8.self))
        }
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
