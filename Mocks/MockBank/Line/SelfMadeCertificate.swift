// A certificate of the house's own making, good or bad, written as DER by hand (RFC 5280).
import Crypto
import Foundation

/// A self-signed P-256 certificate with its key.
struct SelfMadeCertificate {
    /// PEM, so that a client can trust it by name of file.
    let certificate: String
    let key: String

    /// A certificate that begins or ended a month before `today`, for this machine or for another.
    init(_ kind: TLSRules.SelfMade, today: Day) throws {
        let key = P256.Signing.PrivateKey()
        self.key = key.pemRepresentation
        let from = kind == .expired ? today.adding(days: -60) : today.adding(days: -30)
        let to = kind == .expired ? today.adding(days: -30) : today.adding(days: 365)
        let name = kind == .wrongName ? "another-bank.invalid" : "localhost"
        let alternatives =
            kind == .wrongName
            ? DER.value(0x82, Array(name.utf8))
            : DER.value(0x82, Array(name.utf8)) + DER.value(0x87, [127, 0, 0, 1])
        let body = DER.sequence(
            DER.value(0xA0, DER.value(0x02, [2]))
                + DER.value(
                    0x02, [1] + SHA256.hash(data: key.publicKey.rawRepresentation).prefix(8))
                + DER.ecdsaWithSHA256 + DER.commonName(name)
                + DER.sequence(DER.midnight(from) + DER.midnight(to)) + DER.commonName(name)
                + Array(key.publicKey.derRepresentation)
                + DER.value(0xA3, DER.sequence(extensions(alternatives))))
        let signature = try key.signature(for: Data(body)).derRepresentation
        let whole = DER.sequence(
            body + DER.ecdsaWithSHA256 + DER.value(0x03, [0] + Array(signature)))
        let text = Data(whole).base64EncodedString(options: [
            .lineLength64Characters, .endLineWithLineFeed,
        ])
        certificate = "-----BEGIN CERTIFICATE-----\n\(text)\n-----END CERTIFICATE-----\n"
    }
}

/// It may sign itself, and it is for these names.
private func extensions(_ alternatives: [UInt8]) -> [UInt8] {
    let isAuthority = DER.sequence(
        DER.value(0x06, [0x55, 0x1D, 0x13]) + DER.value(0x01, [0xFF])
            + DER.value(0x04, DER.sequence(DER.value(0x01, [0xFF]))))
    let names = DER.sequence(
        DER.value(0x06, [0x55, 0x1D, 0x11]) + DER.value(0x04, DER.sequence(alternatives)))
    return isAuthority + names
}

/// Distinguished encoding rules, as far as a certificate needs them (X.690).
private enum DER {
    /// 1.2.840.10045.4.3.2 without parameters.
    static let ecdsaWithSHA256 = sequence(
        value(0x06, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02]))

    static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        if count < 128 { return [tag, UInt8(count)] + content }
        if count < 256 { return [tag, 0x81, UInt8(count)] + content }
        return [tag, 0x82, UInt8(count >> 8), UInt8(count & 255)] + content
    }

    static func sequence(_ content: [UInt8]) -> [UInt8] { value(0x30, content) }

    static func commonName(_ name: String) -> [UInt8] {
        let pair = sequence(value(0x06, [0x55, 0x04, 0x03]) + value(0x0C, Array(name.utf8)))
        return sequence(value(0x31, pair))
    }

    /// The beginning of a day in UTC, the year in four digits.
    static func midnight(_ day: Day) -> [UInt8] {
        let digits = day.description.filter { $0 != "-" }
        let isShort = day.parts.year < 2050
        return value(
            isShort ? 0x17 : 0x18,
            Array(((isShort ? digits.dropFirst(2) : digits[...]) + "000000Z").utf8))
    }
}
