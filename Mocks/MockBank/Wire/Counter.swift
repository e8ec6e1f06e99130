// Group commit: what arrives in one turn of the loop goes to the disk together, then is answered.
import Foundation
import NIOCore

/// Who sits behind the counter; used from one thread.
package protocol Desk: AnyObject {
    /// Decides a request; its outcome may leave only after `flush`. `now` is Unix seconds.
    func handle(_ request: WireRequest, now: Int64) throws(StateFault) -> Outcome
    /// Puts everything decided so far on the disk.
    func flush() throws(StateFault)
    /// What becomes of a request whose body is not read; nil lets it come.
    func glance(_ request: WireRequest) throws(StateFault) -> Outcome?
    /// Whether there may be errands that were not handed over.
    var hasErrands: Bool { get }
    /// What the desk wants done of its own accord, at most so much; each is handed over once.
    func errands(atMost limit: Int) -> [Errand]
    /// The request that an errand sends; nil when there is nothing to send.
    func letter(for errand: Errand, now: Int64, nonce: String) -> Letter?
    /// An errand is over: with the status of the answer, nil when there was none.
    func finish(_ errand: Errand, status: Int?) throws(StateFault)
    /// An answer with the desk's signature.
    func sign(_ answer: WireAnswer, for request: WireRequest, now: Int64) -> WireAnswer
    /// Why a request is not signed as it must be; nil when it is.
    func objection(to request: WireRequest, now: Int64) -> Refusal?
}

extension Desk {
    package var hasErrands: Bool { false }
    package func errands(atMost limit: Int) -> [Errand] { [] }
    package func letter(for errand: Errand, now: Int64, nonce: String) -> Letter? { nil }
    package func finish(_ errand: Errand, status: Int?) throws(StateFault) {}
}

/// The bank's counter: serves requests in order and lets no outcome out before the disk has it.
final class Counter {
    private let bank: any Desk
    private let loop: any EventLoop
    private let fail: (StateFault) -> Void
    private var waiting: [(Outcome, (Outcome) -> Void)] = []
    private var isOpen = true
    private var isCommitDue = false
    private lazy var courier = Courier(bank, on: loop) { [unowned self] body in change(body) }

    /// `fail` is told when the disk refuses; nothing is answered from then on.
    init(_ bank: any Desk, on loop: any EventLoop, fail: @escaping (StateFault) -> Void) {
        self.bank = bank
        self.loop = loop
        self.fail = fail
    }

    func serve(_ request: WireRequest, then deliver: @escaping (Outcome) -> Void) {
        guard isOpen else { return deliver(.close(withReset: true)) }
        do throws(StateFault) {
            let now = Int64(Date().timeIntervalSince1970)
            waiting.append((try bank.handle(request, now: now), deliver))
            scheduleCommit()
        } catch {
            stop(error)
        }
    }

    /// Whether a request is done with before its body is read; then `deliver` is told how.
    func glance(_ request: WireRequest, then deliver: @escaping (Outcome) -> Void) -> Bool {
        guard isOpen else { return false }
        do throws(StateFault) {
            guard let outcome = try bank.glance(request) else { return false }
            waiting.append((outcome, deliver))
            scheduleCommit()
        } catch {
            stop(error)
        }
        return true
    }

    /// Begins with what an earlier life has left to do.
    func begin() { courier.look() }

    private func change(_ body: () throws(StateFault) -> Void) {
        guard isOpen else { return }
        do throws(StateFault) {
            try body()
            scheduleCommit()
        } catch {
            stop(error)
        }
    }

    /// Writes what is decided; called once more before the process ends.
    func commit() {
        isCommitDue = false
        guard isOpen else { return }
        do throws(StateFault) {
            try bank.flush()
            let done = waiting
            waiting = []
            for (outcome, deliver) in done { deliver(outcome) }
            courier.look()
        } catch {
            stop(error)
        }
    }

    private func scheduleCommit() {
        if isCommitDue { return }
        isCommitDue = true
        let counter = NIOLoopBound(self, eventLoop: loop)
        loop.execute { counter.value.commit() }
    }

    private func stop(_ fault: StateFault) {
        isOpen = false
        let dropped = waiting
        waiting = []
        for (_, deliver) in dropped { deliver(.close(withReset: true)) }
        fail(fault)
    }
}
