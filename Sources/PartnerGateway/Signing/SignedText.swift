// What a signature stands for, to the byte (PROTOCOL § Requests).

/// The texts that are signed.
package enum SignedText {
    /// `METHOD\npath?query\ntimestamp\nnonce\nhex(SHA-256(body))`.
    package static func request(
        method: String, target: String, timestamp: Int64, nonce: String, body: [UInt8]
    ) -> String {
        "\(method)\n\(target)\n\(timestamp)\n\(nonce)\n\(HexText.digest(of: body))"
    }

    /// `STATUS\nrequest nonce\ntimestamp\nhex(SHA-256(body))`: bound to the one request it answers.
    package static func answer(
        status: Int, requestNonce: String, timestamp: Int64, body: [UInt8]
    ) -> String {
        "\(status)\n\(requestNonce)\n\(timestamp)\n\(HexText.digest(of: body))"
    }
}
