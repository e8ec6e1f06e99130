/// A walk over YAML text, scalar by scalar, that knows quotes, comments and where a value begins.
struct PlainScan {
    private(set) var faults: [ReadingFault] = []
    private var line = 1
    private var column = 1
    private var previous: Unicode.Scalar = "\n"
    private var quote: Unicode.Scalar? = nil
    private var quoteColumn = 1
    private var isEscaped = false
    private var isComment = false
    private var hasTab = false
    private var flowDepth = 0
    /// Whether the next visible scalar begins a key or value.
    private var expectsNode = true

    /// Takes one scalar; `next` is the one behind it, a line break at the end.
    mutating func step(_ scalar: Unicode.Scalar, next: Unicode.Scalar) {
        if scalar == "\n" { return endLine() }
        if !isAllowed(scalar, next: next) {
            refuse(.notPlainText, "the control character \(name(scalar))", "remove it")
        } else if !isComment {
            if let quote {
                inside(quote, scalar, next: next)
            } else {
                outside(scalar, next: next)
            }
        }
        previous = scalar
        column += 1
    }

    private mutating func endLine() {
        if quote != nil {
            column = quoteColumn
            refuse(.unsupportedYAML, "quoted text that does not end on its line", "close the quote")
        }
        (quote, isEscaped, isComment, hasTab) = (nil, false, false, false)
        if flowDepth == 0 { expectsNode = true }
        (previous, line, column) = ("\n", line + 1, 1)
    }

    private mutating func inside(
        _ quote: Unicode.Scalar, _ scalar: Unicode.Scalar, next: Unicode.Scalar
    ) {
        if isEscaped {
            isEscaped = false
        } else if scalar == "\t" {
            refuseTab()
        } else if quote == "\"" ? scalar == "\\" : scalar == "'" && next == "'" {
            isEscaped = true
        } else if scalar == quote {
            self.quote = nil
        }
    }

    private mutating func outside(_ scalar: Unicode.Scalar, next: Unicode.Scalar) {
        if scalar == "\t" { return refuseTab() }
        if scalar == " " || scalar == "\r" { return }
        if scalar == "#", isBlank(previous) {
            isComment = true
        } else if expectsNode {
            begin(scalar, next: next)
        } else {
            proceed(scalar, next: next)
        }
    }

    /// At the place of a key or value.
    private mutating func begin(_ scalar: Unicode.Scalar, next: Unicode.Scalar) {
        switch scalar {
        case "-" where isBlank(next), ":" where isBlank(next), ",": return
        case "?" where isBlank(next):
            refuse(.unsupportedYAML, "a key marked with ?", "write key: value")
        case "&", "*":
            refuse(
                .unsupportedYAML, "an anchor or alias (\(scalar))", "write the value out each time")
        case "!":
            refuse(.unsupportedYAML, "a tag (!)", "write the value without it")
        case "|", ">":
            refuse(.unsupportedYAML, "block text (\(scalar))", "write the text on the key's line")
        case "\"", "'": (quote, quoteColumn) = (scalar, column)
        case "[", "{", "]", "}": return bracket(scalar)
        default: break
        }
        expectsNode = false
    }

    /// Behind the beginning of a key or value.
    private mutating func proceed(_ scalar: Unicode.Scalar, next: Unicode.Scalar) {
        let isFlow = flowDepth > 0
        switch scalar {
        case ":" where isBlank(next) || (isFlow && isPunctuation(previous, next)):
            expectsNode = true
        case "," where isFlow: expectsNode = true
        case "[" where isFlow, "{" where isFlow, "]" where isFlow, "}" where isFlow:
            bracket(scalar)
        default: break
        }
    }

    private mutating func bracket(_ scalar: Unicode.Scalar) {
        let opens = scalar == "[" || scalar == "{"
        expectsNode = opens
        flowDepth = max(0, flowDepth + (opens ? 1 : -1))
        if opens, flowDepth == PlainText.deepest + 1 {
            refuse(
                .unsupportedYAML, "more than \(PlainText.deepest) brackets inside each other",
                "these files nest four deep at most")
        }
    }

    private mutating func refuseTab() {
        if hasTab { return }
        hasTab = true
        refuse(.notPlainText, "a tab", "indent and separate with spaces")
    }

    private mutating func refuse(_ code: FaultCode, _ found: String, _ allowed: String) {
        let position = Position(line: line, column: column)
        faults.append(ReadingFault(code: code, found: found, position: position, allowed: allowed))
    }

    private func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t"
    }

    /// In flow style a colon ends a key behind a quote or before punctuation.
    private func isPunctuation(_ before: Unicode.Scalar, _ next: Unicode.Scalar) -> Bool {
        before == "\"" || before == "'" || [",", "[", "]", "{", "}"].contains(next)
    }

    /// Printable as YAML says; of its line breaks only LF and CR LF, so that lines are what
    /// editors show.
    private func isAllowed(_ scalar: Unicode.Scalar, next: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x20...0x7E: true
        case 0x0D: next == "\n"
        case 0xFEFF, 0x2028, 0x2029, 0xFFFE, 0xFFFF: false
        default: scalar.value >= 0xA0
        }
    }

    private func name(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
