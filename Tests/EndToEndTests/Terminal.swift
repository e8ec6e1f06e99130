import Foundation

/// A terminal for a process to print on.
///
/// What is shown is kept by the kernel until it is read; a few kilobytes fit.
struct Terminal {
    /// The process's side.
    let side: FileHandle
    private let screen: Int32

    init() throws {
        screen = posix_openpt(O_RDWR | O_NOCTTY)
        guard screen >= 0, grantpt(screen) == 0, unlockpt(screen) == 0,
            let name = ptsname(screen)
        else { throw POSIXError(.ENOTTY) }
        let side = open(name, O_RDWR | O_NOCTTY)
        guard side >= 0 else { throw POSIXError(.ENOTTY) }
        self.side = FileHandle(fileDescriptor: side, closeOnDealloc: false)
    }

    /// All that was printed, once the process is over; lines end as in a file. Closes the terminal.
    func shown() -> String {
        try? side.close()
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(screen, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        close(screen)
        return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    }
}
