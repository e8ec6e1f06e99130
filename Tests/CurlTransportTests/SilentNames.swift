// A name server that does not answer, for the names of one test.

import Glibc
import Synchronization

/// Searches for names below `silent.invalid`, held back until a test lets them go.
enum SilentNames {
    private struct State {
        var waiting = 0
        var isOver = false
    }

    private static let state = Mutex(State())
    static let suffix = ".silent.invalid"
    /// A test that never lets go fails instead of hanging.
    private static let patienceMilliseconds = 60_000

    /// Searches that are held back just now.
    static var waiting: Int { state.withLock(\.waiting) }

    /// Lets every search go, with no answer.
    static func end() { state.withLock { $0.isOver = true } }

    fileprivate static func hold() {
        state.withLock { $0.waiting += 1 }
        for _ in 0..<patienceMilliseconds where !state.withLock(\.isOver) { usleep(1_000) }
        state.withLock { $0.waiting -= 1 }
    }
}

private typealias NameSearch =
    @convention(c) (
        UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafeRawPointer?, UnsafeMutableRawPointer?
    ) -> CInt

/// Stands before the C library's own search in this process: libcurl finds the program's first.
@_cdecl("getaddrinfo")
public func searchName(
    _ name: UnsafePointer<CChar>?, _ service: UnsafePointer<CChar>?, _ hints: UnsafeRawPointer?,
    _ result: UnsafeMutableRawPointer?
) -> CInt {
    if let name, String(cString: name).hasSuffix(SilentNames.suffix) {
        SilentNames.hold()
        return EAI_AGAIN
    }
    let next = UnsafeMutableRawPointer(bitPattern: -1)  // RTLD_NEXT
    guard let search = dlsym(next, "getaddrinfo") else { return EAI_FAIL }
    return unsafeBitCast(search, to: NameSearch.self)(name, service, hints, result)
}
