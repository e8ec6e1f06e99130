import Foundation

extension Rule where Value == String {
    /// The address of a partner: HTTPS, or HTTP to this machine; without a slash at its end.
    static var endpoint: Rule<String> {
        let allowed = "an address such as https://bank.example or http://127.0.0.1:8101"
        return Rule(allowed) { (text) throws(Refusal) in
            guard let address = Address(text) else {
                // Not repeated: an address that cannot be taken apart may hold a password.
                throw Refusal("what stands there is no address", allowed: "it needs \(allowed)")
            }
            if address.hasCredentials {
                throw Refusal(
                    "credentials stand inside the address", code: .insecureEndpoint,
                    allowed: "requests are signed; leave user and password out")
            }
            if !address.isEncrypted, !address.isLoopback {
                throw Refusal(
                    "plain http leads to another machine (\(Quoted.bare(address.host)))",
                    code: .insecureEndpoint,
                    allowed: "use https; http only to 127.0.0.1, [::1] or localhost")
            }
            return address.text
        }
    }
}

/// The parts of a partner's address that decide whether it may be used.
private struct Address {
    let text: String
    let host: String
    let isEncrypted: Bool
    let hasCredentials: Bool

    /// Nil without a host, with another scheme, a query, a fragment or unusual characters.
    init?(_ text: String) {
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x5C }
        guard isPlain, text.utf8.count <= 200, let parts = URLComponents(string: text),
            let scheme = parts.scheme, ["http", "https"].contains(scheme),
            let host = parts.host, !host.isEmpty, parts.query == nil, parts.fragment == nil,
            parts.port.map({ (1...65_535).contains($0) }) ?? true
        else { return nil }
        var text = text
        while text.hasSuffix("/") { text.removeLast() }
        self.text = text
        self.host = host
        isEncrypted = scheme == "https"
        hasCredentials = parts.user != nil || parts.password != nil
    }

    /// Only what cannot resolve elsewhere: a whole dotted quad, so not `127.0.0.1.example`.
    var isLoopback: Bool {
        if ["localhost", "::1", "[::1]"].contains(host) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        // A leading zero would be read as octal by some resolvers.
        let numbers = parts.compactMap { part in
            UInt8(part).flatMap { String($0) == part ? $0 : nil }
        }
        return parts.count == 4 && numbers.count == 4 && numbers[0] == 127
    }
}
