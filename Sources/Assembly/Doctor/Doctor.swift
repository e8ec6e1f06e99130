import BusinessCalendar
import CurlTransport
import Foundation
import Operations
import SQLiteEngine
import Settings

/// Looks whether this machine, configuration, store and partners are fit for service; changes
/// nothing.
package struct Doctor: Sendable {
    let launch: Launch
    let environment: [String: String]

    package init(_ launch: Launch) {
        self.launch = launch
        environment = launch.variables
    }

    /// `doctor [--offline]`: everything is looked at, whatever the first finding.
    package func examine(isOffline: Bool) async -> Answer {
        var checkups = [curl, sqlite, clock]
        do {
            let configuration = try Settings.load(
                directory: launch.configDirectory, environment: environment)
            checkups.append(configurationIsSound(configuration))
            checkups.append(zone(of: configuration.platform))
            checkups += await store(of: configuration)
            checkups += variables(read: configuration)
            checkups += keys(of: configuration) + lines(of: configuration)
            if !isOffline { checkups += await partners(of: configuration) }
        } catch {
            checkups += Checkup.failed("configuration", error)
        }
        return Checkup.answer(checkups)
    }

    private func configurationIsSound(_ configuration: Configuration) -> Checkup {
        .ok(
            "configuration",
            "\(launch.configDirectory): parties \(configuration.parties.count), "
                + "agreements \(configuration.agreements.count), "
                + "products \(configuration.products.count)")
    }
}

// MARK: - The machine

extension Doctor {
    private var curl: Checkup {
        guard let library = TransportLibrary() else {
            return .failed("libcurl", "it does not say its version", "install it anew", .failed)
        }
        let words =
            "\(library.version), TLS by \(library.tls.isEmpty ? "nothing" : library.tls), "
            + "HTTP/2 \(library.hasHTTP2 ? "yes" : "no"), "
            + "SFTP \(library.protocols.contains("sftp") ? "yes" : "no")"
        guard !library.tls.isEmpty, library.protocols.contains("https") else {
            return .failed(
                "libcurl", words, "partners need https: install a libcurl with TLS", .failed)
        }
        return .ok("libcurl", words)
    }

    private var sqlite: Checkup {
        let version = SQLiteEngine.libraryVersion
        let numbers = version.split(separator: ".").compactMap { Int($0) }
        return numbers.lexicographicallyPrecedes([3, 37])
            ? .failed("SQLite", version, "STRICT tables need 3.37 or later", .failed)
            : .ok("SQLite", version)
    }

    /// Signatures hold for 300 seconds of wall time.
    private var clock: Checkup {
        let date = Clock.today()
        let now = "\(date), UTC"
        guard date.components.year >= 2026 else {
            return .failed("clock", now, "set it: partners refuse signatures of the past", .failed)
        }
        return .ok("clock", now)
    }

    /// Nothing while every variable of this house is read. One that resembles none that is read may
    /// be left over; any other is probably mistyped.
    private func variables(read configuration: Configuration) -> [Checkup] {
        launch.unreadVariables(configuration).map {
            let name = "variable \($0.name)"
            return $0.nearest == nil
                ? .note(name, "nothing reads it", $0.advice)
                : .warning(name, "nothing reads it", $0.advice)
        }
    }

    private func zone(of platform: PlatformSettings) -> Checkup {
        let date = platform.businessDate(ofUnixSeconds: Clock.seconds())
        return .ok(
            "cut-off",
            "\(platform.cutOff.text) in \(platform.zone); what happens now belongs to \(date)")
    }
}

extension TimeOfDay {
    /// `23:00`.
    fileprivate var text: String {
        [hour, minute].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
