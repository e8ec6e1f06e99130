private import Foundation
internal import SQLStore

/// A lock on a file beside the store: the system frees it when the process ends, however it ends.
final class FileLease: SQLLease, @unchecked Sendable {
    // Guarded by `guardian`; nothing else is mutable.
    private var descriptor: Int32
    private let guardian = NSLock()

    /// Locks a file beside a store, made if need be; nil when another holds it. Whoever comes to
    /// the store by a link takes the same file.
    ///
    /// Throws `StoreError.cannotOpen` or `.inputOutput`.
    static func take(_ name: String, beside store: String) throws(StoreError) -> FileLease? {
        let path = "\(URL(fileURLWithPath: store).resolvingSymlinksInPath().path)-\(name)"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
        }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return FileLease(descriptor) }
        let failure = errno
        close(descriptor)
        if failure == EWOULDBLOCK { return nil }
        throw .inputOutput(reason: "locking \(path): \(String(cString: strerror(failure)))")
    }

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        release()
    }

    var isHeld: Bool { guardian.withLock { descriptor >= 0 } }

    func release() {
        guardian.withLock {
            guard descriptor >= 0 else { return }
            // Closing the only descriptor frees the lock; there is nobody to tell of a failure.
            _ = close(descriptor)
            descriptor = -1
        }
    }
}
