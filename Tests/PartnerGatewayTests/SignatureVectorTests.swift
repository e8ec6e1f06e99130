// Signatures that others have published, and what must not pass for one.

import CCrypto
import PartnerGateway
import TestSupport
import Testing

@Suite struct SignatureVectorTests {
    /// RFC 8032 § 7.1, tests 1 and 2.
    static let edwards = [
        (
            secret: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            key: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", text: "",
            signature: """
            e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac\
            c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b
            """
        ),
        (
            secret: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            key: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", text: "r",
            signature: """
            92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e\
            458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
            """
        ),
    ]

    @Test(arguments: edwards)
    func `Ed25519 signs as in RFC 8032`(
        vector: (secret: String, key: String, text: String, signature: String)
    ) throws {
        let own = try EdwardsSample.signing(vector.secret)
        let partner = try EdwardsSample.verifying(vector.key)
        let text = vector.text == "r" ? [0x72] : [UInt8]()
        let signature = hexBytes(vector.signature)
        #expect(own.signature(of: text) == signature)
        #expect(partner.isSignature(signature, of: text))
        #expect(!partner.isSignature(signature, of: text + [0]))
    }

    @Test func `an Ed25519 signature whose scalar is not reduced does not pass`() throws {
        // s + L verifies wherever s is not compared with the group's order L.
        let vector = Self.edwards[0]
        var signature = hexBytes(vector.signature)
        let order = hexBytes("edd3f55c1a631258d69cf7a2def9de14") + [UInt8](repeating: 0, count: 15)
        var carry = 0
        for (index, byte) in (order + [0x10]).enumerated() {
            let sum = Int(signature[32 + index]) + Int(byte) + carry
            signature[32 + index] = UInt8(sum & 255)
            carry = sum >> 8
        }
        #expect(carry == 0)
        #expect(try !EdwardsSample.verifying(vector.key).isSignature(signature, of: []))
    }

    @Test func `HMAC-SHA256 is that of RFC 4231`() throws {
        let secret = try SigningKey(Array("Jefe".utf8), profile: .hmacSHA256)
        #expect(
            secret.signature(of: Array("what do ya want for nothing?".utf8))
                == hexBytes("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"))
        let encoded = try SigningKey(Array("base64:SmVmZQ==".utf8), profile: .hmacSHA256)
        #expect(encoded.signature(of: [1]) == secret.signature(of: [1]))
    }

    @Test func `the library's SM3 is that of GB/T 32905`() {
        var digest = [UInt8](repeating: 0, count: 32)
        var count: UInt32 = 0
        #expect(EVP_Digest(Array("abc".utf8), 3, &digest, &count, EVP_sm3(), nil) == 1)
        #expect(count == 32)
        #expect(
            digest
                == hexBytes(
                    "66c7f0f4 62eeedd9 d1f2d46b dc10e4e2 4167c487 5cf2f7a2 297da02b 8f4ba8e0"))
    }

    @Test func `SM2 accepts the signature of GM/T 0003_5`() throws {
        let text = Array("message digest".utf8)
        let key = try SM2Standard.verifying(.raw)
        #expect(key.isSignature(SM2Standard.signature, of: text))
        #expect(!key.isSignature(SM2Standard.signature, of: text + [0x20]))
        let der =
            [0x30, 0x46, 0x02, 0x21, 0x00] + SM2Standard.signature[..<32]
            + [0x02, 0x21, 0x00] + SM2Standard.signature[32...]
        #expect(try SM2Standard.verifying(.der).isSignature(Array(der), of: text))
    }

    @Test func `an SM2 signature is taken in the agreed form alone`() throws {
        let text = Array("message digest".utf8)
        for _ in 0..<20 {
            let der = try #require(SM2Standard.signing(.der).signature(of: text))
            let raw = try #require(SM2Standard.signing(.raw).signature(of: text))
            #expect(raw.count == 64)
            #expect(try SM2Standard.verifying(.der).isSignature(der, of: text))
            #expect(try SM2Standard.verifying(.raw).isSignature(raw, of: text))
            #expect(try !SM2Standard.verifying(.der).isSignature(raw, of: text))
            #expect(try !SM2Standard.verifying(.raw).isSignature(der, of: text))
            // The same numbers, written less briefly, or with something behind them.
            #expect(try !SM2Standard.verifying(.der).isSignature(der + [0], of: text))
            let long = [0x30, 0x81] + der[1...]
            #expect(try !SM2Standard.verifying(.der).isSignature(Array(long), of: text))
        }
    }

    @Test(arguments: [0, 1, 31, 32, 33, 63, 65, 128])
    func `no SM2 signature of zeros or of another length passes`(count: Int) throws {
        let zeros = [UInt8](repeating: 0, count: count)
        #expect(try !SM2Standard.verifying(.raw).isSignature(zeros, of: [1]))
        #expect(try !SM2Standard.verifying(.der).isSignature(zeros, of: [1]))
    }

    @Test func `an SM2 signature of zeros does not pass`() throws {
        let zeros = [UInt8](repeating: 0, count: 64)
        #expect(try !SM2Standard.verifying(.raw).isSignature(zeros, of: [1]))
    }
}

/// Keys from the 32 bytes that a standard prints (RFC 8410).
enum EdwardsSample {
    static func signing(_ secret: String) throws -> SigningKey {
        let der = hexBytes("302e020100300506032b657004220420" + secret)
        return try SigningKey(Array(pem("PRIVATE KEY", der).utf8), profile: .ed25519)
    }

    static func verifying(_ key: String) throws -> VerifyingKey {
        let der = hexBytes("302a300506032b6570032100" + key)
        return try VerifyingKey(Array(pem("PUBLIC KEY", der).utf8), profile: .ed25519)
    }
}

/// The example of GM/T 0003.5-2012, annex A: id 1234567812345678, text "message digest".
enum SM2Standard {
    static let secret = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8"
    static let point = """
        09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020\
        CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13
        """
    static let signature = hexBytes(
        """
        F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3\
        B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA
        """)

    static func signing(_ form: SM2Form) throws -> SigningKey {
        let der = hexBytes(
            "308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420" + secret
                + "a14403420004" + point)
        return try SigningKey(Array(pem("PRIVATE KEY", der).utf8), profile: .sm2(form))
    }

    static func verifying(_ form: SM2Form) throws -> VerifyingKey {
        let der = hexBytes(
            "3059301306072a8648ce3d020106082a811ccf5501822d03420004" + point)
        return try VerifyingKey(Array(pem("PUBLIC KEY", der).utf8), profile: .sm2(form))
    }
}
