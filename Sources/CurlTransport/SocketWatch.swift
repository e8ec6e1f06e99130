// Which sockets want attention, told at a cost that those at rest do not add to.

internal import CCurl
internal import Glibc

/// The sockets that libcurl waits for, in one epoll descriptor, and its next timer.
///
/// libcurl asks for a socket when a transfer begins and lets it go when that ends, although the
/// connection stays. Connections therefore remain watched in between: a kept-alive exchange needs
/// no call into the kernel for that.
final class SocketWatch {
    /// What is watched for one descriptor, its place in the array.
    private struct Entry {
        /// Events that the kernel reports.
        var registered: UInt32 = 0
        /// Events that libcurl asks for.
        var wanted: UInt32 = 0
        /// Its end will be told by ``close(_:)``, so that it may remain watched until then.
        var isConnection = false
    }

    private let poll: Int32
    private let bell: Bell
    private var entries: [Entry] = []
    private let events: UnsafeMutablePointer<epoll_event>
    private static let mostEvents = 256
    /// When libcurl's own timer is due.
    private(set) var timer: ContinuousClock.Instant?

    /// nil when the system has no descriptor to give.
    init?(_ bell: Bell) {
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        self.bell = bell
        events = .allocate(capacity: SocketWatch.mostEvents)
        guard poll >= 0, bell.descriptor >= 0 else { return nil }
        // Told once for each ring: nobody has to read it.
        let edge = EPOLLIN.rawValue | EPOLLET.rawValue
        guard control(EPOLL_CTL_ADD, bell.descriptor, edge) else { return nil }
    }

    deinit {
        if poll >= 0 { Glibc.close(poll) }
        events.deallocate()
    }

    /// Waits for events, at most so long; how many there are.
    func wait(milliseconds: Int) -> Int {
        // An interrupted wait has found nothing.
        max(
            0,
            Int(
                epoll_wait(
                    poll, events, Int32(SocketWatch.mostEvents), Int32(clamping: milliseconds))))
    }

    /// The socket of an event and what to tell libcurl of it; nil when that did not ask.
    func event(_ position: Int) -> (socket: Int32, bits: Int32)? {
        let event = events[position]
        let socket = event.data.fd
        guard socket != bell.descriptor, Int(socket) < entries.count else { return nil }
        let wanted = entries[Int(socket)].wanted
        if wanted == 0 {
            // A connection at rest that the server has closed, or that speaks unasked: libcurl
            // finds that out itself before it uses it again.
            register(socket, 0)
            return nil
        }
        let trouble = EPOLLERR.rawValue | EPOLLHUP.rawValue
        var bits: Int32 = 0
        if event.events & (EPOLLIN.rawValue | trouble) != 0, wanted & EPOLLIN.rawValue != 0 {
            bits |= CURL_CSELECT_IN
        }
        if event.events & (EPOLLOUT.rawValue | trouble) != 0, wanted & EPOLLOUT.rawValue != 0 {
            bits |= CURL_CSELECT_OUT
        }
        return bits == 0 ? nil : (socket, bits)
    }

    /// libcurl wants other events of a socket; false when the system does not let us.
    func want(_ socket: Int32, _ what: Int32) -> Bool {
        grow(to: socket)
        let wanted: UInt32 =
            switch what {
            case CURL_POLL_IN: EPOLLIN.rawValue
            case CURL_POLL_OUT: EPOLLOUT.rawValue
            case CURL_POLL_INOUT: EPOLLIN.rawValue | EPOLLOUT.rawValue
            default: 0
            }
        entries[Int(socket)].wanted = wanted
        if wanted == 0, entries[Int(socket)].isConnection,
            entries[Int(socket)].registered == EPOLLIN.rawValue
        {
            return true
        }
        return register(socket, wanted)
    }

    /// A connection's socket was opened: what an earlier one of its number left is void. No program
    /// that this one starts shall hold it.
    func open(_ socket: Int32) {
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        grow(to: socket)
        entries[Int(socket)] = Entry(isConnection: true)
    }

    /// Closes a connection's socket. The kernel forgets by itself only what nobody else has open,
    /// and a program that was started between a socket's opening and its mark has it.
    func close(_ socket: Int32) -> Int32 {
        grow(to: socket)
        register(socket, 0)
        entries[Int(socket)] = Entry()
        return Glibc.close(socket)
    }

    /// libcurl wants to be called after so long, or below zero not at all.
    func setTimer(milliseconds: Int) {
        timer = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
    }

    /// Whether libcurl's timer is due; it is then forgotten until libcurl sets another.
    func takeTimer(at now: ContinuousClock.Instant) -> Bool {
        guard let due = timer, due <= now else { return false }
        timer = nil
        return true
    }

    private func grow(to socket: Int32) {
        let missing = Int(socket) + 1 - entries.count
        if missing > 0 { entries.append(contentsOf: repeatElement(Entry(), count: missing)) }
    }

    @discardableResult
    private func register(_ socket: Int32, _ events: UInt32) -> Bool {
        let before = entries[Int(socket)].registered
        if before == events { return true }
        entries[Int(socket)].registered = events
        if events == 0 {
            _ = control(EPOLL_CTL_DEL, socket, 0)
            return true
        }
        return control(before == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, events)
            || control(before == 0 ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, events)
    }

    private func control(_ operation: Int32, _ socket: Int32, _ events: UInt32) -> Bool {
        var event = epoll_event()
        event.events = events
        event.data.fd = socket
        return epoll_ctl(poll, operation, socket, &event) == 0
    }
}
