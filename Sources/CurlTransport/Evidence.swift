// What was observed of one exchange; kept with the attempt so that a doubt can be argued later.

/// Observations of one exchange. Holds no header and no body, so it may be logged.
package struct Evidence: Sendable, Equatable {
    /// Why the exchange ended as it did.
    package enum Cause: String, Sendable {
        case answered
        /// libcurl reported a failure: see `curlCode` and `message`.
        case failed
        /// libcurl wanted to send the request a second time and was stopped.
        case resendStopped
        case bodyTooLarge
        case headersTooLarge
        /// No byte of an answer came in time; the connection is given up.
        case noFirstByte
        case cancelled
        case queueFull
        case queuedTooLong
        /// The far side has failed too often just before and is left alone.
        case breakerOpen
        /// The client had been shut down.
        case closed
        case malformedRequest
    }

    package let cause: Cause
    /// libcurl's code, nil when libcurl did not end the exchange.
    package let curlCode: Int32?
    package let message: String
    /// How often libcurl was about to send the request: 0 is the proof that nothing left.
    package let prereqCalls: Int
    /// Bytes of all requests issued: doubles when libcurl sends again on its own.
    package let requestBytes: Int
    /// The HTTP status seen, also when the answer was not usable.
    package let responseStatus: Int?
    /// Time since the exchange left the queue.
    package let milliseconds: Int

    package init(
        cause: Cause, curlCode: Int32? = nil, message: String, prereqCalls: Int = 0,
        requestBytes: Int = 0, responseStatus: Int? = nil, milliseconds: Int = 0
    ) {
        self.cause = cause
        self.curlCode = curlCode
        self.message = message
        self.prereqCalls = prereqCalls
        self.requestBytes = requestBytes
        self.responseStatus = responseStatus
        self.milliseconds = milliseconds
    }
}
