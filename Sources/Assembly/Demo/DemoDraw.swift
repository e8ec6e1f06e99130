/// Draws that depend on the seed, a name and a purpose alone, never on the order of asking.
struct DemoDraw: Hashable, Sendable {
    let seed: UInt64
    let name: String

    func number(_ purpose: String, below limit: UInt64) -> UInt64 {
        let digest = Hashing.sha256(Array("\(seed) \(name) \(purpose)".utf8))
        return digest.prefix(7).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % limit
    }

    func isOneIn(_ count: UInt64, _ purpose: String) -> Bool { number(purpose, below: count) == 0 }

    /// One of the choices, or nil when there is none.
    func pick<Choice>(_ purpose: String, of choices: [Choice]) -> Choice? {
        choices.isEmpty ? nil : choices[Int(number(purpose, below: UInt64(choices.count)))]
    }
}
