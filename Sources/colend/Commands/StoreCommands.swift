import ArgumentParser
import Assembly

struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "The store itself: make it, move it, back it up.",
        subcommands: [Init.self, Copy.self, Backup.self])

    struct Init: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes the tables in an empty store, and says what is there.",
            discussion: """
                Run again it changes nothing. In a PostgreSQL database with the citus extension \
                the tables of loans and keys are distributed by shard, reference tables are put \
                on every node, and the rest stays where it is; a store that holds rows by then is \
                refused: make another and copy into it.

                  colend store init --store postgres://colend@db.example/lending
                """)

        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer { try await Application.makeStore(options.launch()) }
    }

    struct Copy: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copies a whole store into an empty one, of whichever kind, and compares.",
            discussion: """
                Everything goes along, what is in flight too. The source is read as it is at one \
                moment and its dates cannot close meanwhile; let nothing else write to it. Until \
                both are compared the target is refused by every other command; after a kill the \
                copy begins anew. Exit 0 equal, 2 with the tables that differ, 75 a close is \
                running.

                  colend store copy --from sqlite:colend.db --to postgres://db.example/lending
                """)

        @Option(help: .init("The store to copy: sqlite:PATH or postgres://…", valueName: "url"))
        var from: String
        @Option(help: .init("The empty store to copy it into, made if need be.", valueName: "url"))
        var to: String
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.copyStore(from: from, to: to, options.launch())
        }
    }

    struct Backup: HouseCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keeps an SQLite store in a file, as it is at one moment.",
            discussion: """
                Others read and write on meanwhile. The file is a store: name it with --store to \
                look at it, put it in the place of the lost one to restore it. A store on a \
                PostgreSQL server is kept by pg_dump, or by a copy into a file.

                  colend store backup --to colend-2026-01-31.db
                """)

        @Option(help: .init("The file to make; there must be none.", valueName: "file"))
        var to: String
        @OptionGroup var options: GlobalOptions

        func answer() async throws -> Answer {
            try await Application.backUpStore(to: to, options.launch())
        }
    }
}
