import ArgumentParser
import Assembly
import Foundation

/// The command line of the settlement platform.
@main
struct Colend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "colend",
        abstract: "Splits, funds, services, closes and reconciles joint loans.",
        discussion: """
            The terms:  config check · config explain · config diff · simulate
            The day:    loans import · fund · repayments import · eod
            After it:   recon status · breaks list · settlement show
            The pools:  pools select · pools sell · pools pay · pools report
            The room:   limits · covers
            The books:  ledger trial-balance · ledger export · verify
            The store:  store init · store copy · store backup
            On its own: schedule · split · blend · match
            All day:    serve
            For people: loans show · report day · doctor · man
            To see it:  demo

            Exit: 0 done · 1 failed · 2 done, with findings · 64 usage · 65 bad input
            69 unavailable · 74 input/output · 75 try again · 78 configuration
            """,
        version: "0.1.0",
        subcommands: [
            InitCommand.self, ConfigCommand.self, LoansCommand.self, LimitsCommand.self,
            CoversCommand.self, ReservesCommand.self, PoolsCommand.self, FundCommand.self,
            FactsCommand.self, RepaymentsCommand.self, EndOfDayCommand.self, FilesCommand.self,
            ReconCommand.self, BreaksCommand.self, SettlementCommand.self, LedgerCommand.self,
            VerifyCommand.self, ReportCommand.self, SimulateCommand.self, StoreCommand.self,
            ServeCommand.self, ScheduleCommand.self, SplitCommand.self, BlendCommand.self,
            CoverCommand.self, MatchCommand.self, DemoCommand.self, BenchCommand.self,
            DoctorCommand.self, CompletionsCommand.self, ManCommand.self,
        ])

    static func main() async {
        ProcessMemory.settle()
        do {
            var command = try parseAsRoot()
            if var running = command as? any AsyncParsableCommand {
                try await running.run()
            } else {
                try command.run()
            }
        } catch {
            Foundation.exit(Ending(error).report())
        }
    }
}
