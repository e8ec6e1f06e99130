import TestSupport
import Testing

/// Variables that a user meant for this program and that nothing reads.
struct VariableTests {
    private static let mistyped = ["COLEND_STOER": "sqlite:other.db"]
    private static let warning =
        "warning: nothing reads the variable COLEND_STOER; did you mean COLEND_STORE?"

    @Test(arguments: ["loans list", "config check", "verify", "eod status"])
    func `a mistyped variable is told, and changes neither result nor exit`(command: String)
        async throws
    {
        let books = try await Books.withLoans()
        let words = command.split(separator: " ").map(String.init)
        let plain = try await books.colend(words)
        let warned = try await books.colend(words, environment: Self.mistyped)
        #expect(plain.errors == "")
        #expect(warned.errorLines == [Self.warning])
        #expect(warned.exit == plain.exit && warned.output == plain.output)
        let quiet = try await books.colend(words + ["--quiet"], environment: Self.mistyped)
        #expect(quiet.errors == "")
    }

    @Test func `what options, configurations and harnesses read is not told`() async throws {
        let known = [
            "COLEND_USER": "ann", "COLEND_COLOR": "never", "COLEND_OUTPUT": "json",
            "COLEND_SEED": "1", "COLEND_SOAK_LOANS": "1", "COLEND_TEST_POSTGRES_URL": "x",
            "COLEND_STRICT": "1", "COLEND_HAZARD": "none", "COLEND_HARBOR_SECRET": "",
            "COLEND_HARBOR_SECRET_FILE": "/nowhere", "COLEND_PARTIES_HARBOR_BATCH": "2",
            "COLEND_EMPTY": "",
        ]
        let outcome = try await Books.withLoans().colend(["loans", "list"], environment: known)
        #expect(outcome.exit == 0)
        #expect(outcome.errors == "")
    }

    @Test func `a secret under a name that no file names is told without its value`()
        async throws
    {
        let outcome = try await Books.withLoans().colend(
            ["loans", "list"], environment: ["COLEND_HARBOUR_SECRET": "hunter2"])
        #expect(
            outcome.warnings == [
                "warning: nothing reads the variable COLEND_HARBOUR_SECRET; did you mean "
                    + "COLEND_HARBOR_SECRET?"
            ])
        #expect(!outcome.errors.contains("hunter2"))
    }

    @Test func `without a configuration only what resembles an option is told`() async throws {
        let outcome = try await Colend.run(
            ["loans", "list"],
            environment: ["COLEND_CONFG": "elsewhere", "COLEND_HARBOR_SECRET": "x"])
        #expect(outcome.codes == ["CONF-001"])
        #expect(
            outcome.warnings == [
                "warning: nothing reads the variable COLEND_CONFG; did you mean COLEND_CONFIG?"
            ])
    }

    @Test func `the doctor counts it as something to look at, and notes what may be left over`()
        async throws
    {
        let left = try await Books.new().colend(
            ["doctor", "--offline"], environment: ["COLEND_SUMMIT_PASSPHRASE": "x"])
        #expect(left.exit == 0)
        #expect(left.output.contains("variable COLEND_SUMMIT_PASSPHRASE"))
        let outcome = try await Books.new().colend(
            ["doctor", "--offline", "--quiet"], environment: Self.mistyped)
        #expect(outcome.exit == 2)
        #expect(outcome.errors == "")
        #expect(outcome.output.contains("variable COLEND_STOER"))
        #expect(outcome.output.contains("did you mean COLEND_STORE?"))
    }
}
