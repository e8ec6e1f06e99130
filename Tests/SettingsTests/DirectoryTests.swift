import Foundation
import Settings
import Testing

struct DirectoryTests {
    private let directory = TemporaryDirectory()

    init() throws { try directory.write(Sample.minimal) }

    /// What a load of the directory complains of, with the directory's own path left out.
    private func faults() -> [String] {
        do {
            _ = try Settings.load(directory: directory.path, environment: [:])
            return []
        } catch {
            return error.faults.map { $0.description.replacing(directory.path, with: "DIR") }
        }
    }

    @Test func `a written directory loads`() { #expect(faults() == []) }

    @Test func `a directory that is not there is one fault`() {
        let fault = #expect(throws: ConfigurationFaults.self) {
            try Settings.load(directory: directory.path + "/absent", environment: [:])
        }
        #expect(
            fault?.description.replacing(directory.path, with: "DIR").split(separator: "\n").first
                == "CONF-001: there is no such directory (DIR/absent); name one with --config")
    }

    @Test func `a file above one mebibyte is refused`() throws {
        let largest = ConfigurationSources.largestFileBytes
        let text = Array((Sample.minimal["platform.yaml"] ?? "").utf8)
        let filling = [UInt8](repeating: UInt8(ascii: "#"), count: largest - text.count)
        try directory.write("platform.yaml", text + filling)
        #expect(faults() == [])
        try directory.write("platform.yaml", text + filling + [35])
        #expect(
            faults() == [
                "CONF-002: the file is larger than 1 MiB (DIR/platform.yaml); "
                    + "settings need far less"
            ])
    }

    @Test func `a directory of too many files, or too many bytes, is refused as a whole`() throws {
        let bounds = "(DIR); nothing of it was read; a directory has at most 2000 files and 16 MiB"
        let most = ConfigurationSources.mostFiles
        for number in 1...most - Sample.minimal.count {
            try directory.write("calendars/c\(number).yaml", [])
        }
        #expect(!faults().contains { $0.hasPrefix("CONF-031") })
        for number in 1...2 { try directory.write("calendars/d\(number).yaml", []) }
        #expect(faults() == ["CONF-031: there are more than 2000 files \(bounds)"])
        let large = [UInt8](repeating: 35, count: ConfigurationSources.largestFileBytes)
        for number in 1...17 { try directory.write("agreements/a\(number).yaml", large) }
        #expect(
            faults() == ["CONF-031: its files have more than 16 MiB together \(bounds)"])
    }

    @Test func `a directory or a link to nowhere in place of a file is refused`() throws {
        let files = FileManager.default
        try files.removeItem(atPath: directory.path + "/platform.yaml")
        try files.createDirectory(
            atPath: directory.path + "/platform.yaml", withIntermediateDirectories: false)
        try files.createSymbolicLink(
            atPath: directory.path + "/parties/lost.yaml", withDestinationPath: "nowhere")
        let found = "this is no regular file"
        #expect(
            faults() == [
                "CONF-001: \(found) (DIR/parties/lost.yaml); a text file belongs here",
                "CONF-001: \(found) (DIR/platform.yaml); a text file belongs here",
            ])
    }

    @Test func `a link to a device is refused and never read`() throws {
        try FileManager.default.createSymbolicLink(
            atPath: directory.path + "/parties/endless.yaml", withDestinationPath: "/dev/zero")
        #expect(faults().map { $0.prefix(8) } == ["CONF-001"])
    }

    @Test func `a file that no load would read is pointed out, and hidden ones are not`() throws {
        try directory.write("parties/summit.yml", Array("party: summit\n".utf8))
        try directory.write("platfrom.yaml", [])
        try directory.write("parties/.harbor.yaml.swp", [0xFF])
        try directory.write("parties/notes.md", [0xFF])
        let found = "no setting is read from this file"
        #expect(
            faults() == [
                "CONF-001: \(found) (DIR/parties/summit.yml); the name must end in .yaml",
                "CONF-001: \(found) (DIR/platfrom.yaml); did you mean platform.yaml?",
            ])
    }

    @Test func `a missing folder and a missing file are both told`() throws {
        try FileManager.default.removeItem(atPath: directory.path + "/products")
        try FileManager.default.removeItem(atPath: directory.path + "/chart-of-accounts.yaml")
        #expect(
            faults() == [
                "CONF-001: the file is missing (DIR/chart-of-accounts.yaml); "
                    + "colend init writes a first one",
                "CONF-001: there is no .yaml file in it (DIR/products); it needs at least one",
            ])
    }
}
