// What is wrong with a file before anything is known of its meaning.

package import Operations

/// One fault of a file's form.
package struct FileFault: CodedError, Hashable {
    package let code: String
    /// File name for messages.
    package let file: String
    package let place: TextPlace
    package let what: String

    package init(code: String, file: String, place: TextPlace, what: String) {
        self.code = code
        self.file = file
        self.place = place
        self.what = what
    }

    package var sentence: String { "\(what) (\(file):\(place)); correct the file and send it again" }

    package var exit: ExitKind { .badInput }
}

/// All faults of a file's form, in file order, at most ``limit``.
package struct FileRefused: Error, Hashable, Sendable {
    /// Faults kept; a broken file can hold millions.
    package static let limit = 100

    package let faults: [FileFault]
}
