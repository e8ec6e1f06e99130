/// Two files of payments that agree but for a few lines of every kind, theirs in another order.
struct BenchFiles {
    let rows: Int

    /// Lines gathered before they are written.
    private static let pieceLines = 4096

    /// Writes one side, the same bytes every time.
    func write(theirs: Bool, _ write: (String) throws -> Void) throws {
        var piece = "payment_id,loan_id,principal,interest,fee,currency,value_date\n"
        let stride = coprimeStride
        var number = 0
        for line in 0..<rows {
            // A stride that shares no factor with the count visits every number once.
            number = theirs ? (number + stride) % rows : line
            piece += theirs ? theirLine(number) : self.line(number, centsMore: 0, day: 0)
            if line % BenchFiles.pieceLines == 0 {
                try write(piece)
                piece = ""
            }
        }
        try write(piece)
    }

    /// Of a thousand lines one is off by a cent, one dated a day later, one missing and replaced,
    /// and of ten thousand one is written twice.
    private func theirLine(_ number: Int) -> String {
        switch number % 1000 {
        case 100: return line(number, centsMore: 1, day: 0)
        case 300: return line(number, centsMore: 0, day: 1)
        case 500: return line(number + rows, centsMore: 0, day: 0)
        case 700 where number % 10_000 == 700:
            return line(number, centsMore: 0, day: 0) + line(number, centsMore: 0, day: 0)
        default: return line(number, centsMore: 0, day: 0)
        }
    }

    private func line(_ number: Int, centsMore: Int, day: Int) -> String {
        let cents = 10_000 + number * 7919 % 90_000 + centsMore
        let interest = 100 + number * 104_729 % 900
        return "PAY\(1_000_000_000 + number),LC\(number * 31 % 1_000_003),"
            + "\(cents / 100).\(two(cents % 100)),\(interest / 100).\(two(interest % 100)),0.00,"
            + "USD,2026-02-\(two(1 + number % 27 + day))\n"
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private var coprimeStride: Int {
        var stride = max(1, rows / 2 + 1)
        while greatestCommonDivisor(stride, rows) != 1 { stride += 1 }
        return stride
    }

    private func greatestCommonDivisor(_ left: Int, _ right: Int) -> Int {
        right == 0 ? left : greatestCommonDivisor(right, left % right)
    }
}
