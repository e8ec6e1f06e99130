import BusinessCalendar
import Foundation
import LendingRules
import Operations

/// A partner's files of one date in a directory, as they come by hand.
struct DirectoryFiles: PartnerFiles {
    let directory: String

    /// A file larger than this is refused unread.
    private static let largest = 256 << 20

    /// The directory with the files, or the one of the date and party below it.
    ///
    /// - Throws: ``NoDirectory`` when there is none.
    init(_ directory: String, of party: PartyID, on date: BusinessDate) throws {
        let below = "\(directory)/\(date)/\(party)"
        for path in [below, directory] {
            var isDirectory: ObjCBool = false
            if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
                isDirectory.boolValue
            {
                self.directory = path
                return
            }
        }
        throw NoDirectory(path: directory)
    }

    /// Nothing is ever handed over through it.
    func put(_ file: FileContent, to party: PartyID, on date: BusinessDate) async -> FileAnswer {
        .conflict("a directory is only read")
    }

    func get(_ name: String, from party: PartyID, on date: BusinessDate) async -> FileAnswer {
        let path = directory + "/" + name
        guard FileManager.default.fileExists(atPath: path) else { return .absent }
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size]) as? Int
        guard let size, size <= Self.largest,
            let content = FileManager.default.contents(atPath: path)
        else { return .unavailable(.init("\(path) cannot be read, or is too large")) }
        return .content([UInt8](content))
    }
}

/// Files are to be taken from a directory that is not there.
struct NoDirectory: CodedError, Hashable {
    let path: String

    var code: String { "FILE-033" }
    var sentence: String { "'\(path)' is no directory; name the one with manifest.json in it" }
    var exit: ExitKind { .inputOutput }
}
