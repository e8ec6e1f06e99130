// Whom we believe, and how we prove who we are.

/// A password on its way to libcurl; no message, log or dump shows it.
package struct Password: Sendable {
    let text: String

    package init(_ text: String) { self.text = text }
}

extension Password: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always the same, whatever the password.
    package var description: String { "(redacted)" }

    package var debugDescription: String { description }

    /// Without children, so that dumps find nothing.
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// TLS of one far side. At least TLS 1.2 and a certificate for the host's name are always asked.
package struct Trust: Sendable {
    /// PEM file of the authorities to believe instead of the system's.
    package var authorityFile: String?
    /// PEM file of our own certificate, for mutual TLS.
    package var certificateFile: String?
    /// PEM file of its key.
    package var keyFile: String?
    package var keyPassword: Password?
    /// SHA-256 of public keys in base 64; the server's must be one of them, besides all else.
    package var publicKeyPins: [String] = []

    package init() {}

    /// As libcurl wants it; nil without pins.
    var pinnedPublicKeys: String? {
        publicKeyPins.isEmpty
            ? nil : publicKeyPins.map { "sha256//" + $0 }.joined(separator: ";")
    }
}

/// A proxy on the way to one far side. It only ever carries a tunnel to the host: requests pass
/// through unread wherever TLS is spoken.
package struct Proxy: Sendable {
    /// `http://`, `https://` or `socks5h://` with host and port; names are looked up by a SOCKS
    /// proxy itself.
    package var url: String
    package var user: String?
    package var password: Password?
    /// PEM file of the authorities to believe of an `https://` proxy instead of the system's.
    package var authorityFile: String?

    package init(url: String) { self.url = url }
}
