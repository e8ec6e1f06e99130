// Where a partner is reached, and how patiently.

/// One partner's address, keys and limits.
package struct PartnerEndpoint: Sendable {
    /// `http` or `https` with host, port and perhaps a path; no slash at the end.
    package let baseURL: String
    /// Names the sender, and with it the keys, to the partner (header `Colend-Key`).
    package let keyID: String
    package let signer: MessageSigner
    package var connectMilliseconds = 5_000
    /// Bound on the wait for the first byte of a call's answer; nil for the whole call.
    package var firstByteMilliseconds: Int?
    /// Bound on a funding call.
    package var callMilliseconds = 10_000
    /// Bound on moving one file.
    package var fileMilliseconds = 300_000
    package var maximumAnswerBytes = 64 * 1024
    package var maximumFileBytes = 256 << 20
    package var batch = BatchLimits()

    /// nil when the address is not an `http` or `https` base, or has a query or fragment.
    package init?(baseURL: String, keyID: String, signer: MessageSigner) {
        var base = Substring(baseURL)
        while base.hasSuffix("/") { base.removeLast() }
        let host = base.hasPrefix("https://") ? base.dropFirst(8) : base.dropFirst(7)
        guard base.hasPrefix("https://") || base.hasPrefix("http://"), !host.isEmpty,
            host.first != "/", !base.contains(where: { "?# ".contains($0) })
        else { return nil }
        self.baseURL = String(base)
        self.keyID = keyID
        self.signer = signer
        pathPrefix = String(host.drop { $0 != "/" })
    }

    /// The base's own path, which is signed along.
    let pathPrefix: String
}

/// Makes any text one segment of a path: all but RFC 3986's unreserved characters is escaped.
func pathSegment(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 95, 126:
            result.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            result += "%" + HexText.of(CollectionOfOne(byte)).uppercased()
        }
    }
    return result
}
