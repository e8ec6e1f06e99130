// Signatures both ways, as the partner protocol says.
import Foundation

/// Checks the platform's signatures and makes the bank's.
package struct Signer: Sendable {
    /// Seconds by which a time stamp may differ from the wall clock.
    package static let windowSeconds: Int64 = 300
    private let keys: KeyRing

    /// `secrets`: the keys of both sides; a literal of byte arrays stands for shared secrets.
    package init(secrets keys: KeyRing) {
        self.keys = keys
    }

    /// What a valid signature proves.
    struct Proof {
        let nonce: String
        let timestamp: Int64
    }

    /// The proof in a request's headers; throws why there is none.
    func check(_ request: WireRequest, now: Int64) throws(Refusal) -> Proof {
        guard request.header("colend-key")?.isEmpty == false,
            let stamp = request.header("colend-timestamp"), let timestamp = Int64(stamp),
            let nonce = request.header("colend-nonce"), (8...128).contains(nonce.utf8.count)
        else { throw Refusal(code: "signature", reason: "a Colend header is missing or malformed") }
        guard timestamp > 0, (timestamp - now).magnitude <= UInt64(Signer.windowSeconds) else {
            throw Refusal(code: "timestamp", reason: "the time stamp is outside the window")
        }
        let text = Signer.requestText(request, stamp: stamp, nonce: nonce)
        let given = request.headers("colend-signature").flatMap(Signer.signatures)
        guard given.contains(where: { isValid($0, for: text) }) else {
            throw Refusal(code: "signature", reason: "no signature fits the request")
        }
        return Proof(nonce: nonce, timestamp: timestamp)
    }

    /// The headers that sign an answer to the request with `nonce`.
    func headers(_ answer: WireAnswer, nonce: String, now: Int64) -> [(name: String, value: String)]
    {
        let text = "\(answer.status)\n\(nonce)\n\(now)\n\(digestText(answer.body))"
        return [
            ("Colend-Timestamp", "\(now)"), ("Colend-Nonce", nonce),
            ("Colend-Signature", signature(text)),
        ]
    }

    /// The value of a `Colend-Signature` header over `text`.
    package func signature(_ text: String) -> String {
        keys.own.compactMap { $0.sign(Array(text.utf8)) }
            .map { "v1=" + Data($0).base64EncodedString() }.joined(separator: ", ")
    }

    /// The text that a request's signature covers.
    package static func requestText(
        _ request: WireRequest, stamp: String, nonce: String
    ) -> String {
        "\(request.method)\n\(request.target)\n\(stamp)\n\(nonce)\n\(digestText(request.body))"
    }

    private func isValid(_ signature: [UInt8], for text: String) -> Bool {
        keys.platform.contains { $0.fits(signature, Array(text.utf8)) }
    }

    private static func signatures(_ header: String) -> [[UInt8]] {
        header.split { $0 == "," || $0 == " " }.compactMap { part in
            guard part.hasPrefix("v1=") else { return nil }
            return Data(base64Encoded: String(part.dropFirst(3))).map { [UInt8]($0) }
        }
    }
}
