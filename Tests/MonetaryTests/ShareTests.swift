import Monetary
import Testing

@Test(arguments: [
    ("70%", "7/10"), ("7/10", "7/10"), ("33.33%", "3333/10000"), ("100%", "1/1"), ("0%", "0/1"),
    ("0/5", "0/1"), ("70/100", "7/10"), ("0.00000001%", "1/10000000000"),
])
func `a share is kept in lowest terms`(text: String, lowest: String) throws {
    #expect(try Share(text).description == lowest)
}

@Test(arguments: [
    "", "%", "70", "0.7", "-1%", "-1/2", "1/-2", "1/0", "/", "1/", "/2", "1/2/3", "+1/2", "1 / 2",
    "1/2%", "70%%", "70 %", "0.000000001%", "１/２", "99999999999999999999/1",
    "99999999999999999999%",
])
func `text that is no share is refused`(text: String) {
    #expect(throws: AmountError.notAShare(text)) { try Share(text) }
}

@Test(
    arguments: [
        (["70%", "30%"], true), (["1/3", "1/3", "1/3"], true), (["50%", "1/4", "25%"], true),
        (["100%", "0%"], true), (["33.33%", "33.33%", "33.33%"], false), (["70%", "31%"], false),
        (["33.33%", "33.33%", "33.34%"], true), ([], false),
    ] as [([String], Bool)])
func `shares make a whole exactly or not at all`(texts: [String], isWhole: Bool) throws {
    let shares = try texts.map { try Share($0) }
    #expect(try Share.makeWhole(shares) == isWhole)
}

@Test func `weights stand over one denominator`() throws {
    let weights = try Share.weights([Share("1/4"), Share("1/6"), Share("7/12")])
    #expect(weights.weights == [3, 2, 7])
    #expect(weights.denominator == 12)
}

@Test func `a common denominator beyond 64 bits overflows`() throws {
    let shares = [
        try Share(1, of: 9_223_372_036_854_775_783), try Share(1, of: 9_223_372_036_854_775_643),
    ]
    #expect(throws: AmountError.overflow) { try Share.makeWhole(shares) }
}
