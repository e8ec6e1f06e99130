import LendingRules
import Testing

/// The life of one change of the configuration, event by event.
struct ChangeMachineTests {
    /// `+ann` approves, `-ann` rejects, `w` is written.
    private static func event(_ word: Substring) -> ChangeEvent {
        switch word.first {
        case "+": .approved(by: String(word.dropFirst()))
        case "-": .rejected(by: String(word.dropFirst()))
        default: .written
        }
    }

    private static func machine(
        _ words: String, needsTwoPersons: Bool = true, state: ChangeState = .proposed
    ) throws -> (ChangeMachine, [[ChangeEffect]]) {
        var machine = ChangeMachine(
            state: state, proposer: "ann", needsTwoPersons: needsTwoPersons)
        let effects = try words.split(separator: " ").map { try machine.apply(event($0)) }
        return (machine, effects)
    }

    @Test(
        arguments: [
            ("", ChangeState.proposed, nil, []), ("+bob", .approved, "bob", [true]),
            ("+bob w", .inForce, "bob", [true, false]),
            // A process that was killed is followed by another.
            ("+bob +bob", .approved, "bob", [true, true]),
            ("+bob +ann w", .inForce, "bob", [true, true, false]),
            ("+bob w w", .inForce, "bob", [true, false, false]),
            ("+bob w +bob", .inForce, "bob", [true, false, false]),
            ("-bob", .rejected, "bob", [false]), ("-bob -bob", .rejected, "bob", [false, false]),
            // Who proposed may take it back.
            ("-ann", .rejected, "ann", [false]),
        ])
    func `legal events lead here`(
        words: String, state: ChangeState, decider: String?, writes: [Bool]
    ) throws {
        let (machine, effects) = try Self.machine(words)
        #expect(machine.state == state)
        #expect(machine.decider == decider)
        #expect(effects.map { $0 == [.writeFiles] } == writes)
    }

    @Test(
        arguments: [
            "w", "+bob -bob", "+bob -ann", "+bob w +eve", "+bob w +ann", "+bob w -bob",
            "-bob +bob", "-bob +eve", "-bob -eve", "-bob w",
        ])
    func `no other event happens, and none changes anything`(words: String) throws {
        let parts = words.split(separator: " ")
        var (machine, _) = try Self.machine(parts.dropLast().joined(separator: " "))
        let before = machine
        let event = Self.event(try #require(parts.last))
        #expect(throws: ChangeRefusal.illegal(before.state, event)) {
            try machine.apply(event)
        }
        #expect(machine == before)
    }

    @Test func `who proposed approves only where one person is enough`() throws {
        #expect(throws: ChangeRefusal.samePerson("ann")) { try Self.machine("+ann") }
        let (machine, _) = try Self.machine("+ann w", needsTwoPersons: false)
        #expect(machine.state == .inForce)
        #expect(machine.decider == "ann")
    }

    @Test(arguments: ["+ann", "+bob", "-bob", "w"])
    func `what was adopted stays`(word: String) throws {
        #expect(throws: ChangeRefusal.self) { try Self.machine(word, state: .adopted) }
    }
}
