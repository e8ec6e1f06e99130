// What a partner sends to us on its own, before it is believed.

package import LendingRules
package import Operations

extension IncomingCall {
    /// Values of a header whatever the case of its name.
    func values(of name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    /// The value of a header that must be there once.
    func value(of name: String) throws(IncomingRefusal) -> String {
        let values = values(of: name)
        guard let value = values.first else { throw .missingHeader(name) }
        guard values.count == 1 else { throw .malformedHeader(name) }
        return value
    }
}

/// Why a message from outside is answered by 401 and changes nothing.
package enum IncomingRefusal: Error, Hashable, Sendable {
    case missingHeader(String)
    /// Unreadable, too long, or there more than once.
    case malformedHeader(String)
    /// Nobody signs by that name.
    case unknownKey
    /// Seconds between the message's clock and ours.
    case outsideWindow(seconds: Int64)
    case badSignature
    /// None of the sender's keys counts at this time.
    case noValidKey

    /// Stable, for answers, logs and counters; it tells a forger nothing about the keys.
    package var code: String {
        switch self {
        case .missingHeader: "missing-header"
        case .malformedHeader: "malformed-header"
        case .unknownKey: "unknown-key"
        case .outsideWindow: "outside-window"
        case .badSignature, .noValidKey: "bad-signature"
        }
    }
}

/// A message whose sender is proven; that its nonce is new is still to be seen.
package struct VerifiedMessage: Hashable, Sendable {
    package let party: PartyID
    package let nonce: String
    /// The last second, in Unix time, at which the same message could pass again.
    package let expiresAt: Int64
}

/// Everybody who may send to us, by the name they give in `Colend-Key`.
package struct IncomingVerifier: Sendable {
    private let senders: [String: (party: PartyID, signer: MessageSigner)]

    package init(_ senders: [String: (party: PartyID, signer: MessageSigner)]) {
        self.senders = senders
    }

    /// Proves who sent a call; a pure function of the call, the keys and the time. Which party its
    /// path names is not looked at.
    ///
    /// - Parameter now: wall time in Unix seconds.
    /// - Throws: ``IncomingRefusal``.
    package func verify(
        _ call: IncomingCall, now: Int64
    ) throws(IncomingRefusal) -> VerifiedMessage {
        let key = try call.value(of: SignatureHeader.key)
        let timestamp = try call.value(of: SignatureHeader.timestamp)
        let nonce = try call.value(of: SignatureHeader.nonce)
        let signatures = call.values(of: SignatureHeader.signature)
        if signatures.isEmpty { throw .missingHeader(SignatureHeader.signature) }
        guard let seconds = MessageSigner.seconds(timestamp) else {
            throw .malformedHeader(SignatureHeader.timestamp)
        }
        guard (8...128).contains(nonce.utf8.count), Self.isPlain(nonce) else {
            throw .malformedHeader(SignatureHeader.nonce)
        }
        guard let sender = senders[key] else { throw .unknownKey }
        // A line break in either would let one signed text stand for two requests.
        guard Self.isPlain(call.method), Self.isPlain(call.target) else {
            throw .badSignature
        }
        do throws(SignatureFault) {
            try sender.signer.verifyRequest(
                method: call.method, target: call.target, body: call.body, nonce: nonce,
                timestamp: timestamp, signatures: signatures, now: now)
        } catch {
            throw IncomingRefusal(error)
        }
        return VerifiedMessage(
            party: sender.party, nonce: nonce,
            expiresAt: seconds + MessageSigner.windowSeconds)
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}

extension IncomingRefusal {
    fileprivate init(_ fault: SignatureFault) {
        switch fault {
        case .noTimestamp: self = .malformedHeader(SignatureHeader.timestamp)
        case .outsideWindow(let seconds): self = .outsideWindow(seconds: seconds)
        case .noSignature: self = .malformedHeader(SignatureHeader.signature)
        case .mismatch, .cannotSign: self = .badSignature
        case .noValidKey: self = .noValidKey
        }
    }
}
