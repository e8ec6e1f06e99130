import BusinessCalendar
import Foundation
package import Operations

/// A file or directory that cannot be written.
package struct OutputFault: CodedError, Hashable {
    package let path: String
    package let reason: String

    package init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// The fault behind an error of Foundation, in the words of the system where it has any.
    package init(path: String, _ error: any Error) {
        let outer = error as NSError
        let inner = outer.userInfo[NSUnderlyingErrorKey] as? NSError
        let system = [inner, outer].compactMap { $0 }.first { $0.domain == NSPOSIXErrorDomain }
        let words = system.map { String(cString: strerror(Int32($0.code))).lowercased() }
        self.init(path: path, reason: words ?? outer.localizedDescription)
    }

    package var code: String { "IO-002" }
    package var sentence: String {
        "\(path) cannot be written: \(reason); free the place or choose another"
    }
    package var exit: ExitKind { .inputOutput }
}

/// Writes files whole: beside their place first, then renamed into it.
enum OutputFile {
    /// - Throws: ``OutputFault``.
    static func write(_ bytes: [UInt8], to path: String) throws(OutputFault) {
        let file = try GrowingFile(path)
        do throws(OutputFault) {
            try file.append(bytes)
            try file.finish()
        } catch {
            file.abandon()
            throw error
        }
    }

    /// - Throws: ``OutputFault``.
    static func write(_ file: FileContent, in folder: String) throws(OutputFault) {
        try write(file.bytes, to: "\(folder)/\(file.name)")
    }
}

extension Application {
    /// Leaves our files of a closed date under `out/`, if one was asked for beside the store.
    func writeFiles(of date: BusinessDate) async throws {
        guard let outDirectory else { return }
        for partner in catalogue.partners {
            let folder = "\(outDirectory)/\(date)/\(partner.party)"
            for file in try await stores.files.kept(for: partner.party, on: date) {
                try OutputFile.write(file, in: folder)
            }
        }
    }
}

/// A directory of texts that the command line itself makes.
package enum OutputFolder {
    /// Writes every file, each whole.
    ///
    /// - Throws: ``OutputFault`` IO-002.
    package static func write(_ files: [(name: String, text: String)], to folder: String)
        throws(OutputFault)
    {
        for file in files {
            try OutputFile.write(Array(file.text.utf8), to: "\(folder)/\(file.name)")
        }
    }
}
