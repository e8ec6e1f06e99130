package import LendingRules

extension Agreement {
    /// The version that loans carry: a hash of the economic terms.
    package func version(hash: ([UInt8]) -> [UInt8]) -> TermsVersion {
        TermsVersion(content: canonicalTerms, hash: hash)
    }
}

extension Product {
    /// The version that loans carry: a hash of the economic terms.
    package func version(hash: ([UInt8]) -> [UInt8]) -> TermsVersion {
        TermsVersion(content: canonicalTerms, hash: hash)
    }
}

extension TermsVersion {
    /// The first 8 bytes of the content's hash (SHA-256 in use) as 16 hexadecimal digits.
    fileprivate init(content: String, hash: ([UInt8]) -> [UInt8]) {
        let bytes = hash(Array(content.utf8)).prefix(8)
        precondition(bytes.count == 8, "a content hash has at least 8 bytes")
        self.init(
            bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
    }
}
