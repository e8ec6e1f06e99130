/// An ISO 4217 currency: its three-letter code and how many decimals its minor unit has.
@usableFromInline @frozen
package struct Currency: Hashable, Sendable {
    /// The code's three ASCII letters, packed as bytes 2, 1, 0.
    @usableFromInline let packed: UInt32
    /// Decimals of the minor unit: 2 for CNY, 0 for JPY, 3 for BHD.
    @usableFromInline package let exponent: Int

    /// The currency of an ISO 4217 alphabetic code, or nil when the code is not in the standard.
    package init?(code: some StringProtocol) {
        guard let packed = Currency.pack(code), let exponent = Currency.exponents[packed] else {
            return nil
        }
        self.packed = packed
        self.exponent = exponent
    }

    /// The three-letter code, such as `CNY`.
    @usableFromInline package var code: String {
        String(unsafeUninitializedCapacity: 3) { bytes in
            for place in 0..<3 {
                bytes[place] = UInt8(truncatingIfNeeded: packed >> UInt32(16 - 8 * place))
            }
            return 3
        }
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
    private static let exponents = table([
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (
            2,
            """
            AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP \
            BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP \
            GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT \
            LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN \
            NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP \
            SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES \
            WST XCD YER ZAR ZMW ZWL
            """
        ),
    ])

    /// Decimals by packed code: it is read with every amount, and a number hashes sooner than text.
    private static func table(_ lists: [(decimals: Int, codes: String)]) -> [UInt32: Int] {
        var exponents: [UInt32: Int] = [:]
        for (decimals, codes) in lists {
            for code in codes.split(separator: " ") {
                if let packed = pack(code) { exponents[packed] = decimals }
            }
        }
        return exponents
    }

    /// Three letters A to Z as bytes 2, 1, 0; nil for anything else.
    private static func pack(_ code: some StringProtocol) -> UInt32? {
        var packed: UInt32 = 0
        var count = 0
        for byte in code.utf8 {
            guard count < 3, (65...90).contains(byte) else { return nil }
            packed = packed << 8 | UInt32(byte)
            count += 1
        }
        return count == 3 ? packed : nil
    }
}
