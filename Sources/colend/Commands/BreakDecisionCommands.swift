import ArgumentParser
import Assembly

// What people decide about breaks; each names a person with --as USER or COLEND_USER.

extension BreaksCommand {
    struct Assign: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives a break to a person, you by default.")

        @Argument(help: "The break's id.")
        var id: String
        @Option(help: "Whose it becomes; yours when absent.")
        var to: String?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await options.decide(.assign(to: to), about: id)
        }
    }

    struct Comment: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds a comment to a break.")

        @Argument(help: "The break's id.")
        var id: String
        @Argument(help: "What there is to say.")
        var text: String
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await options.decide(.comment(text), about: id)
        }
    }

    struct Propose: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Proposes a correction; another person approves it.")

        @Argument(help: "The break's id.")
        var id: String
        @Option(help: "ours, theirs or write-off; what the explanation suggests when absent.")
        var accept: String?
        @Option(help: "Why, for the history.")
        var note = ""
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await options.decide(.propose(accept: accept, note: note), about: id)
        }
    }

    struct Approve: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approves what another person proposed, and books it on the open date.")

        @Argument(help: "The break's id.")
        var id: String
        @Option(help: "Why, for the history.")
        var note = ""
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await options.decide(.approve(note: note), about: id)
        }
    }

    struct Reject: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends a proposal back to investigation.")

        @Argument(help: "The break's id.")
        var id: String
        @Option(help: "Why, for the history.")
        var note = ""
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await options.decide(.reject(note: note), about: id)
        }
    }
}

extension GlobalOptions {
    fileprivate func decide(_ decision: BreakDecision, about id: String) async throws -> Answer {
        let launch = try launch()
        let person = try launch.person
        return try await Application.answer(launch, for: .writing) {
            try await $0.decide(decision, about: id, by: person)
        }
    }
}
