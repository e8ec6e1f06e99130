import ArgumentParser
import Foundation

/// A command as the parser describes it.
struct CommandInfo: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let defaultSubcommand: String?
    let subcommands: [CommandInfo]?
    let arguments: [ArgumentInfo]?

    private struct Tool: Decodable {
        let command: CommandInfo
    }

    /// The whole program.
    ///
    /// - Throws: A decoding error when the parser describes itself in another way.
    static func program() throws -> CommandInfo {
        try JSONDecoder().decode(Tool.self, from: Data(Colend._dumpHelp().utf8)).command
    }

    /// What people may call; the parser's own `help` says nothing of its own.
    var commands: [CommandInfo] { (subcommands ?? []).filter { $0.commandName != "help" } }

    /// Arguments and options that are not hidden.
    var visible: [ArgumentInfo] { (arguments ?? []).filter(\.shouldDisplay) }

    /// The command of a path below this one, or nil.
    func command(_ path: ArraySlice<String>) -> CommandInfo? {
        guard let name = path.first else { return self }
        return commands.first { $0.commandName == name }?.command(path.dropFirst())
    }
}

/// An argument, option or flag.
struct ArgumentInfo: Decodable {
    struct Name: Decodable {
        let kind: String
        let name: String

        /// `--name`, `-n`.
        var text: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: String
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let abstract: String?
    let discussion: String?

    var isPositional: Bool { kind == "positional" }
    var takesValue: Bool { kind == "option" }
    var value: String { valueName ?? "value" }
}
