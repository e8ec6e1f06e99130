import ArgumentParser
import Assembly

struct SimulateCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Replays booked loans under another agreement; writes nothing.",
        discussion: """
            Each loan booked from --from to --to under the agreement of the same name, or that of \
            --of, is funded again by the agreement in the file, in order of booking date and id, \
            and served with the facts known by the end of --to. Told per lender: volume, income, \
            losses and what settlement comes to, as they were, would have been, and the change; \
            then the use of limits and the loans that would not have been taken. Every bank is \
            taken to accept its share, and only the replayed loans count against limits.

              colend simulate --agreement new.yaml --from 2026-01-01 --to 2026-03-31
              colend simulate --agreement new.yaml --from 2026-01-01 --to 2026-03-31 --svg > p.svg
            """)

    @Option(
        help: .init(
            "A file with one agreement; the date it takes effect on is not looked at.",
            valueName: "file"))
    var agreement: String
    @Option(
        help: .init("The agreement under which the loans were booked.", valueName: "name"))
    var of: String?
    @Option(help: .init("First booking date.", valueName: "date"))
    var from: String
    @Option(help: .init("Last booking date, and the date of all figures.", valueName: "date"))
    var to: String
    @Flag(help: "Print volume and result of each lender as a picture.")
    var svg = false
    @OptionGroup var options: GlobalOptions

    func answer() async throws -> Answer {
        let asked = SimulationOptions(
            agreement: agreement, of: of, from: from, to: to, isPicture: svg)
        let launch = try options.launch()
        return try await Application.answer(launch) { try await $0.simulate(asked, launch) }
    }
}
