// One request as the rules of a scenario see it.

/// What is asked of a house, by the name that rules give it.
package enum Call: String, CaseIterable, Sendable {
    /// A funding request, alone or as a line of a batch.
    case fund
    /// A batch of funding requests as a whole.
    case batch
    case query, reversal, payout
    case payoutQuery = "payout-query"
    /// A file that is sent to the house.
    case fileIn = "file-in"
    /// A file that is asked of the house.
    case fileOut = "file-out"
    /// A callback that the bank is about to send.
    case callback
}

/// One request with everything that a rule may look at.
struct Occasion {
    let call: Call
    /// What draws are made of, beside the seed and the attempt.
    let word: String
    var method = ""
    /// Path without the query.
    var path = ""
    /// Header names in lowercase with their values.
    var headers: [(name: String, value: String)] = []
    var key: String?
    var loan: String?
    var lender: String?
    var amount: Figure?
    var body: JSON = .null
    /// The house's clock.
    var date: Day
    var time: TimeOfDay
    /// How often `word` was seen, this time included.
    var attempt: Int

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// An amount of any currency as a number that can be compared: ten-thousandths.
struct Figure: Comparable, CustomStringConvertible {
    let tenThousandths: Int64
    let description: String

    /// Reads a decimal of at most four digits after the point.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, (1...14).contains(parts[0].utf8.count) else { return nil }
        let fraction = parts.count == 2 ? String(parts[1]) : ""
        guard parts.count == 1 || (1...4).contains(fraction.utf8.count) else { return nil }
        let padded = parts[0] + fraction + String(repeating: "0", count: 4 - fraction.utf8.count)
        guard padded.utf8.allSatisfy({ (48...57).contains($0) }), let units = Int64(padded)
        else { return nil }
        tenThousandths = units
        description = text
    }

    static func < (left: Figure, right: Figure) -> Bool {
        left.tenThousandths < right.tenThousandths
    }

    static func == (left: Figure, right: Figure) -> Bool {
        left.tenThousandths == right.tenThousandths
    }
}

/// A time of the house's day, in minutes.
struct TimeOfDay: Comparable, CustomStringConvertible {
    let minutes: Int

    static let midnight = TimeOfDay(minutes: 0)

    init(minutes: Int) {
        self.minutes = minutes
    }

    /// Reads `HH:MM`.
    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
            let hour = Int(parts[0]), let minute = Int(parts[1]),
            (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        minutes = 60 * hour + minute
    }

    var description: String {
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return padded(minutes / 60) + ":" + padded(minutes % 60)
    }

    static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.minutes < right.minutes }
}
