import ArgumentParser
import Assembly

struct DoctorCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Looks whether machine, configuration, store and partners are fit for service.",
        discussion: """
            Libraries, clock, configuration, store (schema, integrity, rights, room), secrets and \
            the partners' /v1/health; nothing is changed. Exit 0 when all is well, 2 with \
            something to look at, 69 when a partner does not answer, 74 for a damaged store, 78 \
            for a fault of the configuration.
            """)

    @Flag(help: "Leave the partners alone.")
    var offline = false
    @OptionGroup var options: GlobalOptions

    func answer() async throws -> Answer {
        await Doctor(try options.launch()).examine(isOffline: offline)
    }
}
