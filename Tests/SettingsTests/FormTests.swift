import Foundation
import Settings
import Testing

/// The table of keys against what is read: the same keys, the same defaults, examples that hold.
struct FormTests {
    @Test func `a file with every key and its example is read in full`() {
        for document in FormDocument.all {
            let faults = document.faultsOfForm().map(\.description)
            #expect(faults == [], "\(document.path) \(document.variant.name)")
        }
    }

    @Test func `in every mapping the keys with a form are those that are read`() {
        for document in FormDocument.all {
            var read: [String: Set<String>] = [:]
            for fault in document.withStrangers.faultsOfForm() {
                #expect(fault.code == .unknownKey, "\(fault)")
                let mapping = fault.key.split(separator: ".").dropLast().joined(separator: ".")
                let names = fault.allowed.split(separator: ": ").last.map(String.init) ?? ""
                read[mapping] = Set(names.split(separator: ", ").map(String.init))
            }
            #expect(read == formed(document.variant.forms), "\(document.path)")
        }
    }

    /// Names of keys by the mapping in which they stand, as faults show it.
    private func formed(_ forms: [SettingForm]) -> [String: Set<String>] {
        var formed: [String: Set<String>] = [:]
        for form in forms {
            var mapping = ""
            for part in form.key.split(separator: ".") {
                let name = String(part).replacing("[]", with: "")
                formed[mapping, default: []].insert(name)
                mapping += (mapping.isEmpty ? "" : ".") + FormDocument.shown(String(part))
            }
        }
        return formed
    }

    @Test func `a key of another shape is refused at its own place`() {
        for document in FormDocument.all {
            for form in document.variant.forms {
                let key = FormDocument.shown(form.key)
                let faults = document.with("[{a: 1}, [b]]", at: form.key).faultsOfForm()
                let isRefused = faults.contains {
                    $0.key.hasPrefix(key) && [.wrongShape, .unknownKey].contains($0.code)
                }
                #expect(isRefused, "\(document.path) \(form.key)")
            }
        }
    }

    @Test func `a default is what a load takes where a key is absent`() throws {
        var met: Set<SettingForm> = []
        for origin in try FormSamples.origins() where origin.source == .standard {
            let file = try #require(ConfigurationFile(path: origin.file))
            let key = origin.key.replacing(/\[\d+\]/, with: "[]")
            // A list that is not there is told under its own name.
            let form = try #require(file.forms.first { $0.key == key }, "\(origin)")
            switch form.absent {
            case .value(let text): #expect(origin.value == text, "\(origin)")
            case .words, .group, .depends:
                let computed = [
                    "instalmentMultiple": "0.01", "serviceFees[].earned": origin.value,
                    "rules[].cases[].on": origin.value,
                ]
                #expect(origin.value == computed[key] ?? "(none)", "\(origin)")
            case .refused: Issue.record("\(origin) has a default")
            }
            met.insert(form)
        }
        let stated = ConfigurationFile.allCases.flatMap(\.forms).filter {
            if case .value = $0.absent { true } else { false }
        }
        let never = Set(stated.map(\.key)).subtracting(met.map(\.key))
        #expect(never == [], "no sample leaves them out")
    }

    @Test func `a file has each key once`() {
        for file in ConfigurationFile.allCases {
            let keys = file.forms.map(\.key)
            #expect(Set(keys).count == keys.count, "\(file)")
        }
    }

    @Test func `Config's README has the row of every form, in order`() throws {
        let readme = try String(
            contentsOfFile: Sample.directory + "/README.md", encoding: .utf8)
        var rows: [String: [String]] = [:]
        var file = ""
        for line in readme.split(separator: "\n") {
            if line.hasPrefix("## ") { file = String(line.dropFirst(3)) }
            let isRow = line.firstMatch(of: /^\| `[A-Za-z0-9.]+` \|/) != nil
            if isRow { rows[file, default: []].append(String(line)) }
        }
        let formed = ConfigurationFile.allCases.map { ($0.path, $0.forms.map(\.row)) }
        for (path, expected) in formed {
            let found = rows[path] ?? []
            for (row, other) in zip(found, expected) where row != other {
                Issue.record("\(path) has\n\(row)\nand should have\n\(other)")
            }
            #expect(found.count == expected.count, "\(path)")
        }
        #expect(Set(rows.keys) == Set(formed.map(\.0)))
    }
}
