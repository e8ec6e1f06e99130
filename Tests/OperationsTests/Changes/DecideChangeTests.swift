import BusinessCalendar
import LendingRules
import Operations
import Synchronization
import Testing

/// In which order a change is decided and written, and what keeps it from being so.
struct DecideChangeTests {
    private static let surroundings = Surroundings(
        hash: { $0 }, shard: { _ in 0 }, now: { 7 })
    private let desk = MemoryDesk(["a": "old", "b": "old", "c": "old"])
    private let ann: Person
    private let bob: Person

    init() throws {
        ann = try Person("ann")
        bob = try Person("bob")
    }

    private var decide: DecideChange {
        DecideChange(
            store: desk, place: desk, needsTwoPersons: true, surroundings: Self.surroundings)
    }

    private func propose(_ files: [String: String?]) async throws -> ConfigurationChange {
        let proposing = ProposeChange(
            store: desk, place: desk, surroundings: Self.surroundings)
        let change = try proposing.change(files, by: ann, reason: "")
        return try await proposing.run(change, firstDate: BusinessDate(dayNumber: 20_454))
    }

    private func fault(_ body: () async throws -> Void) async -> ChangeFault? {
        do {
            try await body()
            return nil
        } catch {
            return error as? ChangeFault
        }
    }

    @Test func `the decision is kept before the first file is written`() async throws {
        let change = try await propose(["b": "new", "a": nil, "c": "old"])
        #expect(change.proposed.files.map(\.path) == ["a", "b"], "what stays is left out")
        let after = try await decide.approve(1, by: bob, reason: "")
        #expect(desk.steps == ["propose", "decide", "put a", "put b", "finish"])
        #expect(after.state == .inForce)
        #expect(desk.texts == ["b": "new", "c": "old"])
    }

    @Test func `the same again is proposed once, and what changes nothing never`() async throws {
        _ = try await propose(["a": "new"])
        #expect(try await propose(["a": "new"]).number == 1)
        #expect(try await propose(["a": "newer"]).number == 2)
        let fault = await fault { _ = try await propose(["a": "old"]) }
        #expect(fault == .nothingChanges && fault?.code == "CHANGE-004")
    }

    @Test func `a disk that is full leaves a change that the same command ends`() async throws {
        _ = try await propose(["a": "new", "b": "new"])
        desk.refuse("b")
        await #expect(throws: FullDisk.self) { try await decide.approve(1, by: bob, reason: "") }
        #expect(try await desk.changes().map(\.state) == [.approved])
        _ = try await propose(["c": "new"])
        let waiting = await fault { _ = try await decide.approve(2, by: bob, reason: "") }
        #expect(waiting == .unfinished(2, other: 1) && waiting?.code == "CHANGE-002")
        desk.refuse(nil)
        #expect(try await decide.approve(1, by: ann, reason: "").state == .inForce)
        #expect(try await decide.approve(2, by: bob, reason: "").state == .inForce)
        #expect(desk.texts == ["a": "new", "b": "new", "c": "new"])
    }

    @Test func `an edit in between is never written over`() async throws {
        _ = try await propose(["a": "new", "b": "new"])
        desk.edit("b", "hers")
        let early = await fault { _ = try await decide.approve(1, by: bob, reason: "") }
        #expect(early?.code == "CHANGE-003")
        desk.edit("b", "old")
        desk.refuse("b")
        await #expect(throws: FullDisk.self) { try await decide.approve(1, by: bob, reason: "") }
        desk.refuse(nil)
        desk.edit("b", "hers")
        let late = await fault { _ = try await decide.approve(1, by: bob, reason: "") }
        #expect(late?.code == "CHANGE-003")
        #expect(desk.texts["b"] == "hers")
    }

    @Test func `what is approved is what was shown`() async throws {
        _ = try await propose(["a": "new"])
        desk.rename(to: "another name of it")
        let fault = await fault { _ = try await decide.approve(1, by: bob, reason: "") }
        #expect(fault?.code == "CHANGE-003")
        #expect(desk.steps == ["propose"])
    }

    @Test func `nobody approves what they proposed, and a rehearsal writes nothing`() async throws {
        _ = try await propose(["a": "new"])
        let own = await fault { _ = try await decide.approve(1, by: ann, reason: "") }
        #expect(own == .samePerson(1, "ann") && own?.code == "CHANGE-001")
        let rehearsed = try await decide.approve(1, by: bob, reason: "", isRehearsal: true)
        #expect(rehearsed.state == .approved)
        _ = try await decide.reject(1, by: bob, reason: "no", isRehearsal: true)
        #expect(desk.steps == ["propose"])
        let unknown = await fault { _ = try await decide.reject(4, by: bob, reason: "no") }
        #expect(unknown?.code == "CHANGE-005")
        #expect(try await decide.reject(1, by: ann, reason: "no").state == .rejected)
    }
}

/// What a place says that has no room.
private struct FullDisk: Error {}

/// Changes and files in memory, with what was done to them.
private final class MemoryDesk: ChangeStore, ConfigurationPlace {
    private struct State {
        var texts: [String: String]
        var changes: [ConfigurationChange] = []
        var steps: [String] = []
        var refused: String?
        var object = "x"
    }

    private let state: Mutex<State>

    init(_ texts: [String: String]) { state = Mutex(State(texts: texts)) }

    var texts: [String: String] { state.withLock { $0.texts } }
    var steps: [String] { state.withLock { $0.steps } }

    func refuse(_ path: String?) { state.withLock { $0.refused = path } }
    func edit(_ path: String, _ text: String) { state.withLock { $0.texts[path] = text } }
    func rename(to name: String) { state.withLock { $0.object = name } }

    func base(of path: String) -> String? { texts[path] }
    func text(of path: String) -> String? { texts[path] }

    func candidate(with files: [ChangedFile]) -> CandidateConfiguration {
        state.withLock { state in
            CandidateConfiguration(
                settings: files.map {
                    ChangedSetting(object: state.object, key: $0.path, old: nil, new: $0.text)
                }, approvedFiles: [:])
        }
    }

    func put(_ file: ChangedFile, ofChange number: Int) throws {
        try state.withLock { state in
            if state.refused == file.path { throw FullDisk() }
            state.texts[file.path] = file.text
            state.steps.append("put \(file.path)")
        }
    }

    func changes() async throws -> [ConfigurationChange] { state.withLock { $0.changes } }

    func propose(_ change: ProposedChange, firstDate: BusinessDate, now: Int64) async throws
        -> ConfigurationChange
    {
        state.withLock { state in
            let kept = ConfigurationChange(
                number: state.changes.count + 1, state: .proposed, proposed: change,
                proposedOn: firstDate, proposedAt: now)
            state.changes.append(kept)
            state.steps.append("propose")
            return kept
        }
    }

    func decide(_ decision: ChangeDecision, now: Int64) async throws {
        move(decision.number, decision.isApproval ? .approved : .rejected, decision.person)
        state.withLock { $0.steps.append("decide") }
    }

    func finish(_ number: Int) async throws {
        move(number, .inForce, nil)
        state.withLock { $0.steps.append("finish") }
    }

    private func move(_ number: Int, _ to: ChangeState, _ decider: String?) {
        state.withLock { state in
            let old = state.changes[number - 1]
            state.changes[number - 1] = ConfigurationChange(
                number: number, state: to, proposed: old.proposed, proposedOn: old.proposedOn,
                decider: decider ?? old.decider, proposedAt: old.proposedAt)
        }
    }
}
