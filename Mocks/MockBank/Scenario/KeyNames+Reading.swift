// The keys `signing` of a scenario file, and where the secrets behind them are.
import Foundation
import Yams

extension KeyNames {
    init(_ root: Section) {
        let section = root.section(
            "signing", allowed: ["profile", "secretEnv", "platformKeyEnv", "signatureForm"])
        let profile: SigningProfile = section.choice("profile", default: .hmac) ?? .hmac
        let form: SignatureForm = section.choice("signatureForm", default: .der) ?? .der
        if section.has("signatureForm"), profile != .sm2 {
            root.faults.report(
                section.child("signatureForm"), "signing.signatureForm is for sm2-sm3 only")
        }
        let own = KeyNames.names("secretEnv", section, root)
        var platform: [String] = []
        if profile != .hmac {
            platform = KeyNames.names("platformKeyEnv", section, root)
        } else if section.has("platformKeyEnv") {
            root.faults.report(
                section.child("platformKeyEnv"),
                "signing.platformKeyEnv is for profiles with public keys")
        }
        self.init(profile: profile, form: form, own: own, platform: platform)
    }

    private static func names(_ key: String, _ section: Section, _ root: Section) -> [String] {
        let node = section.child(key)
        let names =
            node?.sequence?.compactMap(\.scalar?.string)
            ?? [node?.scalar?.string].compactMap { $0 }
        let isName = names.allSatisfy { !$0.isEmpty && !$0.contains(" ") && !$0.contains("=") }
        if !(1...2).contains(names.count) || !isName {
            root.faults.report(
                node ?? root.node,
                "signing.\(key) must be the name of an environment variable, or a list of two")
        }
        return names
    }
}

extension KeyRing {
    /// What the variable holds, or the file that the variable with `_FILE` behind it names: of a
    /// secret its first line, of a PEM text all of them. `base64:` stands before encoded bytes.
    static func content(of name: String, environment: [String: String]) -> [UInt8]? {
        var content = environment[name].map { Array($0.utf8) }
        if content == nil, let path = environment[name + "_FILE"] {
            content = FileManager.default.contents(atPath: path).map { Array($0) }
        }
        guard var content, !content.starts(with: "-----BEGIN ".utf8) else { return content }
        content = Array(content.split(separator: 10, omittingEmptySubsequences: false)[0])
        let prefix = "base64:".utf8
        guard content.starts(with: prefix) else { return content }
        return Data(base64Encoded: Data(content.dropFirst(prefix.count))).map { Array($0) }
    }
}
