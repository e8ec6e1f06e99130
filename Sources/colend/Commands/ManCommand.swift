import ArgumentParser
import Assembly

struct ManCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "man", abstract: "The manual: one page, or all of them into a directory.",
        discussion: """
            A page is written for man to show, all pages into a directory of the manual path:

              colend man loans show | man -l -
              colend man --to ~/.local/share/man/man1
            """)

    @Argument(help: "The command whose page is wanted; the program's own when absent.")
    var command: [String] = []
    @Option(help: .init("Write every page into this directory.", valueName: "dir"))
    var to: String?

    func run() throws {
        let program = try CommandInfo.program()
        if let to {
            let pages = ManCommand.pages(of: program, path: [program.commandName])
            try OutputFolder.write(
                pages.map { (name: $0.fileName, text: $0.text) }, to: to)
            try StandardOutput.write("\(pages.count) pages written to \(to)\n")
            return
        }
        guard let info = program.command(command[...]) else {
            throw UsageFault(
                code: "USAGE-010",
                "there is no command '\(command.joined(separator: " "))'; `colend --help` lists "
                    + "them")
        }
        let page = ManPage(
            info: info, path: [program.commandName] + command, version: ManCommand.version)
        try StandardOutput.write(page.text)
    }

    private static var version: String { Colend.configuration.version }

    private static func pages(of info: CommandInfo, path: [String]) -> [ManPage] {
        [ManPage(info: info, path: path, version: version)]
            + info.commands.flatMap { pages(of: $0, path: path + [$0.commandName]) }
    }
}
