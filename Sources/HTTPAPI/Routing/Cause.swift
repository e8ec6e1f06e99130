internal import Operations

/// What is logged of an error: a code where it has one, and never what a caller has sent.
struct Cause: CustomStringConvertible {
    private let error: any Error

    init(_ error: any Error) { self.error = error }

    var description: String {
        switch error {
        case let coded as any CodedError: "\(coded.code): \(coded.sentence)"
        case is CancellationError: "stopped"
        default: "\(type(of: error))"
        }
    }
}
