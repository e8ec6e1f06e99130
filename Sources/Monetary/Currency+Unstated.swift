extension Currency {
    /// ISO 4217's code for "no currency", three times X: of records that hold no amount.
    ///
    /// No text is read as it: an amount always has a currency.
    package static let unstated = Currency(noCurrency: ())

    private init(noCurrency: Void) {
        packed = 0x58_5858
        exponent = 0
    }
}
