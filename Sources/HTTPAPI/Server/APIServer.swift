internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
package import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import Synchronization

/// The HTTP server: listens until it is told to stop, then finishes what is under way.
package struct APIServer: Service {
    private let parts: APIParts
    private let door: ServiceDoor
    private let host: String
    private let port: Int
    private let limits: ServerLimits
    private let logger: Logger
    private let onListening: @Sendable (Int) throws -> Void

    /// - Parameters:
    ///   - port: 0 lets the system choose.
    ///   - onListening: Hears the port as soon as requests are answered; what it throws ends the
    ///     server.
    package init(
        _ parts: APIParts, door: ServiceDoor, host: String, port: Int,
        limits: ServerLimits = ServerLimits(), logger: Logger,
        onListening: @escaping @Sendable (Int) throws -> Void
    ) {
        self.parts = parts
        self.door = door
        self.host = host
        self.port = port
        self.limits = limits
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until the group stops.
    ///
    /// - Throws: ``ServeFault`` SERVE-001 when it cannot listen, or what `onListening` throws.
    package func run() async throws {
        let listening = Listening()
        let application = Hummingbird.Application(
            responder: responder, server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port), backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    limits.connections, logger: logger)),
            onServerRunning: { [onListening] channel in
                listening.announce { try onListening(channel.localAddress?.port ?? 0) }
                if listening.fault != nil { channel.close(promise: nil) }
            },
            logger: quiet)
        do {
            try await application.run()
        } catch {
            // Closing the listener is told as a fault of its own.
            if let fault = listening.fault { throw fault }
            if listening.hasBegun { throw error }
            throw ServeFault(address: "\(host):\(port)", reason: Self.reason(error))
        }
        if let fault = listening.fault { throw fault }
    }

    private var responder: APIResponder {
        let metrics = ServiceMetrics()
        var endpoints = ServiceRoutes(parts: parts, door: door, metrics: metrics).endpoints
        endpoints.append(
            CallbackRoute(parts: parts, metrics: metrics, logger: logger).endpoint)
        endpoints.append(OpenAPI.endpoint(beside: endpoints, version: parts.version))
        return APIResponder(
            routes: RouteTable(endpoints: endpoints), metrics: metrics, limits: limits,
            logger: logger)
    }

    private var channel: HTTP1Channel.Configuration {
        HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(limits)],
            idleTimeout: .seconds(limits.idleSeconds),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
                maxHeaderFieldCount: limits.headerCount))
    }

    /// The library's own lines say nothing that ours do not.
    private var quiet: Logger {
        var quiet = logger
        quiet.logLevel = .error
        return quiet
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return String(cString: strerror(error.errnoCode)).lowercased()
    }
}

/// Whether the server came up, and what stopped it then.
private final class Listening: Sendable {
    private struct State {
        var hasBegun = false
        var fault: (any Error)?
    }

    private let state = Mutex(State())

    var hasBegun: Bool { state.withLock { $0.hasBegun } }
    var fault: (any Error)? { state.withLock { $0.fault } }

    func announce(_ body: () throws -> Void) {
        state.withLock { state in
            state.hasBegun = true
            do { try body() } catch { state.fault = error }
        }
    }
}
