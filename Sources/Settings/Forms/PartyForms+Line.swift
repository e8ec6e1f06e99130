extension PartyForms {
    /// How the line to the party is built.
    static let line = flow + care + security

    /// What goes over it at once.
    static let flow: [SettingForm] = [
        SettingForm(
            "line.http2", .flag,
            "speak HTTP/2 where the party agrees to it, which takes TLS",
            absent: .value("false"), example: "false"),
        SettingForm(
            "line.queueLimit", .whole(0...1_000_000),
            "requests that may wait for a place on the wire",
            unit: "requests", absent: .value("10000"), example: "10000"),
        SettingForm(
            "line.queueMilliseconds", .whole(1...600_000),
            "how long one may wait before it is not sent",
            unit: "ms", absent: .value("30000"), example: "30000"),
        SettingForm(
            "line.rate.perSecond", .whole(1...100_000),
            "requests a second that the party takes",
            unit: "requests per s", absent: .words("no limit"), example: "50"),
        SettingForm(
            "line.rate.burst", .whole(1...100_000),
            "of those, so many at once after a quiet time",
            unit: "requests", absent: .value("10"), example: "10"),
    ]

    /// What becomes of failures.
    static let care: [SettingForm] = [
        SettingForm(
            "line.breaker.failures", .whole(1...100_000),
            "so many failures in a row, and the party is left alone",
            unit: "requests", absent: .value("10"), example: "10"),
        SettingForm(
            "line.breaker.sharePercent", .whole(1...100),
            """
            so many failures among the last 64 requests, and the party is left alone; 100 \
            counts failures in a row alone
            """,
            unit: "percent", absent: .value("80"), example: "80"),
        SettingForm(
            "line.breaker.openMilliseconds", .whole(1...600_000),
            "how long it is left alone",
            unit: "ms", absent: .value("2000"), example: "2000"),
        SettingForm(
            "line.breaker.probes", .whole(1...100),
            "requests that must succeed after that before all may pass",
            unit: "requests", absent: .value("1"), example: "1"),
        SettingForm(
            "line.retries.tries", .whole(1...10),
            "tries in all of what did not leave, or only asks",
            unit: "tries", absent: .value("3"), example: "3"),
        SettingForm(
            "line.retries.pauseMilliseconds", .whole(0...60_000),
            "longest pause before the second try, doubling; the pause is drawn from 0 to it",
            unit: "ms", absent: .value("50"), example: "50"),
        SettingForm(
            "line.retries.budgetPercent", .whole(0...100),
            "further tries per hundred requests, beyond the first ten",
            unit: "percent", absent: .value("20"), example: "20"),
    ]

    /// Certificates, keys and the way through a proxy.
    static let security: [SettingForm] = [
        SettingForm(
            "line.tls.authorityFile", .path,
            "PEM file of the authorities to believe instead of the system's",
            absent: .words("the system's"), example: "tls/harbor-ca.pem"),
        SettingForm(
            "line.tls.certificateFile", .path,
            "PEM file of the certificate that this system shows (mutual TLS)",
            allowed: "a path, with `keyFile`", absent: .words("none"), example: "tls/colend.pem"),
        SettingForm(
            "line.tls.keyFile", .path,
            "PEM file of its key",
            allowed: "a path, with `certificateFile`", absent: .words("none"),
            example: "tls/colend.key"),
        SettingForm(
            "line.tls.keyPasswordEnv", .variable,
            "the environment variable that holds the key's password",
            absent: .words("none"), example: "COLEND_HARBOR_KEY_PASSWORD"),
        SettingForm(
            "line.tls.pins", .list(of: .pin),
            "SHA-256 of the party's public key; it must be one of the list",
            allowed: "a list, base 64", absent: .words("none"),
            example: "[\"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\"]"),
        SettingForm(
            "line.proxy.url", .proxy,
            "proxy on the way to the party",
            absent: .words("none"), example: "http://proxy.example:3128"),
        SettingForm(
            "line.proxy.user", .title,
            "its user",
            absent: .words("none"), example: "colend"),
        SettingForm(
            "line.proxy.passwordEnv", .variable,
            "the environment variable that holds the user's password",
            absent: .words("none"), example: "COLEND_PROXY_PASSWORD"),
        SettingForm(
            "line.proxy.authorityFile", .path,
            "PEM file of the authorities to believe of an `https://` proxy",
            absent: .words("the system's"), example: "tls/proxy-ca.pem"),
    ]
}
