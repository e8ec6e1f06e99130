import ArgumentParser
import Assembly

extension StatementFormat: ExpressibleByArgument {}
extension InstructionFormat: ExpressibleByArgument {}

struct SettlementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settlement",
        abstract: "What each party owes, netted, approved, instructed and confirmed.",
        subcommands: [
            Show.self, Approve.self, Instruct.self, Export.self, Confirm.self, Statement.self,
        ])

    struct Show: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Settlements and where they stand.",
            discussion: """
                When the options leave a single one, a table shows its lines and events too; JSON \
                has them always.
                """)

        @Option(help: "Only this partner's.")
        var partner: String?
        @Option(help: "Only those of this settlement day.")
        var date: String?
        @Option(help: "Only those in this state.")
        var state: String?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) {
                try await $0.showSettlements(partner: partner, date: date, state: state)
            }
        }
    }

    struct Approve: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approves a draft; another person than who drafted it, named by --as.")

        @Argument(help: "The settlement, such as S20260105.USD.harbor.")
        var id: String
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.approveSettlement(id, options.launch())
        }
    }

    struct Instruct: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Instructs what is approved, if the open date is a settlement day.")

        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch(), for: .writing) {
                try await $0.instructSettlements()
            }
        }
    }
}

extension SettlementCommand {
    struct Export: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Instructions for the bank: of a day, or all that are not confirmed.")

        @Option(help: "csv, or pain.001.")
        var format: InstructionFormat = .csv
        @Option(help: "Only those of this settlement day.")
        var date: String?
        @Option(help: .init("Write a file into this directory.", valueName: "dir"))
        var to: String?
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) {
                try await $0.exportInstructions(format: format, date: date, to: to)
            }
        }
    }

    struct Confirm: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Confirms settlements from a statement of the account.",
            discussion: "Exit 2 when a line settles nothing; such lines are left alone.")

        @Option(help: .init("CSV with the columns of the file cash.", valueName: "file"))
        var statement: String
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.confirmSettlements(statement, options.launch())
        }
    }

    struct Statement: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "A partner's statement of a settlement day.")

        @Option(help: "The partner.")
        var partner: String
        @Option(help: "The settlement day.")
        var date: String
        @Option(help: "csv, or html to print.")
        var format: StatementFormat = .csv
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.answer(options.launch()) {
                try await $0.settlementStatement(partner: partner, date: date, format: format)
            }
        }
    }
}
