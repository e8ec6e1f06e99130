// Which libcurl this process runs with: it may be another than it was built against.

internal import CCurl

/// The libcurl in use.
package struct TransportLibrary: Sendable {
    /// Such as `7.88.1`.
    package let version: String
    /// The TLS library behind it, or empty.
    package let tls: String
    /// Lower-case names such as `https`.
    package let protocols: [String]
    package let hasHTTP2: Bool

    /// The library that is loaded; nil when it does not say.
    package init?() {
        guard let data = colend_curl_version_info()?.pointee, let version = data.version
        else { return nil }
        self.version = String(cString: version)
        tls = data.ssl_version.map { String(cString: $0) } ?? ""
        var names: [String] = []
        var next = data.protocols
        while let name = next?.pointee {
            names.append(String(cString: name))
            next = next?.advanced(by: 1)
        }
        protocols = names
        hasHTTP2 = data.features & CURL_VERSION_HTTP2 != 0
    }
}
