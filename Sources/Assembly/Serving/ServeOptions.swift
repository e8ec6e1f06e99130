/// How `colend serve` is to run.
package struct ServeOptions: Sendable {
    package var host: String
    /// 0 lets the system choose.
    package var port: Int
    /// Gets `{"port":…}` once requests are answered.
    package var readyFile: String?
    /// Stops when the process that started it is gone.
    package var stopsWithParent = false
    /// For so long requests are still taken after `/readyz` says 503.
    package var drainSeconds: Int
    /// Requests under way get so long to end.
    package var stopSeconds: Int
    package var log: LogFormat
    /// What `/version` tells.
    package let version: String

    package init(
        host: String, port: Int, drainSeconds: Int, stopSeconds: Int, log: LogFormat,
        version: String
    ) {
        self.host = host
        self.port = port
        self.drainSeconds = drainSeconds
        self.stopSeconds = stopSeconds
        self.log = log
        self.version = version
    }
}

/// How the lines on standard error are written.
package enum LogFormat: String, Sendable, CaseIterable {
    case json, text
}

/// How serving ended.
package enum Served: Sendable {
    /// Everything under way was answered.
    case stopped(Answer)
    /// A signal's time was up before everything was; the exit code is 128 and the signal.
    case cutOff(exitCode: Int32)
}
