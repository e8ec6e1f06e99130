import Foundation
import TestSupport
import Testing

/// `config propose`, `approve`, `reject` and `history`: two persons change a configuration.
struct ChangeTests {
    private static let agreement = "agreements/harbor-70-30.yaml"
    private static let party = "parties/harbor.yaml"

    /// Books that two persons change, with one loan booked.
    private static func guarded() async throws -> Books {
        let books = try await Books.new()
        try edit(
            books, "Config/platform.yaml", "currency: USD", "currency: USD\nchanges: two-person")
        let first = try await books.colend(["loans", "import", "-"], input: loan("A1"))
        try #require(first.exit == 0, "\(first.errors)")
        try #require(first.errors.contains("4 files are taken as approved"), "\(first.errors)")
        return books
    }

    private static func loan(_ id: String) -> String {
        "\(Books.header)\n\(id),B1,instalment-loan,1000.00,USD,10,12,2026-01-01T09:00:00Z\n"
    }

    private static func text(_ books: Books, _ path: String) throws -> String {
        try String(contentsOfFile: books.folder.path(path), encoding: .utf8)
    }

    private static func edit(
        _ books: Books, _ path: String, _ old: String, _ new: String, to target: String? = nil
    ) throws {
        let text = try text(books, path)
        try #require(text.contains(old))
        try books.folder.write(text.replacing(old, with: new), to: target ?? path)
    }

    /// Leaves 60/40 below `New/`, and the bank's other name.
    private static func draft(_ books: Books) throws {
        try edit(books, "Config/\(agreement)", "\"30%\"", "\"40%\"", to: "New/\(agreement)")
        try edit(books, "New/\(agreement)", "\"70%\"", "\"60%\"")
        try edit(books, "Config/\(party)", "minimum: \"10\"", "minimum: \"20\"", to: "New/\(party)")
    }

    private static func changes(_ books: Books) async throws -> [Object] {
        try await books.colend("config history --output json").json(as: [Object].self)
    }

