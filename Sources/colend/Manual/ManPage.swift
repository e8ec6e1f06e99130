/// One command's page of the manual, in the man(7) language.
struct ManPage {
    let info: CommandInfo
    /// The words of the command line up to the command, such as `colend loans show`.
    let path: [String]
    let version: String

    /// The file it belongs in.
    var fileName: String { path.joined(separator: "-") + ".1" }

    var text: String {
        let name = path.joined(separator: "-")
        var page = Roff()
        page.request(
            "TH \(name.uppercased()) 1 \"\" \"colend \(version)\" \"Manual of colend\"")
        page.section("NAME")
        page.paragraph("\(name) - \((info.abstract ?? "").withoutStop)")
        page.section("SYNOPSIS")
        synopsis(&page)
        if let discussion = info.discussion, !discussion.isEmpty {
            page.section("DESCRIPTION")
            page.verse(discussion)
        }
        arguments(&page)
        commands(&page)
        if path.count == 1 { common(&page) }
        page.section("SEE ALSO")
        page.paragraph(related.map { "\($0)(1)" }.joined(separator: ", "))
        return page.text
    }

    private func synopsis(_ page: inout Roff) {
        let command = "\\fB\(Roff.escape(path.joined(separator: " ")))\\fR"
        guard info.commands.isEmpty else {
            page.line("\(command) \\fIcommand\\fR [\\fIoption\\fR ...]")
            return
        }
        let words = info.visible.filter { !ManPage.isGlobal($0) }.map(ManPage.usage)
        page.line(([command] + words + ["[\\fIoption\\fR ...]"]).joined(separator: " "))
    }

    private func arguments(_ page: inout Roff) {
        let visible = info.visible
        guard info.commands.isEmpty || path.count > 1 else { return }
        section("ARGUMENTS", visible.filter(\.isPositional), &page)
        let options = visible.filter { !$0.isPositional }
        section("OPTIONS", options.filter { !ManPage.isGlobal($0) }, &page)
        section("COMMON OPTIONS", options.filter(ManPage.isGlobal), &page)
    }

    private func section(_ title: String, _ entries: [ArgumentInfo], _ page: inout Roff) {
        if entries.isEmpty { return }
        page.section(title)
        for entry in entries {
            let names = (entry.names ?? []).map { "\\fB\(Roff.escape($0.text))\\fR" }
            let value = "\\fI\(Roff.escape(entry.value))\\fR"
            let head =
                entry.isPositional
                ? value : names.joined(separator: ", ") + (entry.takesValue ? " \(value)" : "")
            let fallback = entry.defaultValue.map { " Default: \($0)." } ?? ""
            page.item(head, (entry.abstract ?? "") + fallback)
        }
    }

    private func commands(_ page: inout Roff) {
        if info.commands.isEmpty { return }
        page.section("COMMANDS")
        for command in info.commands {
            let name = (path + [command.commandName]).joined(separator: " ")
            let isDefault = command.commandName == info.defaultSubcommand
            page.item(
                "\\fB\(Roff.escape(name))\\fR",
                (command.abstract ?? "") + (isDefault ? " What happens without a command." : ""))
        }
    }

    /// The page above, and those below or beside.
    private var related: [String] {
        if path.count == 1 { return info.commands.map { "colend-\($0.commandName)" } }
        let above = path.dropLast().joined(separator: "-")
        return [above] + info.commands.map { (path + [$0.commandName]).joined(separator: "-") }
    }

    private static func usage(_ argument: ArgumentInfo) -> String {
        let value = "\\fI\(Roff.escape(argument.value))\\fR"
        let name = argument.names?.first.map { "\\fB\(Roff.escape($0.text))\\fR" } ?? ""
        let word =
            argument.isPositional ? value : argument.takesValue ? "\(name) \(value)" : name
        let whole = argument.isRepeating ? "\(word) ..." : word
        return argument.isOptional ? "[\(whole)]" : whole
    }

    /// Options that every command takes.
    private static func isGlobal(_ argument: ArgumentInfo) -> Bool {
        let names = [
            "--config", "--store", "--output", "--quiet", "--color", "--dry-run", "--as",
            "--version", "--help", "-h",
        ]
        return (argument.names ?? []).contains { names.contains($0.text) }
    }
}

extension ManPage {
    /// What holds for every command, told on the first page.
    private func common(_ page: inout Roff) {
        page.section("EXIT STATUS")
        for (code, words) in ManPage.exits { page.item("\\fB\(code)\\fR", words) }
        page.section("ENVIRONMENT")
        for (name, words) in ManPage.variables { page.item("\\fB\(name)\\fR", words) }
    }

    private static let exits = [
        ("0", "Done."), ("1", "Failed."),
        ("2", "Done, with findings: open breaks, a failed check, a failed verify."),
        ("64", "The command line is not understood."), ("65", "Bad input data."),
        ("69", "A partner or server is not available."),
        ("74", "Input or output failed: disk full, read-only."),
        ("75", "Temporary, try again: another close is running."),
        ("78", "A fault of the configuration."), ("130, 143", "Interrupted."),
    ]

    private static let variables = [
        ("COLEND_CONFIG", "The configuration directory, as --config."),
        ("COLEND_STORE", "The store, as --store."),
        ("COLEND_OUTPUT", "How results are printed, as --output."),
        ("COLEND_COLOR", "Colour, as --color."), ("COLEND_USER", "The person, as --as."),
        ("NO_COLOR", "No colour, whatever the terminal."),
    ]
}

extension String {
    fileprivate var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
