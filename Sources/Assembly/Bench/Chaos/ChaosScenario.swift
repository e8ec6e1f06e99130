import BusinessCalendar

/// The scenario file of one house of a round: how it behaves and how often what goes wrong.
struct ChaosScenario: Sendable {
    /// What a house is made to get wrong besides the line, which is bad to all of them.
    enum Role: Sendable {
        /// Nothing; it is sent batches, and in some rounds its certificate is no good at first.
        case plain
        /// Money.
        case careless
        /// Nothing, and it does not look at keys: what arrives twice is executed twice.
        case strict
        /// Callbacks, maintenance and the calendar.
        case post
        /// It is no bank but pays borrowers out.
        case channel

        /// That of a bank.
        init(place: Int) {
            let ofBanks = [Role.plain, .careless, .strict, .post]
            self = ofBanks[place % ofBanks.count]
        }
    }

    /// Whether the bank does business on the round's date.
    enum Calendar: Hashable, Sendable {
        case open, holiday, cutOff
    }

    /// The certificate that a bank shows.
    enum Certificate: String, Sendable {
        case valid, expired
        case wrongName = "wrong-name"
    }

    let name: String
    let role: Role
    let date: BusinessDate
    let calendar: Calendar
    let callbackPort: Int
    /// Nil speaks plain HTTP.
    var certificate: Certificate?

    /// Seconds after which a 404 proves something. A bank that does not look at keys gets more:
    /// what lay in a socket when a sender was killed must have been read by then.
    static func settleSeconds(_ role: Role) -> Int { role == .strict ? 2 : 1 }

    var yaml: String { role == .channel ? channelText : bankText }

    private var bankText: String {
        let (transport, money) = faults
        return """
            party: \(name)
            currency: USD
            lenderComputation: scale
            penalty: {multiple: "1.5", graceDays: 3}
            roundingTolerance: 0
            startDate: \(date)
            settleSeconds: \(ChaosScenario.settleSeconds(role))
            deduplicates: \(role != .strict)
            signing: {profile: hmac-sha256, secretEnv: \(ChaosScenario.variable(name))}
            callbacks:
              url: "http://127.0.0.1:\(callbackPort)"
              attempts: 100
              retryMilliseconds: 500
            pending:
              probability: \(role == .post ? "15%" : "3%")
              queries: 1
              afterMilliseconds: 150
            refuse:
              - probability: "4%"
                reasonCode: own-decision
                reason: The bank's own credit decision was negative.
            \(days)\(tls)faults:
              transport:
            \(lines(transport))
              money: \(money.isEmpty ? "[]" : "")
            \(lines(money))

            """
    }

    private var channelText: String {
        """
        kind: clearing
        party: \(name)
        currency: USD
        startDate: \(date)
        fee: {fixed: "0.10", percent: "0.25"}
        signing: {profile: hmac-sha256, secretEnv: \(ChaosScenario.variable(name))}
        faults:
          transport:
        \(lines(ChaosFaults.silence(.channel) + ChaosFaults.channel))
          files:
        \(lines(ChaosFaults.payouts))

        """
    }

    private func lines(_ faults: [ChaosFaults.Fault]) -> String {
        faults.map { "    - \($0)" }.joined(separator: "\n")
    }

    /// Of the line and of money.
    private var faults: ([ChaosFaults.Fault], [ChaosFaults.Fault]) {
        let (more, money) =
            switch role {
            case .plain: (ChaosFaults.batches, [ChaosFaults.Fault]())
            case .careless: ([], ChaosFaults.money)
            case .strict, .channel: ([], [])
            case .post: (ChaosFaults.closed, ChaosFaults.post)
            }
        return (ChaosFaults.silence(role) + more + ChaosFaults.transport, money)
    }

    private var days: String {
        guard role == .post else { return "" }
        switch calendar {
        case .open: return ""
        case .holiday: return "calendar: {holidays: [\(date)]}\n"
        case .cutOff: return "calendar: {cutOff: \"00:00\"}\n"
        }
    }

    private var tls: String { certificate.map { "tls: {selfMade: \($0.rawValue)}\n" } ?? "" }

    /// The environment variable of a bank's secret.
    static func variable(_ name: String) -> String { "COLEND_\(name.uppercased())_SECRET" }
}
