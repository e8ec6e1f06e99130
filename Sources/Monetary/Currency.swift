/// An ISO 4217 currency: its three-letter code and how many decimals its minor unit has.
@usableFromInline @frozen
package struct Currency: Hashable, Sendable {
    /// The code's three ASCII letters, packed as bytes 2, 1, 0.
    @usableFromInline let packed: UInt32
    /// Decimals of the minor unit: 2 for CNY, 0 for JPY, 3 for BHD.
    @usableFromInline package let exponent: Int

    /// The currency of an ISO 4217 alphabetic code, or nil when the code is not in the standard.
    package init?(code: some StringProtocol) {
        let bytes = Array(code.utf8)
        guard bytes.count == 3, bytes.allSatisfy({ (65...90).contains($0) }) else { return nil }
        guard let exponent = Currency.exponents.first(where: { $0.codes.contains(String(code)) })
        else { return nil }
        packed = bytes.reduce(0) { $0 << 8 | UInt32($1) }
        self.exponent = exponent.decimals
    }

    /// The three-letter code, such as `CNY`.
    @usableFromInline package var code: String {
        let bytes = [16, 8, 0].map { UInt8(truncatingIfNeeded: packed >> UInt32($0)) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Minor units in one major unit: 100 for CNY.
    package var minorUnitsPerMajor: Int64 {
        (0..<exponent).reduce(1) { scale, _ in scale * 10 }
    }
}

extension Currency: Comparable, CustomStringConvertible {
    /// Alphabetical by code.
    @inlinable
    package static func < (left: Currency, right: Currency) -> Bool { left.packed < right.packed }

    @usableFromInline package var description: String { code }
}

extension Currency {
    /// ISO 4217 list one, by number of decimals; funds and metals are left out.
    private static let exponents: [(decimals: Int, codes: Set<String>)] = [
        (0, words("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF")),
        (3, words("BHD IQD JOD KWD LYD OMR TND")),
        (
            2,
            words(
                """
                AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN \
                BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD \
                FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR \
                KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN \
                MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD \
                SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD \
                TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWL
                """)
        ),
    ]

    private static func words(_ text: String) -> Set<String> {
        Set(text.split(separator: " ").map(String.init))
    }
}
