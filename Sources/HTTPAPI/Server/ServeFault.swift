package import Operations

/// Why the server cannot listen.
package struct ServeFault: CodedError, Hashable {
    package let address: String
    package let reason: String

    package init(address: String, reason: String) {
        self.address = address
        self.reason = reason
    }

    package var code: String { "SERVE-001" }
    package var sentence: String {
        "nobody can be served at \(address): \(reason); choose another with --host and --port"
    }
    package var exit: ExitKind { .inputOutput }
}
