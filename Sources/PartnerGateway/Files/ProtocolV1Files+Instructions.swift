// Settlement instructions as the bank of the account reads them.

internal import LendingRules
internal import Monetary
package import Operations

extension ProtocolV1Files: InstructionLayout {
    /// `settlement-instructions.csv`: amounts above zero leave the account; the remittance is the
    /// settlement's id, by which the statement's line is known again.
    package func render(_ instructions: [Instruction]) -> FileContent {
        var file = CSVWriter(columns: [
            "instruction_id", "party", "amount", "currency", "remittance",
        ])
        for instruction in instructions {
            let id = instruction.settlement
            file.row([
                id.description, id.party.name,
                AmountText.format(instruction.amount, decimals: id.currency.exponent),
                id.currency.code, id.description,
            ])
        }
        return FileContent(name: "settlement-instructions.csv", bytes: file.bytes)
    }
}
