import ArgumentParser
import Assembly

struct LimitsCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "limits",
        abstract: "What is used and left of each lender's limits on the open business date.",
        discussion: """
            Limits stand in agreements/*.yaml and, over all agreements of a party, in \
            parties/*.yaml. A share counts from the moment its loan is booked; it is given back \
            when the loan or the share falls through. What is left is below zero where a reversed \
            payment or a lowered limit has left less than is outstanding: then nothing new is \
            booked.

            of and value: what the limit tells apart; of a limit for each value the 20 values with \
            least left. part: of what the limit is a part; it is shown as it is now, before any \
            other loan.

            per reserve: a lender's deposit with the platform, what loans have drawn on it and \
            what is left. colend reserves import takes in what is paid in and back.
            """)

    @OptionGroup var options: GlobalOptions

    func answer() async throws -> Answer {
        try await Application.answer(options.launch()) { try await $0.showLimits() }
    }
}
