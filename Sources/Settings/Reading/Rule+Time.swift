import Foundation

extension Rule where Value == TimeOfDay {
    static var timeOfDay: Rule<TimeOfDay> {
        Rule("a time HH:MM from \"00:00\" to \"23:59\"", noun: "time of day") { text in
            let bytes = Array(text.utf8)
            guard bytes.count == 5, bytes[2] == 58 else { return nil }
            let digits = [0, 1, 3, 4].map { Int(bytes[$0]) - 48 }
            guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
            return TimeOfDay(
                hour: digits[0] * 10 + digits[1], minute: digits[2] * 10 + digits[3])
        }
    }
}

extension Rule where Value == String {
    /// A time zone of the tz database.
    static var zone: Rule<String> {
        let allowed = "a zone of the tz database such as Asia/Shanghai or UTC"
        return Rule(allowed) { (text) throws(Refusal) in
            let known = TimeZone.knownTimeZoneIdentifiers
            if text == "UTC" || known.contains(text) { return text }
            let nearest = Nearest.word(to: text, among: known).map { "did you mean \($0)? " } ?? ""
            throw Refusal(
                "\(Quoted.text(text)) is no time zone", allowed: "\(nearest)it needs \(allowed)")
        }
    }
}
