import Foundation
import Synchronization

/// Keys of tests, made by the `openssl` program: none of them stands in a file of ours.
package struct SampleKeys: Sendable {
    /// Kinds of keys, by what makes them.
    package enum Kind: String, CaseIterable, Sendable {
        case ed25519 = "ED25519"
        case rsa = "RSA -pkeyopt rsa_keygen_bits:2048"
        case shortRSA = "RSA -pkeyopt rsa_keygen_bits:1024"
        case sm2 = "EC -pkeyopt ec_paramgen_curve:SM2"
        case p256 = "EC -pkeyopt ec_paramgen_curve:P-256"
    }

    /// PKCS#8 as PEM.
    package let privatePEM: String
    /// SubjectPublicKeyInfo as PEM.
    package let publicPEM: String

    /// A pair from elsewhere.
    package init(privatePEM: String, publicPEM: String) {
        self.privatePEM = privatePEM
        self.publicPEM = publicPEM
    }

    /// A new pair.
    ///
    /// - Throws: What running `openssl` throws.
    private static func make(_ kind: Kind) async throws -> SampleKeys {
        let words = kind.rawValue.split(separator: " ").map(String.init)
        let folder = try TemporaryFolder()
        let file = folder.path("key")
        let made = try await Tool.run(
            "openssl", ["genpkey", "-out", file, "-algorithm"] + words)
        guard made.exit == 0 else { throw Violation(description: made.output) }
        let shown = try await Tool.run("openssl", ["pkey", "-in", file, "-pubout"])
        guard shown.exit == 0 else { throw Violation(description: shown.output) }
        return SampleKeys(
            privatePEM: try String(contentsOfFile: file, encoding: .utf8),
            publicPEM: shown.output)
    }

    /// The pair of a number, the same for all tests of a run: making an RSA key takes a while.
    ///
    /// - Throws: What running `openssl` throws.
    package static func shared(_ kind: Kind, _ number: Int = 0) async throws -> SampleKeys {
        let name = "\(kind) \(number)"
        let making = pairs.withLock { pairs in
            if let making = pairs[name] { return making }
            let making = Task { try await SampleKeys.make(kind) }
            pairs[name] = making
            return making
        }
        return try await making.value
    }

    private static let pairs = Mutex<[String: Task<SampleKeys, any Error>]>([:])

    /// The lines that must never be shown: those of the private key.
    package var secretLines: [String] {
        privatePEM.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("-----") }
    }
}

/// Bytes written in hexadecimal; blanks are skipped.
package func hexBytes(_ text: String) -> [UInt8] {
    let digits = text.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { index in
        UInt8(digits[index] << 4 | digits[index + 1])
    }
}

/// DER as a PEM text.
package func pem(_ label: String, _ der: [UInt8]) -> String {
    let lines = Data(der).base64EncodedString(options: [.lineLength64Characters])
    return "-----BEGIN \(label)-----\n\(lines)\n-----END \(label)-----\n"
}
