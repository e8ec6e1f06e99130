/// What may stand under a key, as far as one value shows it.
package indirect enum SettingKind: Hashable, Sendable {
    /// A short name that other files refer to.
    case name
    /// A name as people read it.
    case title
    /// A region as loans name it.
    /// A text of up to so many characters.
    case line(Int)
    /// What a rule holds figures against: of its measure's kind, be it a list.
    case limit
    case region
    /// A grade, region or channel where agreements ask for it: without spaces.
    case word
    case words([String])
    case flag
    case whole(ClosedRange<Int>)
    /// A whole number, or one of some words.
    case wholeOr(ClosedRange<Int>, [String])
    /// Not negative.
    case amount
    case amountAboveZero
    /// A part of a whole, more than nothing.
    case share
    case shareOrNothing
    /// Percent a year.
    case rate
    case multiple
    /// A part of something, or an amount.
    case feeValue
    case date
    case time
    case zone
    case currency
    case endpoint
    case proxy
    case path
    /// The name of an environment variable.
    case variable
    case headerWord
    case pin
    case list(of: SettingKind)
    /// A list of mappings, whose keys have forms of their own.
    case mappings
    /// A mapping from names of parties to values.
    case byParty(SettingKind)

    /// One of a type's words.
    static func choice<Value: RawRepresentable & CaseIterable>(_ type: Value.Type) -> SettingKind
    where Value.RawValue == String {
        .words(type.allCases.map(\.rawValue))
    }

    /// What the README says of it unless a form says more.
    var allowed: String {
        switch self {
        case .name: "a name"
        case .title: "1 to 80 characters"
        case .line(let longest): "1 to \(longest) characters"
        case .limit: "of the measure's kind"
        case .region: "1 to 40 characters"
        case .word: "1 to 40 characters without spaces"
        case .words(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .flag: "`true`, `false`"
        case .whole(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .wholeOr(let range, let words):
            SettingKind.whole(range).allowed + words.map { ", `\($0)`" }.joined()
        case .amount: "an amount"
        case .amountAboveZero: "an amount above zero"
        case .share: "above 0 %, at most 100 %"
        case .shareOrNothing: "0 % to 100 %"
        case .rate: "0 to 10000, 6 decimals"
        case .multiple: "0 to 10, 3 decimals"
        case .feeValue: "a percentage or an amount above zero"
        case .date: "a date, 1970 to 2199"
        case .time: "`00:00` to `23:59`"
        case .zone: "a name of the tz database"
        case .currency: "an ISO 4217 code"
        case .endpoint: "`https://…`, or `http://…` to this machine"
        case .proxy: "`http://`, `https://` or `socks5h://` with host and port"
        case .path: "a path"
        case .variable: "capitals, digits and `_`"
        case .headerWord: "up to 80 letters, digits and `-._:@/+`"
        case .pin: "base 64"
        case .list(let element): "a list: \(element.allowed)"
        case .mappings: "a list"
        case .byParty(let element): "\(element.allowed) each"
        }
    }
}
