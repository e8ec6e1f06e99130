// A schema refuses nothing that a load takes. What only a load can judge, such as the tz database
// or the decimals of a currency, is left to it.

extension SettingKind {
    /// The schema of a value, as an editor sees it: numbers may stand there without quotes.
    var schema: SchemaNode {
        switch self {
        case .words(let words): .object(["enum": .texts(words)])
        case .flag:
            .object(["enum": .list([.flag(true), .flag(false), .text("true"), .text("false")])])
        case .whole(let range):
            SettingKind.pattern("^-?[0-9]+$", ["integer", "string"]).with([
                "minimum": .number(Int64(range.lowerBound)),
                "maximum": .number(Int64(range.upperBound)),
            ])
        case .wholeOr(let range, let words):
            SettingKind.pattern(
                "^(-?[0-9]+|\(words.joined(separator: "|")))$", ["integer", "string"]
            ).with([
                "minimum": .number(Int64(range.lowerBound)),
                "maximum": .number(Int64(range.upperBound)),
            ])
        case .amount: SettingKind.pattern(decimal + "$", number).with(["minimum": .number(0)])
        case .amountAboveZero:
            SettingKind.pattern(amountAboveZero + "$", number)
                .with(["exclusiveMinimum": .number(0)])
        case .rate: within(0...10_000, decimal + "%?$")
        case .multiple: within(0...10, decimal + "$")
        case .feeValue: SettingKind.pattern("(\(amountAboveZero)|\(share))$", number)
        case .list(let element):
            .object(["type": .text("array"), "items": element.schema])
        case .mappings: .object(["type": .text("array")])
        case .byParty(let element):
            .object(["type": .text("object"), "additionalProperties": element.schema])
        default: word
        }
    }

    /// Not negative; a zero may have a sign.
    private var decimal: String { "^(?!-.*[1-9])-?[0-9]+(\\.[0-9]+)?" }
    private var amountAboveZero: String { "^(?=.*[1-9])[0-9]+(\\.[0-9]+)?" }
    /// At most a whole, as far as a percentage tells; a fraction is left to the load.
    private var share: String {
        "^(?=.*[1-9])(0*100(\\.0+)?%|0*[0-9]{1,2}(\\.[0-9]+)?%|[0-9]+/[0-9]+)"
    }
    private var number: [String] { ["number", "string"] }

    private func within(_ range: ClosedRange<Int64>, _ pattern: String) -> SchemaNode {
        SettingKind.pattern(pattern, number).with([
            "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound),
        ])
    }

    /// What is text to everybody. A name may be a word that YAML reads as a truth value.
    private var word: SchemaNode {
        switch self {
        case .name: SettingKind.pattern("^[A-Za-z][A-Za-z0-9-]{0,39}$", ["string", "boolean"])
        case .word: SettingKind.pattern("^\\S+$", ["string", "number", "boolean"])
        case .limit: .object(["type": .texts(["string", "number", "boolean", "array"])])
        case .line: SettingKind.pattern("\\S", ["string", "number", "boolean"])
        case .title: SettingKind.pattern("\\S", ["string", "number", "boolean"])
        case .share: SettingKind.pattern(share + "$")
        case .shareOrNothing: SettingKind.pattern("(\(share)|^-?0+(\\.0+)?%|^0+/[0-9]+)$")
        case .date:
            SettingKind.pattern(
                "^(19[7-9][0-9]|2[01][0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")
        case .time: SettingKind.pattern("^([01][0-9]|2[0-3]):[0-5][0-9]$")
        case .zone: SettingKind.pattern("^[A-Za-z][A-Za-z0-9_+/-]*$")
        case .currency: SettingKind.pattern("^[A-Z]{3}$")
        case .endpoint: SettingKind.pattern("^https?://[!-~]+$")
        case .proxy: SettingKind.pattern("^(https?|socks5h)://[!-~]+:[0-9]+/?$")
        case .variable:
            SettingKind.pattern("^[A-Z_][A-Z0-9_]{0,79}$")
        case .headerWord:
            SettingKind.pattern("^[A-Za-z0-9._:@/+-]{1,80}$", ["string", "number", "boolean"])
        case .pin: SettingKind.pattern("^[A-Za-z0-9+/]{43}=$")
        default: .object(["type": .texts(["string", "number", "boolean"])])
        }
    }

    private static func pattern(_ pattern: String, _ types: [String] = ["string"]) -> SchemaNode {
        .object([
            "type": types.count == 1 ? .text(types[0]) : .texts(types), "pattern": .text(pattern),
        ])
    }
}
