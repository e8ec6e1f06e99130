// Group commit: what arrives in one turn of the loop goes to the disk together, then is answered.
import Foundation
import NIOCore

/// Who sits behind the counter; used from one thread.
package protocol Desk: AnyObject {
    /// Decides a request; its outcome may leave only after `flush`. `now` is Unix seconds.
    func handle(_ request: WireRequest, now: Int64) throws(StateFault) -> Outcome
    /// Puts everything decided so far on the disk.
    func flush() throws(StateFault)
}

/// The bank's counter: serves requests in order and lets no outcome out before the disk has it.
final class Counter {
    private let bank: any Desk
    private let loop: any EventLoop
    private let fail: (StateFault) -> Void
    private var waiting: [(Outcome, (Outcome) -> Void)] = []
    private var isOpen = true

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
            if waiting.count == 1 { scheduleCommit() }
        } catch {
            stop(error)
        }
    }

    /// Writes what is decided; called once more before the process ends.
    func commit() {
        guard isOpen else { return }
        do throws(StateFault) {
            try bank.flush()
            let done = waiting
            waiting = []
            for (outcome, deliver) in done { deliver(outcome) }
        } catch {
            stop(error)
        }
    }

    private func scheduleCommit() {
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
