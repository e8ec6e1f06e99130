// Wakes the thread that sleeps over its sockets.

internal import CCurl
internal import Glibc

/// A descriptor that becomes readable when it is rung.
final class Bell: Sendable {
    /// Below zero when the system has none to give.
    let descriptor: Int32

    init() { descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK)) }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The counter behind it takes more rings than there will ever be, so nobody resets it.
    func ring() { eventfd_write(descriptor, 1) }
}
