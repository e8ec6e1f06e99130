internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Reads a request's body to its end, within its bounds of size and time.
struct BodyReader {
    let limits: ServerLimits

    /// Empty where the endpoint takes none; what was sent nevertheless is passed over.
    ///
    /// - Throws: ``Problem``.
    func read(_ request: Request, for endpoint: Endpoint) async throws -> [UInt8] {
        guard let expected = endpoint.body else { return [] }
        guard Self.mediaType(of: request) == expected.mediaType else {
            throw Problem.wrongMediaType(expected.mediaType)
        }
        let announced = request.headers[.contentLength].flatMap { Int($0) }
        if let announced, announced > expected.maximumBytes {
            throw Problem.tooLarge(limit: expected.maximumBytes)
        }
        let buffer = try await collected(request.body, upTo: expected.maximumBytes)
        return Array(buffer.readableBytesView)
    }

    /// Without parameters such as a charset, in lower case.
    private static func mediaType(of request: Request) -> String {
        let text = request.headers[.contentType] ?? ""
        let type = text.prefix { $0 != ";" }
        return String(type.filter { !$0.isWhitespace }).lowercased()
    }

    private func collected(_ body: RequestBody, upTo limit: Int) async throws -> ByteBuffer {
        let patience = limits.bodyTime
        return try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await Self.whole(body, upTo: limit) }
            group.addTask {
                try await Task.sleep(for: patience)
                throw Problem.slowBody
            }
            guard let buffer = try await group.next() else { throw CancellationError() }
            return buffer
        }
    }

    private static func whole(_ body: RequestBody, upTo limit: Int) async throws -> ByteBuffer {
        do {
            return try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(limit: limit)
        } catch let error as CancellationError {
            throw error
        } catch let error as HTTPError where error.status == .contentTooLarge {
            throw Problem.tooLarge(limit: limit)
        } catch {
            // The client went away, or what it sent is no chunk.
            throw Problem.malformed("the body breaks off", closesConnection: true)
        }
    }
}
