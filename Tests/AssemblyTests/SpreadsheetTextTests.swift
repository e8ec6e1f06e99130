import Assembly
import Testing

/// Text that a spreadsheet must not run.
struct SpreadsheetTextTests {
    @Test(
        arguments: [
            "=1+1", "=cmd|' /C calc'!A0", "+1", "+49 30 123", "-1+2", "-", "--1", "-1-1", "-1.2.3",
            "-.5", "-5.", "@SUM(A1)", "\tx", "\r=1", "\r\n=1", "=\u{301}1", "-\u{301}1", "-٣",
            "-1e5", "=", "+", "@",
        ])
    func `what would be a formula begins with an apostrophe`(text: String) {
        #expect(SpreadsheetText.safe(text) == "'" + text)
    }

    @Test(
        arguments: [
            "", "-1", "-0.01", "-1234567890.12", "12.50", "harbor", "a=b", "'=1", " =1",
            "2026-01-05", "P-LC1-1a", "贷款", "\n=1",
        ])
    func `what is none stays as it is, numbers stay numbers`(text: String) {
        #expect(SpreadsheetText.safe(text) == text)
    }

    @Test func `an answer's cells are safe`() {
        let answer = Answer(
            .array([.object(["key": .text("=HYPERLINK(\"x\")"), "amount": .text("-5.00")])]))
        #expect(answer.rendered(.csv) == "key,amount\r\n\"'=HYPERLINK(\"\"x\"\")\",-5.00\r\n")
    }
}
