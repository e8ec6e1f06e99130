import Monetary
import Testing

@Test(
    arguments: [
        ("CNY", 2), ("USD", 2), ("INR", 2), ("EUR", 2), ("JPY", 0), ("KRW", 0), ("VND", 0),
        ("CLP", 0),
        ("BHD", 3), ("KWD", 3), ("TND", 3),
    ] as [(String, Int)])
func `a currency has the decimals of ISO 4217`(code: String, decimals: Int) throws {
    let currency = try #require(Currency(code: code))
    #expect(currency.exponent == decimals)
    #expect(currency.code == code)
    #expect(currency.minorUnitsPerMajor == [1, 10, 100, 1_000][decimals])
}

@Test(arguments: ["", "US", "USDX", "usd", "Usd", "XXX", "ZZZ", "U D", "12€", "¥¥¥", "US\u{0}"])
func `a code outside the standard is no currency`(code: String) {
    #expect(Currency(code: code) == nil)
}

@Test func `currencies order by their code`() {
    let codes = ["USD", "AED", "CNY", "JPY", "CNH", "ZWL", "BHD"].compactMap { Currency(code: $0) }
    #expect(codes.sorted().map(\.code) == ["AED", "BHD", "CNY", "JPY", "USD", "ZWL"])
}

@Test func `money of two currencies does not add up`() throws {
    let yuan = try Money("1.50", #require(Currency(code: "CNY")))
    let yen = try Money("1", #require(Currency(code: "JPY")))
    #expect(throws: AmountError.currencyMismatch("CNY", "JPY")) { try yuan.adding(yen) }
    #expect(try yuan.adding(yuan).description == "3.00 CNY")
    #expect(yen.text == "1")
}

@Test func `money beyond 64 bits overflows`() throws {
    let currency = try #require(Currency(code: "CNY"))
    let most = Money(minorUnits: .max, currency: currency)
    #expect(throws: AmountError.overflow) {
        try most.adding(Money(minorUnits: 1, currency: currency))
    }
    #expect(throws: AmountError.overflow) { try Int64.min.plus(-1) }
    #expect(throws: AmountError.overflow) { try Int64.min.times(-1) }
    #expect(try Int64.max.plus(.min) == -1)
    #expect(try Int64(-3).times(7) == -21)
}
