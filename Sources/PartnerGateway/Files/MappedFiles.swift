// Large files as memory, and every core to work on them.

internal import Dispatch
internal import Foundation
internal import Operations
package import Reconciling
internal import Synchronization

/// Maps regular files into memory; pipes, devices and standard input are read whole.
package struct MappedFiles: LargeFiles {
    package init() {}

    package func withBytes<Result>(
        of ours: String, and theirs: String, _ body: (ByteView, ByteView) throws -> Result
    ) throws -> Result {
        let (left, right) = (try Mapping(ours), try Mapping(theirs))
        return try withExtendedLifetime((left, right)) { try body(left.view, right.view) }
    }

    package func inParallel<Result: Sendable>(
        _ count: Int, _ work: @Sendable (Int) -> Result
    ) -> [Result] {
        let results = Mutex<[Int: Result]>([:])
        DispatchQueue.concurrentPerform(iterations: count) { number in
            let result = work(number)
            results.withLock { $0[number] = result }
        }
        return results.withLock { found in
            (0..<count).map { number in
                guard let result = found[number] else {
                    preconditionFailure("every piece of work has a result")
                }
                return result
            }
        }
    }
}

/// The bytes of one file while this lives.
private final class Mapping {
    private let memory: UnsafeMutableRawPointer
    private let count: Int
    private let isMapped: Bool

    /// - Throws: ``UnreadableInput``.
    init(_ path: String) throws {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { throw UnreadableInput(path: path) }
        defer { if path != "-" { close(descriptor) } }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw UnreadableInput(path: path) }
        let isRegular = facts.st_mode & S_IFMT == S_IFREG
        if isRegular, path != "-", facts.st_size > 0 {
            let size = Int(facts.st_size)
            let mapped = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
            guard let mapped, mapped != MAP_FAILED else { throw UnreadableInput(path: path) }
            posix_madvise(mapped, size, POSIX_MADV_WILLNEED)
            (memory, count, isMapped) = (mapped, size, true)
            return
        }
        let bytes = try Mapping.bytes(of: descriptor, path)
        memory = .allocate(byteCount: max(1, bytes.count), alignment: 8)
        memory.copyMemory(from: bytes, byteCount: bytes.count)
        (count, isMapped) = (bytes.count, false)
    }

    deinit {
        if isMapped {
            munmap(memory, count)
        } else {
            memory.deallocate()
        }
    }

    var view: ByteView {
        ByteView(
            UnsafeBufferPointer(start: memory.assumingMemoryBound(to: UInt8.self), count: count))
    }

    private static func bytes(of descriptor: Int32, _ path: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw UnreadableInput(path: path)
            }
            bytes += chunk[..<count]
        }
    }
}
