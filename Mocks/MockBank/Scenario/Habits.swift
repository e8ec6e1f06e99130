// Habits of a bank beyond its arithmetic: days off, callbacks, the line it listens on.
import Yams

/// The days and hours at which the bank takes requests.
struct BankCalendar: Sendable {
    var holidays: Set<Day> = []
    /// Days of the week without business, 0 for Monday.
    var weekend: Set<Int> = []
    /// From this time on the bank takes nothing more for its date.
    var cutOff: TimeOfDay?

    /// Why a request is refused for its day or hour.
    func refusal(_ head: RequestHead, _ clock: Day, _ time: TimeOfDay) -> Refusal? {
        if holidays.contains(head.valueDate) || weekend.contains(head.valueDate.weekday) {
            return Refusal(code: "holiday", reason: "no business on \(head.valueDate)")
        }
        guard let cutOff else { return nil }
        if head.valueDate < clock || (head.valueDate == clock && time >= cutOff) {
            return Refusal(
                code: "cut-off", reason: "\(head.valueDate) was closed at \(cutOff)")
        }
        return nil
    }

    init(_ root: Section) {
        let section = root.section("calendar", allowed: ["holidays", "weekend", "cutOff"])
        holidays = Set(section.values("holidays", "a date") { Day($0) })
        weekend = Set(
            section.values("weekend", "one of " + Day.weekdays.joined(separator: ", ")) {
                Day.weekdays.firstIndex(of: $0)
            })
        cutOff = section.optional("cutOff", "a time HH:MM") { TimeOfDay($0) }
    }
}

/// Where and how a bank sends callbacks.
struct CallbackRules: Sendable {
    /// `http://host:port`; nil sends none until the back door names one.
    let url: String?
    /// Path behind it; `{party}` is the bank's name.
    let path: String
    /// Whether a state that stands in the answer is called back as well.
    let isImmediate: Bool
    let attempts: Int
    let retryMilliseconds: Int

    init(_ root: Section) {
        let section = root.section(
            "callbacks", allowed: ["url", "path", "immediate", "attempts", "retryMilliseconds"])
        url = section.optional("url", "http://HOST:PORT") { Destination($0) == nil ? nil : $0 }
        path =
            section.value(
                "path", "a path from /", default: "/v1/partners/{party}/callbacks"
            ) { $0.hasPrefix("/") ? $0 : nil } ?? "/"
        isImmediate = section.flag("immediate", default: false)
        attempts = section.whole("attempts", default: 20, in: 1...10_000) ?? 20
        retryMilliseconds =
            section.whole("retryMilliseconds", default: 500, in: 1...600_000) ?? 500
    }
}

/// The certificate of a house that speaks TLS.
package struct TLSRules: Sendable {
    /// A certificate that the house makes itself, right or wrong.
    enum SelfMade: String, CaseIterable, Sendable {
        case valid, expired
        case wrongName = "wrong-name"
    }

    var certificate: String?
    var key: String?
    var selfMade: SelfMade?
    /// Certificates that sign those of clients; with it every client must show one.
    var clientCertificates: String?

    /// Nil when the house speaks plain HTTP.
    init?(_ root: Section) {
        guard root.has("tls") else { return nil }
        let section = root.section(
            "tls", allowed: ["certificate", "key", "selfMade", "clientCertificates"])
        certificate = section.optional("certificate", "a PEM file") { $0 }
        key = section.optional("key", "a PEM file") { $0 }
        selfMade = section.has("selfMade") ? section.choice("selfMade", default: nil) : nil
        clientCertificates = section.optional("clientCertificates", "a PEM file") { $0 }
        let isGiven = section.has("certificate") && section.has("key")
        let isHalf = section.has("certificate") != section.has("key")
        if isHalf || isGiven == section.has("selfMade") {
            section.faults.report(
                section.node, "tls needs certificate and key, or selfMade, not both")
        }
    }
}

extension Section {
    /// Seconds by which the house's wall clock is wrong.
    var clockSkew: Int { whole("clockSkewSeconds", default: 0, in: -86_400...86_400) ?? 0 }

    /// The values of a list.
    func values<Value>(
        _ name: String, _ expected: String, _ parse: (String) -> Value?
    ) -> [Value] {
        guard let node = child(name) else { return [] }
        guard let sequence = node.sequence else {
            faults.report(node, "\(path).\(name) must be a list")
            return []
        }
        return sequence.compactMap { node in
            let value = node.scalar.flatMap { parse($0.string) }
            if value == nil { faults.report(node, "\(path).\(name) must hold \(expected)") }
            return value
        }
    }
}
