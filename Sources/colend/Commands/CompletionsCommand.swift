import ArgumentParser

struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Prints completions for a shell to read.",
        discussion: "For bash: source <(colend completions bash)")

    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash, zsh, fish
    }

    @Argument(help: "The shell.")
    var shell: Shell

    func run() throws {
        let shell = CompletionShell(rawValue: shell.rawValue) ?? .bash
        try StandardOutput.write(Colend.completionScript(for: shell) + "\n")
    }
}
