import ArgumentParser
import Assembly

/// How a run of the program ends that was cut short: what is printed where, and the exit code.
struct Ending {
    private let error: any Error

    init(_ error: any Error) { self.error = error }

    /// Prints what there is to say and gives the exit code.
    func report() -> Int32 {
        if let code = error as? ExitCode { return code.rawValue }
        let code = Colend.exitCode(for: error)
        if code == .success { return help() }
        if code == .validationFailure { return fail(Failure(usage)) }
        return fail(Failure(error))
    }

    /// Help and version that were asked for are a result.
    private func help() -> Int32 {
        do {
            try StandardOutput.write(Colend.fullMessage(for: error) + "\n")
            return 0
        } catch {
            return fail(Failure(error))
        }
    }

    private func fail(_ failure: Failure) -> Int32 {
        for line in failure.lines { StandardError.write(line) }
        return failure.exitCode
    }

    private var usage: UsageFault {
        var message = Colend.message(for: error)
        if message.hasSuffix(".") { message.removeLast() }
        return UsageFault(
            code: "USAGE-007", "\(message); `\(helpCommand)` shows what it takes")
    }

    /// The command whose help the parser recommends.
    private var helpCommand: Substring {
        let quotes = Colend.fullMessage(for: error).split(separator: "'")
        return quotes.last { $0.hasPrefix("colend ") && $0.hasSuffix("--help") } ?? "colend --help"
    }
}
