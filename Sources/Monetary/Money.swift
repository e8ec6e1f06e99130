/// An exact amount: 64-bit minor units of one currency.
@usableFromInline @frozen
package struct Money: Hashable, Sendable {
    /// Minor units (fen, cents); may be negative.
    @usableFromInline package let minorUnits: Int64
    @usableFromInline package let currency: Currency

    @inlinable
    package init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// The amount of a decimal string in a currency.
    ///
    /// - Throws: ``AmountError`` when the text is no number, has too many decimals or overflows.
    package init(_ text: some StringProtocol, _ currency: Currency) throws(AmountError) {
        self.init(
            minorUnits: try AmountText.parse(text, decimals: currency.exponent), currency: currency)
    }

    /// The decimal text, such as `100.01`, without the currency.
    package var text: String { AmountText.format(minorUnits, decimals: currency.exponent) }

    /// The exact sum.
    ///
    /// - Throws: ``AmountError/currencyMismatch(_:_:)`` or ``AmountError/overflow``.
    @inlinable
    package func adding(_ other: Money) throws(AmountError) -> Money {
        guard currency == other.currency else {
            throw .currencyMismatch(currency.code, other.currency.code)
        }
        return Money(minorUnits: try minorUnits.plus(other.minorUnits), currency: currency)
    }
}

extension Money: CustomStringConvertible {
    @usableFromInline package var description: String { "\(text) \(currency.code)" }
}

extension Int64 {
    /// The sum of two amounts of one currency.
    ///
    /// - Throws: ``AmountError/overflow``.
    @inlinable
    package func plus(_ other: Int64) throws(AmountError) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        if overflow { throw .overflow }
        return sum
    }

    /// The difference of two amounts of one currency.
    ///
    /// - Throws: ``AmountError/overflow``.
    @inlinable
    package func minus(_ other: Int64) throws(AmountError) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        if overflow { throw .overflow }
        return difference
    }

    /// The product of an amount and a whole number.
    ///
    /// - Throws: ``AmountError/overflow``.
    @inlinable
    package func times(_ factor: Int64) throws(AmountError) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        if overflow { throw .overflow }
        return product
    }
}
