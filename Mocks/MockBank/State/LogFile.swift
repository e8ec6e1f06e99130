// The append-only log: a line is on the disk before the answer it stands behind leaves.
import Crypto
import Foundation

/// Why the bank's state cannot be read or written.
package struct StateFault: Error, CustomStringConvertible {
    /// What happened, to which file.
    package let description: String
}

/// What one line of a log holds.
protocol Logged {
    var json: JSON { get }
    init?(_ json: JSON)
}

/// The log of one state directory, locked against a second bank.
final class LogFile<Record: Logged> {
    private let path: String
    private let descriptor: Int32
    private var pending: [UInt8] = []

    /// Opens the log, cuts off a torn last line and hands every whole record to `replay`.
    init(
        directory: String, replay: (Record) throws(StateFault) -> Void
    ) throws(StateFault) {
        path = directory + "/log"
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StateFault(description: "cannot open \(path)") }
        guard LogFile.lock(descriptor) else {
            throw StateFault(description: "\(path) is in use by another bank")
        }
        guard let content = FileManager.default.contents(atPath: path) else {
            throw StateFault(description: "cannot read \(path)")
        }
        let whole = try LogFile.replay([UInt8](content), path: path, replay)
        if whole < content.count, ftruncate(descriptor, off_t(whole)) != 0 {
            throw StateFault(description: "cannot cut the torn last line off \(path)")
        }
    }

    deinit {
        close(descriptor)
    }

    /// A process just being started may still hold a copy of a lock that was given back: it is
    /// asked for again for half a second.
    private static func lock(_ descriptor: Int32) -> Bool {
        for _ in 0..<50 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            usleep(10_000)
        }
        return false
    }

    /// Adds a record to what the next `flush` writes.
    func append(_ record: Record) {
        let text = record.json.bytes
        pending += LogFile.check(text).utf8
        pending.append(UInt8(ascii: " "))
        pending += text
        pending.append(UInt8(ascii: "\n"))
    }

    /// Writes what was appended and waits until the disk has it.
    func flush() throws(StateFault) {
        guard !pending.isEmpty else { return }
        var written = 0
        while written < pending.count {
            let count = pending[written...].withUnsafeBytes {
                write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw StateFault(description: "cannot write \(path)") }
            written += count
        }
        guard fdatasync(descriptor) == 0 else {
            throw StateFault(description: "cannot write \(path) to the disk")
        }
        pending.removeAll(keepingCapacity: true)
    }

    /// Forgets all records, those not written yet too.
    func empty() throws(StateFault) {
        pending.removeAll(keepingCapacity: true)
        guard ftruncate(descriptor, 0) == 0, fdatasync(descriptor) == 0 else {
            throw StateFault(description: "cannot empty \(path)")
        }
    }

    private static func check(_ text: [UInt8]) -> String {
        hexadecimal(SHA256.hash(data: text).prefix(8))
    }

    /// The length of the whole lines; a damaged line that is not the last is an error.
    private static func replay(
        _ content: [UInt8], path: String, _ body: (Record) throws(StateFault) -> Void
    ) throws(StateFault) -> Int {
        var start = 0
        var line = 1
        while let end = content[start...].firstIndex(of: UInt8(ascii: "\n")) {
            guard let record = record(content[start..<end]) else {
                if end == content.count - 1 { return start }
                throw StateFault(description: "\(path):\(line) is damaged")
            }
            try body(record)
            start = end + 1
            line += 1
        }
        return start
    }

    private static func record(_ line: ArraySlice<UInt8>) -> Record? {
        guard line.count > 17, line[line.startIndex + 16] == UInt8(ascii: " ") else { return nil }
        let text = [UInt8](line.dropFirst(17))
        guard Array(check(text).utf8) == Array(line.prefix(16)),
            let json = try? JSON.parse(text)
        else { return nil }
        return Record(json)
    }
}
