extension FaultyConfiguration {
    /// Over TLS, so that nothing of it is without effect.
    private static func line(
        _ name: String, _ text: String, _ messages: String
    ) -> FaultyConfiguration {
        FaultyConfiguration(
            name, "parties/harbor.yaml",
            .texts([
                ("http://127", with: "https://127"),
                ("inFlight: 64", with: "line: {\(text)}\ninFlight: 64"),
            ]), messages)
    }

    /// To an endpoint of plain HTTP, as the sample has it.
    private static func plainLine(
        _ name: String, _ text: String, _ messages: String
    ) -> FaultyConfiguration {
        FaultyConfiguration(
            name, "parties/harbor.yaml", "inFlight: 64", "line: {\(text)}\ninFlight: 64", messages)
    }

    private static let place = "(Config/parties/harbor.yaml:13"

    /// Values of how a line is built.
    static let lines = [
        line(
            "a choice that is none", "http2: yes",
            """
            CONF-010: "yes" is no choice, at line.http2 \(place):15); it needs one of true, false
            """),
        line(
            "a pace of nothing", "rate: {perSecond: 0}",
            """
            CONF-011: "0" is outside the limits, at line.rate.perSecond \(place):26); it needs a \
            whole number of requests from 1 to 100000
            """),
        line(
            "a breaker that is always open", "breaker: {failures: 0}",
            """
            CONF-011: "0" is outside the limits, at line.breaker.failures \(place):28); it needs \
            a whole number of failures from 1 to 100000
            """),
        line(
            "a request that is never tried", "retries: {tries: 0}",
            """
            CONF-011: "0" is outside the limits, at line.retries.tries \(place):25); it needs a \
            whole number of tries from 1 to 10
            """),
        line(
            "a key nobody reads", "retry: 3",
            """
            CONF-007: unknown key, at line.retry \(place):8); allowed here: http2, queueLimit, \
            queueMilliseconds, rate, breaker, retries, tls, proxy
            """),
        line(
            "a certificate without its key", "tls: {certificateFile: a.pem}",
            """
            CONF-019: keyFile is missing, at line.tls.certificateFile \(place):31); a certificate \
            and its key go together
            """),
        line(
            "a key without its certificate", "tls: {keyFile: a.key}",
            """
            CONF-019: certificateFile is missing, at line.tls.keyFile \(place):23); a certificate \
            and its key go together
            """),
        line(
            "a password for no key", "tls: {keyPasswordEnv: COLEND_P}",
            """
            CONF-019: there is no key to open, at line.tls.keyPasswordEnv \(place):30); give \
            keyFile as well, or leave the password out
            """),
        line(
            "a key's password in a file", "tls: {keyPassword: sesame}",
            """
            CONF-016: a secret must not stand in a file, at line.tls.keyPassword \(place):14); \
            put it into an environment variable and name that in keyPasswordEnv
            """),
        line(
            "a pin of another length", "tls: {pins: [47DEQpj8HBSa]}",
            """
            CONF-010: "47DEQpj8HBSa" is no pin, at line.tls.pins[1] \(place):21); it needs the \
            SHA-256 of a public key in base 64, 44 characters
            """),
        line(
            "a proxy without a port", "proxy: {url: http://proxy.example}",
            """
            CONF-010: what stands there is no proxy's address, at line.proxy.url \(place):21); it \
            needs an address such as http://proxy.example:3128; the scheme is http, https or \
            socks5h
            """),
        line(
            "a proxy that would look names up here", "proxy: {url: socks5://proxy.example:1080}",
            """
            CONF-010: what stands there is no proxy's address, at line.proxy.url \(place):21); it \
            needs an address such as http://proxy.example:3128; the scheme is http, https or \
            socks5h
            """),
        line(
            "a password in a proxy's address", "proxy: {url: \"http://me:sesame@proxy:3128\"}",
            """
            CONF-017: credentials stand inside the address, at line.proxy.url \(place):21); use \
            user and passwordEnv
            """),
        line(
            "a proxy's password in a file", "proxy: {url: \"http://proxy:3128\", password: sesame}",
            """
            CONF-016: a secret must not stand in a file, at line.proxy.password \(place):42); \
            put it into an environment variable and name that in passwordEnv
            """),
        line(
            "a user of no proxy", "proxy: {user: colend}",
            """
            CONF-019: there is no proxy, at line.proxy.user \(place):22); give url as well, or \
            leave it out
            """),
        line(
            "a proxy's password without a user",
            "proxy: {url: \"http://proxy:3128\", passwordEnv: COLEND_P}",
            """
            CONF-019: there is a password and no user, at line.proxy.passwordEnv \(place):55); \
            give user as well
            """),
        line(
            "an authority of a proxy that shows no certificate",
            "proxy: {url: \"http://proxy:3128\", authorityFile: a.pem}",
            """
            CONF-019: the proxy shows no certificate, at line.proxy.authorityFile \(place):57); \
            only one at https:// does; leave it out
            """),
        plainLine(
            "HTTP/2 without TLS", "http2: true",
            """
            CONF-019: the endpoint is plain http, which has no HTTP/2, at line.http2 \
            \(place):15); use https in endpoint, or leave it out
            """),
        plainLine(
            "certificates without TLS",
            "tls: {authorityFile: a, certificateFile: b, keyFile: c}",
            """
            CONF-019: the endpoint is plain http, which has no certificates, at \
            line.tls.authorityFile \(place):29); use https in endpoint, or leave it out
            CONF-019: the endpoint is plain http, which has no certificates, at \
            line.tls.certificateFile \(place):49); use https in endpoint, or leave it out
            CONF-019: the endpoint is plain http, which has no certificates, at \
            line.tls.keyFile \(place):61); use https in endpoint, or leave it out
            """),
        plainLine(
            "a pin without TLS", "tls: {pins: [47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=]}",
            """
            CONF-019: the endpoint is plain http, which has no public key to pin, at \
            line.tls.pins[1] \(place):21); use https in endpoint, or leave it out
            """),
        plainLine(
            "a proxy on the way to this machine", "proxy: {url: \"http://proxy:3128\"}",
            """
            CONF-019: the endpoint is plain http to this machine, at line.proxy.url \
            \(place):21); a proxy would carry it to another; use https in endpoint, or leave the \
            proxy out
            """),
    ]
}
