import Foundation
import TestSupport
import Testing

/// The manual and the completions, made from the commands themselves.
struct ManualTests {
    @Test func `every command has a page, and every page its parts`() async throws {
        let folder = try TemporaryFolder()
        let outcome = try await Colend.run("man", "--to", folder.path("man1"))
        #expect(outcome.exit == 0, "\(outcome.errors)")
        let pages = folder.files(below: "man1")
        for name in ["colend", "colend-loans-show", "colend-report-day", "colend-ledger-export"] {
            #expect(pages["\(name).1"] != nil, "\(name)")
        }
        #expect(outcome.output == "\(pages.count) pages written to \(folder.path("man1"))\n")
        for (name, bytes) in pages {
            let page = String(decoding: bytes, as: UTF8.self)
            let title = name.dropLast(2).uppercased()
            #expect(page.hasPrefix(".TH \(title) 1 \"\" \"colend "), "\(name)")
            for section in ["NAME", "SYNOPSIS", "SEE ALSO"] {
                #expect(page.contains("\n.SH \(section)\n"), "\(name)")
            }
            // What is no request begins no line with a point.
            let requests = page.split(separator: "\n").filter { $0.hasPrefix(".") }
            #expect(
                requests.allSatisfy { line in
                    ["TH ", "SH ", "TP", "PP", "nf", "fi"].contains {
                        line.dropFirst().hasPrefix($0)
                    }
                }, "\(name)")
        }
    }

    @Test func `a page tells a command's own options before the common ones`() async throws {
        let page = try await Colend.run("man", "loans", "show").output
        let own = try #require(page.range(of: "\\fB\\-\\-on\\fR \\fIdate\\fR"))
        let common = try #require(page.range(of: ".SH COMMON OPTIONS"))
        #expect(own.lowerBound < common.lowerBound)
        #expect(page.contains("colend\\-loans(1)"))
        let first = try await Colend.run("man").output
        #expect(first.contains(".SH EXIT STATUS\n") && first.contains("\\fBNO_COLOR\\fR"))
    }

    @Test func `a command that is not there has no page`() async throws {
        let outcome = try await Colend.run("man", "loans", "burn")
        #expect(outcome.exit == 64 && outcome.codes == ["USAGE-010"], "\(outcome.errors)")
    }

    @Test func `a place that cannot be written is told`() async throws {
        let outcome = try await Colend.run("man", "--to", "/dev/null/man1")
        #expect(outcome.exit == 74 && outcome.codes == ["IO-002"], "\(outcome.errors)")
    }

    @Test(.enabled(if: Tool.isThere("man")))
    func `man shows a page without a warning`() async throws {
        let folder = try TemporaryFolder()
        for command in [[], ["report", "day"]] {
            let page = try await Colend.run(["man"] + command).output
            let file = try folder.write(page, to: "page.1")
            let shown = try await Tool.run("man", ["--warnings", "-l", file])
            #expect(shown.exit == 0)
            #expect(!shown.output.contains("warning"), "\(shown.output.prefix(400))")
            #expect(shown.output.contains("SYNOPSIS"))
        }
    }

    @Test(arguments: [
        (["colend", "led"], ["ledger"]),
        (["colend", "ledger", "ex"], ["export"]),
        (["colend", "ledger", "export", "--format", ""], ["beancount", "csv", "hledger"]),
        (["colend", "loans", "show", "L1", "--o"], ["--on", "--output"]),
    ])
    func `bash completes commands, options and words`(words: [String], offers: [String])
        async throws
    {
        let script = try await Colend.run("completions", "bash").output
        let folder = try TemporaryFolder()
        try folder.write(script, to: "colend.bash")
        let line = words.joined(separator: " ")
        let command = """
            source \(folder.path("colend.bash"))
            COMP_WORDS=(\(words.map { "'\($0)'" }.joined(separator: " ")))
            COMP_CWORD=\(words.count - 1) COMP_LINE='\(line)' COMP_POINT=\(line.utf8.count)
            _colend colend '\(words[words.count - 1])' '\(words[words.count - 2])'
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let answer = try await Tool.run("bash", ["-c", command])
        #expect(answer.exit == 0, "\(answer.output)")
        let offered = answer.output.split(separator: "\n").map {
            $0.reversed().drop { $0 == " " }.reversed()
        }
        #expect(offered.map { String($0) }.sorted() == offers)
    }

    @Test(arguments: ["bash", "zsh", "fish"].filter(Tool.isThere))
    func `a shell reads its completions`(shell: String) async throws {
        let script = try await Colend.run("completions", shell).output
        let folder = try TemporaryFolder()
        let read = try await Tool.run(shell, ["-n", try folder.write(script, to: "colend")])
        #expect(read.exit == 0 && read.output == "", "\(read.output)")
    }
}
