import Monetary
import Reconciling
import TestSupport
import Testing

/// Our payments against the channel's lines, read in the light of the transfer.
struct ChannelDayTests {
    @Test(
        arguments: [(10_000, 110), (0, 0), (1, 10), (50, 11), (49, 10), (-500, 0)]
            as [(Int64, Int64)])
    func `a fee is the fixed part and the rate's, half up`(gross: Int64, fee: Int64) {
        #expect(CashSamples.fee.amount(of: gross) == fee)
    }

    @Test func `without a rate the fee is fixed`() {
        #expect(ChannelFee(fixed: 25, rate: nil).amount(of: 1_000_000) == 25)
    }

    /// Lines, and the cause before the transfer has come and when it tells that money, or only the
    /// file, differs.
    struct Reading: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let lines: [Record]
        let before: String
        let real: String
        let printed: String

        init(_ name: String, _ lines: [Record], _ before: String, _ real: String, _ printed: String)
        {
            testDescription = name
            self.lines = lines
            self.before = before
            self.real = real
            self.printed = printed
        }
    }

    static let plain = CashSamples.line("P", 1000)
    static let readings: [Reading] = [
        Reading("left out", [], "missing-at-channel", "missing-at-channel", "left-out-of-file"),
        Reading(
            "fee", [CashSamples.line("P", 1000, fee: 40)], "fee-differs", "fee-differs",
            "misprinted"),
        Reading(
            "gross", [CashSamples.line("P", 1001)], "misprinted", "booked-differently",
            "misprinted"),
        Reading(
            "net", [CashSamples.line("P", 1000, net: 900)], "misprinted", "booked-differently",
            "misprinted"),
        Reading("twice", [plain, plain], "written-twice", "booked-twice", "written-twice"),
        Reading(
            "stranger", [plain, CashSamples.line("X", 700)], "not-booked-by-us",
            "not-booked-by-us", "stray-line"),
    ]

    @Test func `ids that only look alike are two payments`() throws {
        let payments = [CashSamples.payment("P-K", 1000)]
        let lines = [CashSamples.line("P-\u{212A}", 1000)]
        let result = try CashSamples.channel(payments, lines, arrived: [:])
        #expect(result.findings.map(\.kind) == [.oursOnly, .theirsOnly])
        #expect(result.findings.map(\.ordinal) == [1, 1])
    }

    @Test func `lines of one payment are numbered, each payment's anew`() throws {
        let payments = ["A", "B"].map { CashSamples.payment($0, 1000) }
        let lines = ["A", "A", "A", "B", "B"].map { CashSamples.line($0, 1000) }
        let result = try CashSamples.channel(payments, lines, arrived: [:])
        #expect(result.findings.map(\.kind) == Array(repeating: .duplicateTheirs, count: 3))
        #expect(result.findings.map(\.ordinal) == [1, 2, 1])
    }

    @Test(arguments: readings)
    func `the transfer decides what a difference is`(reading: Reading) throws {
        let lines = reading.lines
        let payments = [CashSamples.payment("P", 1000)]
        func causes(_ arrived: [Currency: Int64]) throws -> [String] {
            try CashSamples.channel(payments, lines, arrived: arrived).findings
                .map { "\($0.cause.rawValue) \($0.isResolved)" }
        }
        let file = lines.reduce(Int64(0)) { $0 + $1.amounts[2] }
        #expect(try causes([:]) == ["\(reading.before) false"])
        #expect(try causes([Samples.dollar: file]) == ["\(reading.real) false"])
        #expect(try causes([Samples.dollar: 980]) == ["\(reading.printed) true"])
        let result = try CashSamples.channel(payments, lines, arrived: [Samples.dollar: 979])
        #expect(result.remainders[Samples.dollar] != 0, "nothing accounts for a cent less")
    }

    @Test func `another currency is no amount`() throws {
        let result = try CashSamples.channel(
            [CashSamples.payment("P", 1000)],
            [CashSamples.line("P", 1000, currency: Samples.yen)])
        #expect(result.findings.map(\.cause) == [.otherCurrency])
        #expect(result.findings.map(\.kind) == [.field])
        #expect(result.findings.first?.severity == .high)
    }

    @Test func `currencies are read apart`() throws {
        let result = try CashSamples.channel(
            [CashSamples.payment("P", 1000), CashSamples.payment("Q", 500, currency: Samples.yen)],
            [], arrived: [Samples.dollar: 0, Samples.yen: 485])
        #expect(result.findings.map(\.cause) == [.missingAtChannel, .leftOutOfFile])
        #expect(result.remainders == [Samples.dollar: 0, Samples.yen: 0])
    }

    @Test func `beyond ten differences only the plain readings are tried`() throws {
        let payments = (0..<12).map { CashSamples.payment("P\($0)", 1000 << Int64($0)) }
        let net = payments.reduce(Int64(0)) {
            $0 + $1.amount - CashSamples.fee.amount(of: $1.amount)
        }
        let all = try CashSamples.channel(payments, [], arrived: [Samples.dollar: 0])
        #expect(all.findings.allSatisfy { $0.cause == .missingAtChannel })
        let none = try CashSamples.channel(payments, [], arrived: [Samples.dollar: net])
        #expect(none.findings.allSatisfy { $0.cause == .leftOutOfFile })
        let one = try CashSamples.channel(payments, [], arrived: [Samples.dollar: net - 980])
        #expect(one.remainders == [Samples.dollar: -980])
    }

    @Test func `the order of payments and lines changes nothing`() throws {
        try Property.check(10_000) { generator in
            let payments = (0..<6).map {
                CashSamples.payment("P\($0)", Int64.random(in: 0..<4, using: &generator) * 100)
            }
            let lines = (0..<8).map { number in
                CashSamples.line(
                    "P\(Int.random(in: 0..<8, using: &generator))",
                    Int64.random(in: 0..<4, using: &generator) * 100,
                    fee: Bool.random(using: &generator) ? 20 : nil, line: number)
            }
            let arrived = [Samples.dollar: Int64.random(in: 0..<2000, using: &generator)]
            let one = try CashSamples.channel(payments, lines, arrived: arrived)
            let two = try CashSamples.channel(
                payments.shuffled(using: &generator), lines.shuffled(using: &generator),
                arrived: arrived)
            func words(_ result: ChannelResult) -> [String] {
                result.findings.map { "\($0.key) \($0.ordinal) \($0.sentence) \($0.differences)" }
            }
            try hold(words(one) == words(two), "not the same in another order")
            try hold(Set(one.claims) == Set(two.claims), "not the same in another order")
            try hold(one.remainders == two.remainders, "not the same in another order")
            let claimed = one.claims.filter { $0.side == .theirs }
            try hold(claimed.count == lines.count, "every line is claimed once")
            try hold(
                Set(claimed.map { "\($0.key) \($0.occurrence)" }).count == lines.count,
                "not the same in another order")
        }
    }

    @Test func `hostile amounts are an error`() {
        #expect(throws: ReconcilingError.self) {
            _ = try CashSamples.channel(
                [CashSamples.payment("P", .max)],
                [CashSamples.line("P", .min, fee: 0, net: .min)])
        }
        #expect(throws: ReconcilingError.self) {
            _ = try CashSamples.channel(
                [], [CashSamples.credit("no channel line", 1)])
        }
    }
}
