/// Where CSV bytes depart from RFC 4180, or from the limits of this reader.
package struct CSVFault: Error, Hashable, Sendable {
    /// What is wrong.
    package enum Kind: Hashable, Sendable {
        case quoteNeverClosed
        /// A quote inside a field that does not begin with one.
        case strayQuote
        case textAfterQuote
        /// A carriage return without its line feed.
        case strayReturn
        case notUTF8
        case zeroByte
        case fieldTooLong
        case tooManyFields
    }

    package let kind: Kind
    /// Byte offset of the place.
    package let offset: Int
    /// Line of the place, from 1.
    package let line: Int
}

extension CSVFault {
    /// The stable code shown to people.
    package var code: String {
        switch kind {
        case .notUTF8: "FILE-001"
        case .quoteNeverClosed: "FILE-002"
        case .strayQuote, .textAfterQuote, .strayReturn: "FILE-003"
        case .zeroByte: "FILE-021"
        case .fieldTooLong: "FILE-022"
        case .tooManyFields: "FILE-023"
        }
    }

    /// What was found.
    package var what: String {
        switch kind {
        case .notUTF8: "the field that begins here is not UTF-8"
        case .quoteNeverClosed: "the quote that begins here is never closed"
        case .strayQuote: "a quote inside a field that does not begin with one"
        case .textAfterQuote: "text after a closing quote"
        case .strayReturn: "a carriage return without its line feed"
        case .zeroByte: "a zero byte, which no text holds"
        case .fieldTooLong:
            "the field that begins here is longer than \(CSVScanner.fieldBytesLimit) bytes"
        case .tooManyFields: "more than \(CSVScanner.fieldLimit) fields"
        }
    }
}
