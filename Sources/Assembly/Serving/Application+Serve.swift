import Foundation
import HTTPAPI
import Logging
import Operations
import ServiceLifecycle
import Synchronization

extension Application {
    /// Opens configuration and store, serves until the process is told to stop, and closes the
    /// store again.
    ///
    /// - Throws: What ``open(_:for:)`` throws, or serving.
    package static func serve(_ launch: Launch, _ options: ServeOptions) async throws -> Served {
        let application = try await open(launch, for: .writing)
        defer {
            application.progress.finish()
            application.stores.close()
        }
        return try await application.serve(options)
    }

    /// Serves until the process is told to stop, then ends what is under way.
    ///
    /// A rehearsal looks whether it could: configuration, store and keys.
    ///
    /// - Throws: ``ServeFault`` SERVE-001, ``OutputFault`` IO-002, ``ConfigurationFault``, or what
    ///   the store throws.
    private func serve(_ options: ServeOptions) async throws -> Served {
        let parts = try parts(version: options.version)
        try await stores.service.check()
        if isDryRun {
            return .stopped(
                Answer(
                    .object(["banks": .count(parts.parties.count), "dryRun": .flag(true)]),
                    lines: ["the callbacks of \(parts.parties.count) banks can be taken"]))
        }
        let stop = StopRecord()
        let outlet = ServiceLog.outlet(options.log)
        let logger = ServiceLog.logger(options.log, to: outlet)
        var group = ServiceGroupConfiguration(
            services: services(parts, options, stop, logger), logger: Self.quiet(logger))
        group.maximumGracefulShutdownDuration = .seconds(options.drainSeconds + options.stopSeconds)
        do {
            try await ServiceGroup(configuration: group).run()
        } catch  where stop.signal != nil && stop.isOverdue(after: options) {
            // What was cut off ends with a fault, or in time to end without one.
        }
        let served = served(stop, options, logger)
        await outlet.drain(within: .seconds(1))
        return served
    }

    private func parts(version: String) throws -> APIParts {
        APIParts(
            callbacks: TakeCallback(store: stores.callbacks, surroundings: surroundings),
            verifier: try partners.callbacks(), contradictions: stores.callbacks,
            health: stores.service, figures: stores.service,
            parties: catalogue.partners.map(\.party), version: version,
            now: { Clock.seconds() })
    }

    /// They stop in reverse order: first the door is closed, then requests end, then the rest.
    private func services(
        _ parts: APIParts, _ options: ServeOptions, _ stop: StopRecord, _ logger: Logger
    ) -> [ServiceGroupConfiguration.ServiceConfiguration] {
        let door = ServiceDoor()
        let server = APIServer(
            parts, door: door, host: options.host, port: options.port, logger: logger
        ) { port in
            try options.announce(port)
            logger.notice(
                "listening", metadata: ["host": "\(options.host)", "port": "\(port)"])
        }
        var services: [any Service] = [
            NonceSweep(nonces: stores.nonces, logger: logger), server,
            SignalWatch(stop: stop, logger: logger),
        ]
        if options.stopsWithParent { services.append(ParentWatch(stop: stop, logger: logger)) }
        services.append(ClosingService(door, drain: .seconds(options.drainSeconds)))
        return services.map {
            .init(
                service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
                failureTerminationBehavior: .cancelGroup)
        }
    }

    private func served(_ stop: StopRecord, _ options: ServeOptions, _ logger: Logger) -> Served {
        let isOverdue = stop.signal != nil && stop.isOverdue(after: options)
        if isOverdue {
            logger.warning("cut off", metadata: ["after": "\(options.stopSeconds) s"])
        }
        logger.notice("stopped", metadata: ["by": "\(stop.cause)"])
        if let signal = stop.signal, isOverdue {
            return .cutOff(exitCode: 128 + signal)
        }
        return .stopped(
            Answer(.object(["stoppedBy": .text(stop.cause)]), lines: ["stopped by \(stop.cause)"]))
    }

    private static func quiet(_ logger: Logger) -> Logger {
        var quiet = logger
        quiet.logLevel = .critical
        return quiet
    }
}

extension ServeOptions {
    /// Tells the port; the file appears whole or not at all.
    ///
    /// - Throws: ``OutputFault`` IO-002.
    fileprivate func announce(_ port: Int) throws {
        guard let readyFile else { return }
        try OutputFile.write(Array("{\"port\":\(port)}\n".utf8), to: readyFile)
    }
}
