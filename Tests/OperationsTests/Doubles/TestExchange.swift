import BusinessCalendar
import LendingRules
import Operations
import Synchronization

/// Where partners put and fetch files, in memory.
final class TestExchange: PartnerFiles {
    /// A party's name, a date and a file name.
    struct Place: Hashable {
        let party: PartyID
        let date: BusinessDate
        let name: String
    }

    private let theirs = Mutex<[Place: [UInt8]]>([:])
    private let puts = Mutex<[(place: Place, bytes: [UInt8])]>([])
    private let refusals = Mutex<[Place: FileAnswer]>([:])
    private let closedDoors = Mutex<Set<PartyID>>([])

    /// Our files as they arrived, in order.
    var received: [Place] { contents.map(\.place) }

    /// The same with what is in them.
    var contents: [(place: Place, bytes: [UInt8])] { puts.withLock { $0 } }

    /// The partner offers a file.
    func offer(_ name: String, _ bytes: [UInt8], from party: PartyID, on date: BusinessDate) {
        theirs.withLock { $0[Place(party: party, date: date, name: name)] = bytes }
    }

    func withdraw(_ name: String, of party: PartyID, on date: BusinessDate) {
        theirs.withLock { $0[Place(party: party, date: date, name: name)] = nil }
    }

    /// What the partner says to one of our files.
    func refuse(_ place: Place, with answer: FileAnswer?) {
        refusals.withLock { $0[place] = answer }
    }

    func shut(_ parties: Set<PartyID>) { closedDoors.withLock { $0 = parties } }

    func put(_ file: FileContent, to party: PartyID, on date: BusinessDate) async -> FileAnswer {
        let place = Place(party: party, date: date, name: file.name)
        if let refusal = refusals.withLock({ $0[place] }) { return refusal }
        if closedDoors.withLock({ $0.contains(party) }) { return .unavailable(.init("shut")) }
        puts.withLock { $0.append((place, file.bytes)) }
        return .stored
    }

    func get(_ name: String, from party: PartyID, on date: BusinessDate) async -> FileAnswer {
        if closedDoors.withLock({ $0.contains(party) }) { return .unavailable(.init("shut")) }
        let place = Place(party: party, date: date, name: name)
        return theirs.withLock { $0[place] }.map { .content($0) } ?? .absent
    }
}
