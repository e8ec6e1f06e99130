private import CMemory
private import Foundation

/// How this process asks the system for memory.
package enum ProcessMemory {
    /// Settles it; to be called before anything else runs.
    ///
    /// The C library gives each thread an arena of its own, up to eight a processor, and none uses
    /// what another has freed: work that wanders over the threads of a queue holds a fifth more
    /// than it needs. And it takes arrays of more than 128 KiB from the system and gives them back
    /// each time, so that a batch of a thousand requests pays for fresh pages again and again.
    package static func settle() {
        // A refused setting leaves the usual one: slower, not wrong.
        _ = mallopt(M_ARENA_MAX, Int32(max(2, ProcessInfo.processInfo.activeProcessorCount)))
        _ = mallopt(M_MMAP_THRESHOLD, 8 << 20)
        _ = mallopt(M_TRIM_THRESHOLD, 32 << 20)
    }
}

extension ProcessMemory {
    /// Counts the most memory anew from here on, after giving back what is free.
    static func forgetPeak() {
        _ = malloc_trim(0)
        // Where the kernel does not let it be counted anew, what was held before counts as well.
        try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    }

    /// The most memory held since then, mapped files included.
    static var peakMiB: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1_024
    }
}
