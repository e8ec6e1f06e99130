import Foundation

/// How many files and connections this process may have open.
enum OpenFiles {
    /// Asks for as many as the system allows: the usual 1,024 are fewer than the places of two
    /// banks together, and a connection that cannot be opened looks like a bank that is down.
    static func allowMost() {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        // A system that refuses leaves what there was.
        _ = setrlimit(kind, &limit)
    }
}