    @Test func `what one proposes another approves, and loans are lent by it`() async throws {
        let books = try await Self.guarded()
        let again = try await books.colend(["loans", "import", "-"], input: Self.loan("A2"))
        #expect(again.exit == 0 && again.errors.isEmpty, "adopted once: \(again.errors)")
        try Self.draft(books)
        let nobody = try await books.colend("config propose New")
        #expect(nobody.exit == 64 && nobody.codes == ["BREAK-003"])
        let rehearsed = try await books.colend("config propose New --as ann --dry-run")
        #expect(rehearsed.exit == 0, "\(rehearsed.errors)")
        #expect(try await Self.changes(books).count == 1)
        let proposed = try await books.colend(
            ["config", "propose", "New", "--reason", "more of ours", "--as", "ann"])
        #expect(proposed.exit == 0, "\(proposed.errors)")
        let told = try proposed.json(as: Object.self)
        #expect(told["number"] as? Int == 2)
        let rows = try #require(told["changes"] as? [Object])
        #expect(
            rows.compactMap { $0["key"] as? String } == [
                "settlement.minimum", "lenders[harbor].share", "lenders[platform].share",
            ], "\(rows)")
        let same = try await books.colend("config approve 2 --as Ann")
        #expect(same.exit == 1 && same.codes == ["CHANGE-001"], "\(same.errors)")
        #expect(try Self.text(books, "Config/\(Self.agreement)").contains("\"70%\""))
        let seen = try await books.colend("config approve 2 --as bob --dry-run")
        #expect(seen.exit == 0 && seen.output.contains("lenders[harbor].share"))
        let approved = try await books.colend("config approve 2 --as bob")
        #expect(approved.exit == 0, "\(approved.errors)")
        for path in [Self.agreement, Self.party] {
            #expect(
                try Self.text(books, "Config/\(path)") == Self.text(books, "New/\(path)"))
        }
        let lent = try await books.colend(["loans", "import", "-"], input: Self.loan("A3"))
        #expect(lent.exit == 0, "\(lent.errors)")
        let shares = try await books.colend("loans show A3").output
        #expect(shares.contains("600.00") && shares.contains("400.00"), "\(shares)")
        #expect(try await books.colend("loans show A1").output.contains("700.00"))
        #expect(try await books.colend("verify").exit == 0)
        let twice = try await books.colend("config approve 2 --as bob")
        #expect(twice.exit == 0, "said twice is said once: \(twice.errors)")
        let other = try await books.colend("config approve 2 --as eve")
        #expect(other.exit == 1 && other.codes == ["CHANGE-002"])
        #expect(try await books.colend("config propose New --as eve").codes == ["CHANGE-004"])
        #expect(try await books.colend("config approve 9 --as eve").codes == ["CHANGE-005"])
        #expect(try await books.colend("config history 9").codes == ["CHANGE-005"])
    }

    @Test func `a history tells who, when, why and what, in every format`() async throws {
        let books = try await Self.guarded()
        try Self.draft(books)
        let words = ["config", "propose", "New/\(Self.agreement)", "--reason", "=1+1"]
        #expect(try await books.colend(words + ["--as", "ann"]).exit == 0)
        let twice = try await books.colend(words + ["--as", "ann"])
        #expect(try twice.json(as: Object.self)["number"] as? Int == 2, "the same is proposed once")
        let reject = ["config", "reject", "2", "--as", "bob", "--reason"]
        #expect(try await books.colend(reject + [" "]).codes == ["CHANGE-006"])
        #expect(try await books.colend(reject + ["too much"]).exit == 0)
        #expect(try await books.colend(reject + ["too much"]).exit == 0)
        let late = try await books.colend("config approve 2 --as eve")
        #expect(late.exit == 1 && late.codes == ["CHANGE-002"])
        #expect(late.errors.contains("rejected by bob"))
        let history = try await Self.changes(books)
        #expect(history.compactMap { $0["state"] as? String } == ["adopted", "rejected"])
        let change = try #require(history.last)
        #expect(change["proposedBy"] as? String == "ann")
        #expect(change["decidedBy"] as? String == "bob")
        #expect(change["proposedOn"] as? String == "2026-01-01")
        #expect(change["answer"] as? String == "too much")
        #expect(change["files"] as? [String] == [Self.agreement])
        let shown = try await books.colend("config history 2 --output json").json(as: Object.self)
        let texts = try #require(shown["texts"] as? [Object])
        #expect(texts.first?["text"] as? String == (try Self.text(books, "New/\(Self.agreement)")))
        #expect((shown["changes"] as? [Object])?.count == 2)
        let csv = try await books.colend("config history --output csv").output
        #expect(csv.hasPrefix("number,state,proposedBy,proposedOn,"))
        #expect(!csv.contains(",=1+1"))
        let rows = try await books.colend("config history 2 --output csv").output
        #expect(rows.hasPrefix("object,key,old,new,from,until,parties,products\r\n"))
        let table = try await books.colend("config history 2 --output table").output
        for word in ["rejected by bob", "lenders[harbor].share", "60%", "2026-01-01"] {
            #expect(table.contains(word), "\(table)")
        }
        #expect(try await books.colend("config history --output table").output.contains("too much"))
    }

    @Test func `what one edits by hand stops every command that lends by it`() async throws {
        let books = try await Self.guarded()
        let old = try Self.text(books, "Config/\(Self.agreement)")
        try Self.edit(books, "Config/\(Self.agreement)", "lagDays: 1", "lagDays: 2")
        for command in ["loans import -", "loans list", "eod --date 2026-01-01", "verify", "fund"] {
            let refused = try await books.colend(command, input: Self.loan("A9"))
            #expect(refused.exit == 78 && refused.codes == ["CONF-032"], "\(refused.errors)")
            #expect(refused.errors.contains("Config/\(Self.agreement)"))
        }
        // They look at files alone.
        #expect(try await books.colend("config check").exit == 0)
        #expect(try await books.colend("config show").exit == 0)
        // What was edited can be proposed as it lies there, and put back.
        #expect(try await books.colend("config propose Config --as ann").exit == 0)
        #expect(try await books.colend("config approve 2 --as bob").exit == 0)
        #expect(try await books.colend("loans list").exit == 0)
        try books.folder.write(old, to: "Config/\(Self.agreement)")
        #expect(try await books.colend("loans list").exit == 78)
        try Self.edit(books, "Config/\(Self.agreement)", "lagDays: 1", "lagDays: 2")
        try books.folder.write(
            try Self.text(books, "Config/\(Self.agreement)") + "# a comment\n",
            to: "Config/\(Self.agreement)")
        #expect(try await books.colend("loans list").exit == 0)
        let variable = try await books.colend(
            ["loans", "list"], environment: ["COLEND_CUT_OFF": "22:00"])
        #expect(variable.exit == 78 && variable.codes == ["CONF-032"])
        #expect(variable.errors.contains("COLEND_CUT_OFF"))
    }

    @Test func `two persons also decide that one is enough`() async throws {
        let books = try await Self.guarded()
        try Self.edit(books, "Config/platform.yaml", "two-person", "single")
        let alone = try await books.colend("loans list")
        #expect(alone.exit == 78 && alone.codes == ["CONF-032"])
        let proposed = try await books.colend("config propose Config/platform.yaml --as ann")
        #expect(proposed.exit == 0, "\(proposed.errors)")
        #expect(try await books.colend("config approve 2 --as ann").codes == ["CHANGE-001"])
        #expect(try await books.colend("config approve 2 --as bob").exit == 0)
        #expect(try await books.colend("loans list").exit == 0)
        try Self.edit(books, "Config/\(Self.agreement)", "lagDays: 1", "lagDays: 2")
        #expect(try await books.colend("loans list").exit == 0)
        // One is enough now, and the way over a proposal is still there.
        try Self.edit(
            books, "Config/platform.yaml", "single", "two-person", to: "New/platform.yaml")
        #expect(try await books.colend("config propose New --as ann").exit == 0)
        #expect(try await books.colend("config approve 3 --as ann").exit == 0)
        try Self.edit(books, "Config/\(Self.agreement)", "lagDays: 2", "lagDays: 3")
        #expect(try await books.colend("loans list").codes == ["CONF-032"])
    }

    @Test func `an approval is of what was shown, on what was there`() async throws {
        let books = try await Self.guarded()
        try Self.draft(books)
        for number in [2, 3] {
            try Self.edit(
                books, "New/\(Self.agreement)", "lagDays: \(number - 1)", "lagDays: \(number)")
            #expect(try await books.colend("config propose New --as ann").exit == 0)
        }
        try Self.edit(books, "Config/\(Self.party)", "minimum: \"10\"", "minimum: \"11\"")
        let edited = try await books.colend("config approve 2 --as bob")
        #expect(edited.exit == 1 && edited.codes == ["CHANGE-003"], "\(edited.errors)")
        try Self.edit(books, "Config/\(Self.party)", "minimum: \"11\"", "minimum: \"10\"")
        #expect(try await books.colend("config approve 3 --as bob").exit == 0)
        let late = try await books.colend("config approve 2 --as bob")
        #expect(late.exit == 1 && late.codes == ["CHANGE-003"], "\(late.errors)")
        let unsound = try Self.text(books, "New/\(Self.agreement)").replacing(
            "\"60%\"", with: "\"61%\"")
        try books.folder.write(unsound, to: "New/\(Self.agreement)")
        let faulty = try await books.colend("config propose New --as ann")
        #expect(faulty.exit == 78 && faulty.codes == ["CONF-013"], "\(faulty.errors)")
        try books.folder.write("", to: "draft.yaml")
        #expect(
            try await books.colend("config propose draft.yaml --as ann").codes == ["CHANGE-007"])
        #expect(try await books.colend("config propose --as ann").exit == 64)
    }

    @Test func `a file is added and taken away by two persons`() async throws {
        let books = try await Self.guarded()
        try Self.edit(
            books, "Config/\(Self.agreement)", "2026-01-01", "2026-03-01",
            to: "New/agreements/spring.yaml")
        try Self.edit(books, "New/agreements/spring.yaml", "lagDays: 1", "lagDays: 2")
        #expect(try await books.colend("config propose New/agreements --as ann").exit == 0)
        #expect(try await books.colend("config approve 2 --as bob").exit == 0)
        #expect(try await books.colend("loans list").exit == 0)
        let removed = try await books.colend(
            "config propose --remove Config/agreements/spring.yaml --as bob")
        #expect(removed.exit == 0, "\(removed.errors)")
        #expect(try await books.colend("config approve 3 --as ann").exit == 0)
        #expect(books.folder.files(below: "Config")["agreements/spring.yaml"] == nil)
        #expect(try await books.colend("loans list").exit == 0)
    }

    @Test(
        arguments: [
            "change.before-decision", "change.after-decision", "change.after-file:1",
            "change.after-file:2", "change.after-finish",
        ])
    func `an approval that broke off is ended by the same command`(point: String) async throws {
        let books = try await Self.guarded()
        try Self.draft(books)
        let propose = ["config", "propose", "New", "--as", "ann"]
        for at in ["change.before-proposal", "change.after-proposal"] {
            let killed = try await books.colend(propose, environment: ["COLEND_CRASH_AT": at])
            #expect(killed.exit != 0)
        }
        #expect(try await books.colend(propose).exit == 0)
        #expect(try await Self.changes(books).count == 2)
        let approve = ["config", "approve", "2", "--as", "bob"]
        let killed = try await books.colend(approve, environment: ["COLEND_CRASH_AT": point])
        #expect(killed.exit != 0)
        let isWhole = ["change.before-decision", "change.after-file:2", "change.after-finish"]
            .contains(point)
        #expect(try await books.colend("loans list").exit == (isWhole ? 0 : 78), "none by halves")
        let ended = try await books.colend(approve)
        #expect(ended.exit == 0, "\(ended.errors)")
        #expect(try await Self.changes(books).last?["state"] as? String == "in-force")
        for path in [Self.agreement, Self.party] {
            #expect(try Self.text(books, "Config/\(path)") == Self.text(books, "New/\(path)"))
        }
        #expect(books.folder.files(below: "Config").keys.allSatisfy { !$0.contains("change-") })
        #expect(try await books.colend("loans list").exit == 0)
    }

    @Test func `a rejection that broke off is ended by the same command`() async throws {
        let books = try await Self.guarded()
        try Self.draft(books)
        #expect(try await books.colend("config propose New --as ann").exit == 0)
        let reject = ["config", "reject", "2", "--reason", "no", "--as", "bob"]
        for point in ["change.before-decision", "change.after-decision"] {
            let killed = try await books.colend(reject, environment: ["COLEND_CRASH_AT": point])
            #expect(killed.exit != 0)
        }
        #expect(try await books.colend(reject).exit == 0)
        #expect(try await Self.changes(books).last?["state"] as? String == "rejected")
    }

    @Test func `a change that is not written yet holds up the next`() async throws {
        let books = try await Self.guarded()
        try Self.draft(books)
        for path in [Self.agreement, Self.party] {
            #expect(try await books.colend("config propose New/\(path) --as ann").exit == 0)
        }
        let killed = try await books.colend(
            ["config", "approve", "2", "--as", "bob"],
            environment: ["COLEND_CRASH_AT": "change.after-decision"])
        #expect(killed.exit != 0)
        let waiting = try await books.colend("config approve 3 --as bob")
        #expect(waiting.exit == 1 && waiting.codes == ["CHANGE-002"])
        #expect(waiting.errors.contains("colend config approve 2"))
        // Anyone ends what two have agreed on.
        #expect(try await books.colend("config approve 2 --as ann").exit == 0)
        #expect(try await books.colend("config approve 3 --as bob").exit == 0)
    }

    @Test func `on a server two approvals at once end in one`() async throws {
        let books = try await Books.new()
        try Self.edit(
            books, "Config/platform.yaml", "currency: USD", "currency: USD\nchanges: two-person")
        let store = ["COLEND_STORE": try await PostgresCluster.shared().makeSchema()]
        try Self.draft(books)
        let proposed = try await books.colend(
            ["config", "propose", "New", "--as", "ann"], environment: store)
        #expect(proposed.exit == 0, "\(proposed.errors)")
        let exits = try await withThrowingTaskGroup(of: Int32.self) { group in
            for person in ["bob", "eve"] {
                group.addTask {
                    try await books.colend(
                        ["config", "approve", "2", "--as", person], environment: store
                    ).exit
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(exits.contains(0), "\(exits)")
        #expect(exits.allSatisfy { [0, 1, 75].contains($0) }, "\(exits)")
        let listed = try await books.colend(
            ["config", "history", "2"], environment: store
        ).json(as: Object.self)
        #expect(listed["state"] as? String == "in-force")
        #expect(try await books.colend(["loans", "list"], environment: store).exit == 0)
    }
}
