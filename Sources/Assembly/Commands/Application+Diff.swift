import Foundation
import Operations
import Settings

extension Application {
    /// `config diff OLD NEW`: what another configuration changes, from when and for whom.
    ///
    /// - Throws: ``ConfigurationFaults`` with all faults of both directories.
    package static func compareConfigurations(_ old: String, _ new: String) throws -> Answer {
        let environment = ProcessInfo.processInfo.environment
        var (loaded, faults): ([Configuration], [ConfigurationFault]) = ([], [])
        for directory in [old, new] {
            do throws(ConfigurationFaults) {
                loaded.append(try Settings.load(directory: directory, environment: environment))
            } catch {
                faults += error.faults
            }
        }
        if !faults.isEmpty { throw ConfigurationFaults(faults) }
        let rows = ConfigurationDifference(from: loaded[0], to: loaded[1]).rows
            .map(ChangedSetting.init)
        return Answer(
            .array(rows.map(\.node)), grids: rows.isEmpty ? [] : [ChangedSetting.grid(of: rows)],
            lines: [sentence(rows)], records: rows.map(\.record),
            columns: ChangedSetting.columns)
    }

    private static func sentence(_ rows: [ChangedSetting]) -> String {
        rows.isEmpty
            ? "nothing changes"
            : "loans that are booked keep the terms that they were booked under; limits hold for "
                + "all that comes"
    }
}
