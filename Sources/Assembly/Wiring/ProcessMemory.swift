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
