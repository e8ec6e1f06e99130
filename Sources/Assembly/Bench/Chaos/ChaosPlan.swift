/// What happens in one round, all of it drawn from the seed and the round's number.
package struct ChaosPlan: Hashable, Sendable {
    /// Something that is ended as `kill -9` does, and started again.
    package enum Victim: Hashable, Sendable {
        /// The platform's `colend fund`.
        case fund
        /// The platform's `colend serve`.
        case serve
        /// A bank, by its place; half a record may be left at the end of its log.
        case bank(Int, tearsLog: Bool)
    }

    /// A kill, and the number of lines in the logs of all banks at which it comes.
    package struct Kill: Hashable, Sendable {
        /// Lines there are by then.
        package let atLine: Int
        /// Who is killed.
        package let victim: Victim
    }

    /// From 1.
    package let number: Int
    /// The seed of the round's banks.
    package let seed: UInt64
    /// Funding requests.
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
        let (lines, banks) = (requests * 2, options.partners)
        kills = (0..<ChaosPlan.part(number, of: options.kills, count)).map { index in
            let kill = DemoDraw(seed: options.seed, name: "round \(number) kill \(index)")
            return Kill(
                atLine: lines / 50
                    + Int(kill.number("line", below: UInt64(max(1, lines * 9 / 10)))),
                victim: ChaosPlan.victim(kill, banks: banks))
        }.sorted { $0.atLine < $1.atLine }
    }

    /// The nth of equal parts of a whole; together they are the whole.
    private static func part(_ number: Int, of whole: Int, _ count: Int) -> Int {
        whole * number / count - whole * (number - 1) / count
    }

    private static func victim(_ draw: DemoDraw, banks: Int) -> Victim {
        switch draw.number("victim", below: 100) {
        case 0..<35: .fund
        case 35..<50: .serve
        default:
            .bank(
                Int(draw.number("bank", below: UInt64(banks))),
                tearsLog: draw.isOneIn(3, "torn log"))
        }
    }

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
}
