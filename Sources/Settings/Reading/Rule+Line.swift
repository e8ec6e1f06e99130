import Foundation

extension Rule where Value == Bool {
    /// `true` or `false`.
    static var yesOrNo: Rule<Bool> {
        Rule<String>.oneOf(["true", "false"], noun: "choice").map { $0 == "true" }
    }
}

extension Rule where Value == String {
    /// A file's path; whether it is there is seen when it is used.
    static var path: Rule<String> {
        Rule("a path of at most 300 characters on one line", noun: "path") { text in
            let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
            return isPlain && (1...300).contains(text.count) ? text : nil
        }
    }

    /// SHA-256 of a public key: 32 bytes in base 64.
    static var publicKeyPin: Rule<String> {
        Rule("the SHA-256 of a public key in base 64, 44 characters", noun: "pin") { text in
            text.utf8.count == 44 && Data(base64Encoded: text)?.count == 32 ? text : nil
        }
    }

    /// The address of a proxy: a known scheme, host and port, nothing else.
    static var proxy: Rule<String> {
        let allowed =
            "an address such as http://proxy.example:3128; the scheme is http, https or socks5h"
        return Rule(allowed) { (text) throws(Refusal) in
            let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x5C }
            guard isPlain, text.utf8.count <= 200, let parts = URLComponents(string: text),
                let scheme = parts.scheme, ["http", "https", "socks5h"].contains(scheme),
                let host = parts.host, !host.isEmpty, let port = parts.port,
                (1...65_535).contains(port), parts.path.isEmpty, parts.query == nil,
                parts.fragment == nil
            else {
                // Not repeated: it may hold a password.
                throw Refusal(
                    "what stands there is no proxy's address", allowed: "it needs \(allowed)")
            }
            if parts.user != nil || parts.password != nil {
                throw Refusal(
                    "credentials stand inside the address", code: .insecureEndpoint,
                    allowed: "use user and passwordEnv")
            }
            return text
        }
    }
}
