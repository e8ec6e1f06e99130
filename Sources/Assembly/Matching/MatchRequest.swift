import Operations
import Reconciling

/// The words of `colend match`.
package struct MatchRequest: Sendable {
    package let ours: String
    package let theirs: String
    package var key: String?
    package var amount: String?
    package var date: String?
    package var tolerance = "0"
    package var window = 0
    package var fields: String?

    package init(ours: String, theirs: String) {
        self.ours = ours
        self.theirs = theirs
    }

    /// Days that a window may span: every date of the calendar is within it.
    private static let longestWindow = 3_652_059

    /// - Throws: ``UsageFault`` for a word that says nothing.
    func options() throws(UsageFault) -> MatchOptions {
        if ours == "-", theirs == "-" {
            throw UsageFault(
                code: "USAGE-024", "only one of --ours and --theirs can be standard input")
        }
        var options = MatchOptions()
        options.key = try columns(key, "--key")
        options.amounts = try columns(amount, "--amount")
        options.date = try columns(date, "--date")?.first
        options.fields = try columns(fields, "--fields") ?? []
        options.tolerance = try toleranceAmount()
        guard (0...MatchRequest.longestWindow).contains(window) else {
            throw UsageFault(
                code: "USAGE-022",
                "--window \(window) is not from 0 to \(MatchRequest.longestWindow), the days of "
                    + "the calendar; write a number such as 2")
        }
        options.windowDays = window
        return options
    }

    private func toleranceAmount() throws(UsageFault) -> ExactAmount {
        if let amount = try? ExactAmount(tolerance), amount.digits >= 0 { return amount }
        throw UsageFault(
            code: "USAGE-021",
            "--tolerance '\(tolerance.prefix(40))' is no amount from 0; write it as 0.01")
    }

    /// The columns of a list; nil when the option is absent.
    private func columns(_ text: String?, _ option: String) throws(UsageFault) -> [String]? {
        guard let text else { return nil }
        let isList = option != "--date"
        let names =
            isList
            ? text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) : [text]
        guard names.allSatisfy({ !$0.isEmpty }), Set(names).count == names.count else {
            throw UsageFault(
                code: "USAGE-023",
                "\(option) '\(text.prefix(70))' names no columns, or one twice; write "
                    + (isList ? "COLUMN,COLUMN" : "one COLUMN"))
        }
        return names
    }
}
