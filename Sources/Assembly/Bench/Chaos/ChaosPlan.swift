/// What happens in one round, all of it drawn from the seed and the round's number.
package struct ChaosPlan: Hashable, Sendable {
    /// Something that is ended as `kill -9` does, and started again.
    package enum Victim: Hashable, Sendable {
        /// The platform's `colend fund`.
        case fund
        /// The platform's `colend serve`.
        case serve
        /// The platform's `colend eod`, on the next evening.
        case close
        /// A house by its place: a bank, or behind the last of them the payment channel; half a
        /// record may be left at the end of its log.
        case house(Int, tearsLog: Bool)
    }

    /// A kill, and the number of lines in the logs of all houses at which it comes.
    package struct Kill: Hashable, Sendable {
        /// Lines there are by then.
        package let atLine: Int
        /// Who is killed.
        package let victim: Victim
    }

    /// A house that answers nothing from an evening on.
    package struct Silence: Hashable, Sendable {
        /// The house's place.
        package let place: Int
        /// Until what it was asked for has been given up; otherwise until the morning.
        package let outlastsDeadline: Bool
    }

    /// Business dates on which loans are booked.
    package static let dates = 3

    /// From 1.
    package let number: Int
    /// The seed of the round's banks.
    package let seed: UInt64
    /// Funding requests, not counting those for which others are asked later.
    package let requests: Int
    /// Banks.
    package let partners: Int
    /// In the order of their lines.
    package let kills: [Kill]

    /// The plan of a round, from 1.
    package init(_ options: ChaosOptions, round number: Int) {
        self.number = number
        partners = options.partners
        let count = options.roundCount
        requests = ChaosPlan.part(number, of: options.requests, count)
        let draw = DemoDraw(seed: options.seed, name: "round \(number)")
        seed = draw.number("seed", below: 1 << 48)
        let houses = partners + (ChaosPlan.hasChannel(number) ? 1 : 0)
        let lines = requests * 2
        kills = (0..<ChaosPlan.part(number, of: options.kills, count)).map { index in
            let kill = DemoDraw(seed: options.seed, name: "round \(number) kill \(index)")
            return Kill(
                atLine: lines / 50
                    + Int(kill.number("line", below: UInt64(max(1, lines * 9 / 10)))),
                victim: ChaosPlan.victim(kill, houses: houses))
        }.sorted { $0.atLine < $1.atLine }
    }

    /// The nth of equal parts of a whole; together they are the whole.
    private static func part(_ number: Int, of whole: Int, _ count: Int) -> Int {
        whole * number / count - whole * (number - 1) / count
    }

    private static func victim(_ draw: DemoDraw, houses: Int) -> Victim {
        switch draw.number("victim", below: 100) {
        case 0..<35: .fund
        case 35..<48: .serve
        case 48..<58: .close
        default:
            .house(
                Int(draw.number("bank", below: UInt64(houses))),
                tearsLog: draw.isOneIn(3, "torn log"))
        }
    }

    private static func hasChannel(_ number: Int) -> Bool { number % 2 == 0 }
}

extension ChaosPlan {
    /// The first bank shows certificates that are no good before its right one.
    var hasBadCertificates: Bool { number % 4 == 1 }

    /// What the last bank's calendar is like.
    var calendar: ChaosScenario.Calendar {
        switch number % 8 {
        case 2: .holiday
        case 6: .cutOff
        default: .open
        }
    }

    /// Borrowers are paid over a payment channel.
    package var paysThroughChannel: Bool { ChaosPlan.hasChannel(number) }

    /// Who falls silent on the evening of a date, from 0; nobody on the last.
    package func silences(onEveningOf date: Int) -> [Silence] {
        if date >= ChaosPlan.dates - 1 { return [] }
        let banks = [true, false].enumerated().map { offset, outlasts in
            Silence(place: (number + date + offset) % partners, outlastsDeadline: outlasts)
        }
        let channel = Silence(place: partners, outlastsDeadline: false)
        return paysThroughChannel ? banks + [channel] : banks
    }
}
