import ArgumentParser
import Assembly

extension LogFormat: ExpressibleByArgument {}

struct ServeCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves the HTTP interface: callbacks of partners, health, figures.",
        discussion: """
            Runs until SIGTERM or SIGINT: /readyz says 503, no new connection is taken, requests \
            under way get --stop seconds to end. What partners say is kept; loans are concluded \
            from it by the next fund or eod. /openapi.json lists the paths. The log goes to \
            standard error. Behind it stands plain HTTP: give it to a proxy that speaks TLS.

            Exit 0 stopped in good order, 130 or 143 cut off before every request had ended, 74 \
            the address cannot be listened on or the store not be opened, 75 the store does not \
            answer, 78 a fault of the configuration.
            """)

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"
    @Option(parsing: .unconditional, help: "Port to listen on; 0 lets the system choose.")
    var port = 8_100
    @Option(
        name: .customLong("ready-file"),
        help: .init("Gets {\"port\":…} once requests are answered.", valueName: "file"))
    var readyFile: String?
    @Flag(
        name: .customLong("exit-with-parent"),
        help: "Stop when the process that started it is gone.")
    var exitWithParent = false
    @Option(
        parsing: .unconditional,
        help: .init("Go on for so long after /readyz says 503.", valueName: "seconds"))
    var drain = 0
    @Option(
        parsing: .unconditional,
        help: .init("Requests under way get so long to end.", valueName: "seconds"))
    var stop = 15
    @Option(help: "Lines of the log: json or text.")
    var log = LogFormat.json
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port \(port) is not within 0 to 65535")
        }
        guard (0...3_600).contains(drain) else {
            throw ValidationError("--drain \(drain) is not within 0 to 3600 seconds")
        }
        guard (1...3_600).contains(stop) else {
            throw ValidationError("--stop \(stop) is not within 1 to 3600 seconds")
        }
    }

    func answer() async throws -> Answer {
        let launch = try options.launch()
        var serving = ServeOptions(
            host: host, port: port, drainSeconds: drain, stopSeconds: stop, log: log,
            version: Colend.configuration.version)
        serving.readyFile = readyFile
        serving.stopsWithParent = exitWithParent
        switch try await Application.serve(launch, serving) {
        case .stopped(let answer):
            // Where nobody reads, the last word would be waited for without end.
            guard StandardOutput.isReady(withinMilliseconds: 1_000) else { throw ExitCode.success }
            return answer
        case .cutOff(let code): throw ExitCode(code)
        }
    }
}
