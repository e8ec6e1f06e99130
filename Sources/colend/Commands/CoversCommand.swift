import ArgumentParser
import Assembly

struct CoversCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "covers",
        abstract: "What every cover for losses gives, has paid and has left.",
        discussion: """
            Covers stand under lossSharing in agreements/*.yaml; one begins with the first loan of \
            its pool, vintage, partner or period. Figures are those that the close of the date has \
            left; the next close decides by them.

            ceiling: what it gives in all. available: what the next loss can take. unabsorbed: \
            losses that asked for more than there was. asked: what it was asked for, less what \
            corrections have taken back, whether or not that may be taken again. open: whether it \
            still pays; one that has expired, or whose period is over, does not.

            colend loans show tells for one loan what its layers were asked; colend cover computes \
            a cover from a list of events.
            """)

    @Option(help: "A closed date, as 2026-01-31; the last one by default.")
    var date: String?
    @OptionGroup var options: GlobalOptions

    func answer() async throws -> Answer {
        try await Application.answer(options.launch()) { try await $0.showCovers(on: date) }
    }
}
