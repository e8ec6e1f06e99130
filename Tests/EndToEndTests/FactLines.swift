import Foundation

/// Lines of a facts file about one loan on the demo's open date.
struct FactLines {
    static let openDate = "2026-02-10"
    let loan: String

    /// A record; members written later replace those of the same name, and `nil` takes one out.
    func line(_ id: String, _ kind: String, _ members: [String: String?] = [:]) -> String {
        let common: [String: String?] = [
            "id": id, "kind": kind, "loan": loan, "valueDate": Self.openDate,
            "at": Self.openDate + "T10:00:00Z",
        ]
        let all = common.merging(members) { $1 }.compactMapValues { $0 }
        return Self.json(all)
    }

    /// The same with one value as it stands, not as a text.
    func line(_ id: String, _ kind: String, _ members: [String: String?], raw: String) -> String {
        line(id, kind, members).replacing("\"RAW\"", with: raw)
    }

    static func json(_ members: [String: String]) -> String {
        "{"
            + members.sorted { $0.key < $1.key }
            .map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",") + "}"
    }

    /// What one loan can be told wrongly, each with its code and the field at fault.
    ///
    /// Nothing is due on the open date but what was paid, one payment `TP1` of 5.00 waits, and
    /// `TP0` is reversed already by `TR0`.
    func faults(unfunded: String) -> [(code: String, field: String, line: String)] {
        let waiver: [String: String?] = [
            "currency": "USD", "interest": "1.00", "borneBy": "shares",
        ]
        func waive(_ members: [String: String?]) -> String {
            line("F1", "waiver", waiver.merging(members) { $1 })
        }
        func refund(_ members: [String: String?]) -> String {
            line("F1", "refund", ["currency": "USD", "amount": "1.00"].merging(members) { $1 })
        }
        return [
            ("FACT-001", "kind", line("F1", "forgiveness")),
            (
                "FACT-016", "decision",
                line(
                    "F1", "decision-correction",
                    ["currency": "USD", "decision": "TP1", "principal": "-1.00"])
            ),
            ("FACT-001", "", line("F1", "x", ["kind": nil])),
            ("FACT-002", "colour", line("F1", "payout-failed", ["colour": "red"])),
            ("FACT-002", "amount", line("F1", "payout-failed", ["amount": "1.00"])),
            ("FACT-003", "", refund(["amount": nil])),
            ("FACT-003", "", waive(["interest": nil])),
            ("FACT-004", "borneBy", waive(["borneBy": "nobody"])),
            ("FACT-004", "scope", line("F1", "charge-off", ["scope": "half"])),
            ("FACT-004", "charge", line("F1", "cancelled", ["charge": "all"])),
            ("FACT-005", "interest", waive(["interest": "100000.00"])),
            ("FACT-005", "amount", refund(["amount": "5.01"])),
            (
                "FACT-005", "amount",
                line("F1", "recovery", ["currency": "USD", "amount": "0.01"])
            ),
            ("FACT-006", "at", waive(["at": "2026-02-11T10:00:00Z"])),
            ("FACT-007", "valueDate", waive(["valueDate": "2026-01-10"])),
            ("FACT-008", "valueDate", line("F1", "cancelled", ["charge": "none"])),
            ("INTAKE-002", "", line("F1", "payout-failed", ["id": nil])),
            ("INTAKE-002", "id", line("F 1", "payout-failed")),
            ("INTAKE-003", "currency", refund(["currency": "usd"])),
            ("INTAKE-003", "currency", refund(["currency": "CNY"])),
            ("INTAKE-004", "amount", refund(["amount": "1.001"])),
            ("INTAKE-005", "amount", refund(["amount": "92233720368547758.08"])),
            ("INTAKE-006", "amount", refund(["amount": "0.00"])),
            ("INTAKE-006", "amount", refund(["amount": "-1.00"])),
            ("INTAKE-007", "amount", refund(["amount": "1,000"])),
            ("INTAKE-007", "amount", refund(["amount": "1e3"])),
            ("INTAKE-008", "valueDate", waive(["valueDate": "2026-02-30"])),
            ("INTAKE-008", "at", waive(["at": "2026-02-10"])),
            ("INTAKE-010", "id", line("TP1", "payout-failed")),
            ("INTAKE-016", "loan", waive(["loan": "X9"])),
            ("INTAKE-017", "loan", waive(["loan": unfunded])),
            ("INTAKE-018", "valueDate", waive(["valueDate": "2025-12-31"])),
            ("INTAKE-018", "valueDate", waive(["valueDate": "2026-02-11"])),
            ("INTAKE-019", "reverses", line("F1", "reversal", ["reverses": "P9"])),
            ("INTAKE-019", "reverses", line("F1", "reversal", ["reverses": "TP0"])),
            ("FILE-013", "amount", line("F1", "refund", ["amount": "RAW"], raw: "1.00")),
            ("FILE-013", "amount", line("F1", "refund", ["amount": "RAW"], raw: "null")),
            ("FILE-013", "amount", line("F1", "refund", ["amount": "RAW"], raw: "[\"1.00\"]")),
            ("FILE-013", "", "{\"id\":\"F1\""), ("FILE-013", "", "[]"),
        ]
    }
}
