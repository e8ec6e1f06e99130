/// Lets a synchronous reader hand its pieces to an asynchronous writer, in order.
package protocol CopyLine: Sendable {
    /// Waits until the piece before is done, then begins this one and returns.
    ///
    /// - Throws: What the piece before has thrown.
    func send(_ piece: @escaping @Sendable () async throws -> Void) throws

    /// Waits until the last piece is done.
    ///
    /// - Throws: What it has thrown.
    func finish() throws
}
