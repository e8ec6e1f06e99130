import Foundation

/// A terminal for a process to print on.
///
/// What is shown is read as it comes: the kernel keeps a few kilobytes only, and whoever prints
/// more waits.
struct Terminal {
    /// The process's side.
    let path: String
    private let screen: Int32
    /// Keeps what is shown until it is read, though the process is gone.
    private let side: Int32
    private let reading: Task<[UInt8], Never>

    init() throws {
        // Linux's numbers for TIOCSPTLCK and TIOCGPTN: unlock the other side, ask for its name.
        var (lock, number) = (Int32(0), Int32(-1))
        screen = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard screen >= 0, ioctl(screen, 0x4004_5431, &lock) == 0,
            ioctl(screen, 0x8004_5430, &number) == 0
        else { throw POSIXError(.ENOTTY) }
        path = "/dev/pts/\(number)"
        side = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard side >= 0 else { throw POSIXError(.ENOTTY) }
        reading = Task { [screen] in
            await withCheckedContinuation { continuation in
                Thread.detachNewThread { continuation.resume(returning: Self.read(screen)) }
            }
        }
    }

    /// Everything up to the end of the other side.
    private static func read(_ screen: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Foundation.read(screen, &buffer, buffer.count)
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }

    /// All that was printed, once the process is over; lines end as in a file. Closes the terminal.
    func shown() async -> String {
        close(side)
        let bytes = await reading.value
        close(screen)
        return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    }
}
