import BusinessCalendar
import LendingRules
import Monetary
package import Operations
import PartnerGateway

/// What is wrong with a calculator's input, and where.
package struct CalculatorFault: CodedError, Hashable {
    package let code: String
    /// What was found and what is allowed.
    package let what: String
    /// `file:line:column`.
    package let place: String

    package var sentence: String { "\(what) (\(place)); correct the input" }
    package var exit: ExitKind { .badInput }
}

/// One JSON object of a calculator's input, read strictly: text for amounts, known names only.
struct CalculatorInput {
    let file: InputFile
    let value: JSONValue

    /// The whole input as one JSON value.
    ///
    /// - Throws: ``CalculatorFault`` CALC-001 when it is not JSON.
    static func read(_ path: String) throws -> CalculatorInput {
        let file = try InputFile.read(path)
        do {
            return CalculatorInput(file: file, value: try JSONReader.read(file.bytes))
        } catch let fault {
            throw CalculatorFault(
                code: "CALC-001", what: "this is not JSON: \(fault.what)",
                place: "\(file.name):\(fault.place)")
        }
    }

    func fault(_ code: String, _ what: String, at value: JSONValue? = nil) -> CalculatorFault {
        let place = TextPlace(offset: (value ?? self.value).offset, in: file.bytes)
        return CalculatorFault(code: code, what: what, place: "\(file.name):\(place)")
    }

    /// Another value of the same file.
    func at(_ value: JSONValue) -> CalculatorInput { CalculatorInput(file: file, value: value) }

    /// - Throws: ``CalculatorFault`` CALC-002 for a name that nothing reads.
    func allow(_ names: [String]) throws(CalculatorFault) {
        guard let members = value.members else {
            throw fault("CALC-003", "an object is needed, not \(value.kind)")
        }
        for member in members where !names.contains(member.name) {
            throw fault(
                "CALC-002",
                "unknown field '\(member.name.prefix(70))'; allowed: "
                    + names.joined(separator: ", "), at: JSONValue(.null, offset: member.offset))
        }
    }

    /// The field's value; null means that it is absent.
    func optional(_ name: String) -> JSONValue? {
        value[name].flatMap { $0.isNull ? nil : $0 }
    }

    /// - Throws: ``CalculatorFault`` CALC-004 when the field is absent.
    func required(_ name: String) throws(CalculatorFault) -> JSONValue {
        guard let found = value[name] else {
            throw fault("CALC-004", "field '\(name)' is missing")
        }
        return found
    }

    func elements(_ name: String) throws(CalculatorFault) -> [JSONValue] {
        let found = try required(name)
        guard let elements = found.elements else {
            throw fault("CALC-003", "\(name) must be a list, not \(found.kind)", at: found)
        }
        return elements
    }

    func text(_ name: String) throws(CalculatorFault) -> String {
        let found = try required(name)
        guard let text = found.text else {
            throw fault(
                "CALC-003", "\(name) must be a text in quotes, not \(found.kind)", at: found)
        }
        return text
    }

    func optionalText(_ name: String) throws(CalculatorFault) -> String? {
        optional(name) == nil ? nil : try text(name)
    }

    func currency(_ name: String) throws(CalculatorFault) -> Currency {
        let code = try text(name)
        guard let currency = Currency(code: code) else {
            throw fault(
                "CALC-005", "\(name) '\(code.prefix(70))' is no ISO 4217 code", at: value[name])
        }
        return currency
    }

    /// Minor units of a field.
    func amount(_ name: String, _ currency: Currency) throws(CalculatorFault) -> Int64 {
        try amount(text(name), currency, at: value[name])
    }

    /// Minor units of a text.
    func amount(_ text: String, _ currency: Currency, at place: JSONValue?)
        throws(CalculatorFault) -> Int64
    {
        do throws(AmountError) {
            return try AmountText.parse(text, decimals: currency.exponent)
        } catch {
            throw fault("CALC-005", sentence(error, text), at: place)
        }
    }

    private func sentence(_ error: AmountError, _ text: String) -> String {
        let shown = "'\(text.prefix(70))'"
        return switch error {
        case .tooManyDecimals(_, let allowed): "\(shown) has more than \(allowed) decimals"
        case .overflow: "\(shown) is beyond the range of amounts"
        default: "\(shown) is not a decimal number"
        }
    }

    /// A yearly rate in percent.
    func rate(_ name: String) throws(CalculatorFault) -> AnnualRate {
        let text = try text(name)
        do throws(AmountError) {
            return try AnnualRate(percent: text)
        } catch {
            throw fault(
                "CALC-005",
                "\(name) '\(text.prefix(70))' is no percentage from 0 on with up to 6 decimals",
                at: value[name])
        }
    }

    /// One of an enumeration's words.
    func word<Value: RawRepresentable & CaseIterable>(_ name: String, default value: Value)
        throws(CalculatorFault) -> Value where Value.RawValue == String
    {
        guard let text = try optionalText(name) else { return value }
        guard let word = Value(rawValue: text) else {
            let allowed = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw fault(
                "CALC-005", "\(name) '\(text.prefix(70))' is none of \(allowed)",
                at: self.value[name])
        }
        return word
    }

    func date(_ name: String) throws(CalculatorFault) -> BusinessDate {
        let text = try text(name)
        guard let date = BusinessDate(text) else {
            throw fault(
                "CALC-005", "\(name) '\(text.prefix(70))' is no date such as 2026-01-31",
                at: value[name])
        }
        return date
    }

    func optionalDate(_ name: String) throws(CalculatorFault) -> BusinessDate? {
        optional(name) == nil ? nil : try date(name)
    }

    func optionalCount(_ name: String) throws(CalculatorFault) -> Int? {
        optional(name) == nil ? nil : try count(name)
    }

    /// The elements of a list that may be absent.
    func optionalElements(_ name: String) throws(CalculatorFault) -> [JSONValue] {
        optional(name) == nil ? [] : try elements(name)
    }

    func count(_ name: String) throws(CalculatorFault) -> Int {
        let found = try required(name)
        guard let number = found.integer, let count = Int(exactly: number) else {
            throw fault("CALC-003", "\(name) must be a whole number", at: found)
        }
        return count
    }
}
