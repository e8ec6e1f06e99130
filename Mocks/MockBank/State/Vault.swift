// What a house knows and the log that it follows from.

/// The state of a house; `apply` is the only way to change it, live and on replay.
protocol HouseState {
    associatedtype Change: StoredChange
    var clock: Day { get }
    /// The time of the clock's date.
    var time: TimeOfDay { get }
    /// What rules by turn have counted.
    var tally: Tally { get }
    /// How often each fault was chosen, by its name or else its kind: what budgets count.
    var strikes: [String: Int] { get }
    /// How many of them have not shown yet: nobody has asked, or no answer has left.
    func unseen(_ name: String) -> Int
    /// Faults of the connection in force, but those that strike before a body is read.
    var transport: [TransportFault] { get }
    /// Faults in force that strike before a body is read.
    var unread: [TransportFault] { get }
    /// All rules in force with their kinds.
    var rules: [(kind: String, rule: Rule)] { get }
    /// Every request of the protocol, in order.
    var heard: [Heard] { get }
    /// How often a word was seen.
    func attempts(_ word: String) -> Int
    var journal: [JournalEntry] { get }
    /// Nonces that were used, with their time stamps in Unix seconds.
    var nonces: [String: Int64] { get }
    /// Applies one record; throws when a file that it names cannot be read.
    mutating func apply(_ record: LogLine<Change>) throws(StateFault)
    /// Forgets nonces older than any time stamp that would still be taken.
    mutating func forgetNonces(before timestamp: Int64)
}

/// A state with its log in a directory; used from one thread.
final class Vault<State: HouseState> {
    private(set) var state: State
    let signer: Signer
    private let log: LogFile<LogLine<State.Change>>

    /// Opens the log, cutting a torn last line off it, and replays it over a state that knows
    /// nothing yet; throws when the directory cannot be used or is in use.
    init(_ fresh: State, secrets: KeyRing, directory: String) throws(StateFault) {
        signer = Signer(secrets: secrets)
        var state = fresh
        log = try LogFile<LogLine<State.Change>>(directory: directory) {
            record throws(StateFault) in try state.apply(record)
        }
        self.state = state
    }

    /// Puts everything decided so far on the disk.
    func flush() throws(StateFault) { try log.flush() }

    /// Applies a record, its journal entries numbered, and adds it to the log.
    func keep(_ record: LogLine<State.Change>) throws(StateFault) {
        var record = record
        for index in record.entries.indices {
            record.entries[index].sequence = state.journal.count + index + 1
        }
        try state.apply(record)
        log.append(record)
    }

    /// Forgets everything: `fresh` is the state from now on, and the log begins anew.
    func reset(to fresh: State) throws(StateFault) {
        try log.empty()
        state = fresh
    }

    /// Takes out what waits in the state to be worked off, and is in no record.
    func take<Item>(_ body: (inout State) -> Item) -> Item { body(&state) }

    /// Forgets nonces that no time stamp in the window can carry, now and then.
    func forgetNonces(ifAfter now: Int64) {
        guard state.nonces.count > 0, state.nonces.count % 50_000 == 0 else { return }
        state.forgetNonces(before: now - 2 * Signer.windowSeconds)
    }
}
