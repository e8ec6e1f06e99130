import LendingRules
import Monetary
import PartnerGateway

extension Calculators {
    /// `cover FILE`: what each event leaves of a cover, cumulative.
    ///
    /// - Throws: ``CalculatorFault``, or ``UnreadableInput``.
    package static func cover(_ path: String) throws -> Answer {
        let input = try CalculatorInput.read(path)
        try input.allow(["currency", "cover", "events"])
        let currency = try input.currency("currency")
        var account = CoverAccount(
            try CoverInput(input.at(input.required("cover")), currency).kind)
        var nodes: [Node] = []
        var grid = Grid(columns: [
            .words("event"), .figures("amount"), .figures("ceiling"), .figures("available"),
            .figures("invoked"), .figures("unabsorbed"),
        ])
        for value in try input.elements("events") {
            let event = try CoverEventInput(input.at(value), currency)
            do throws(CoverError) {
                try account.take(event.event)
            } catch {
                throw input.at(value).fault(
                    "CALC-009", "a total of the cover is beyond the range of amounts",
                    at: event.place)
            }
            let figures = account.told
            nodes.append(
                .object(
                    figures.map { Node.Member(name: $0, value: .amount($1, currency)) }))
            grid.add(
                [event.name, event.event.amount.text(currency)]
                    + figures.map { $1.text(currency) })
        }
        return Answer(
            .array(nodes), grids: [grid],
            columns: ["ceiling", "available", "invoked", "unabsorbed"])
    }
}

extension CoverAccount {
    /// The figures of INTERFACE in their order.
    fileprivate var told: [(String, Int64)] {
        [
            ("ceiling", ceiling), ("available", available), ("invoked", invoked),
            ("unabsorbed", unabsorbed),
        ]
    }
}
