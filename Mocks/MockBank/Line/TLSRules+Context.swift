// TLS for a house's line: a given certificate, or one that it makes and keeps beside its state.
import Foundation
import NIOSSL

extension TLSRules {
    /// The settings of NIOSSL; a self-made certificate is kept in `directory` and used again.
    func context(directory: String) throws(StateFault) -> NIOSSLContext {
        do {
            let (certificate, key) = try files(directory: directory)
            let chain = try NIOSSLCertificate.fromPEMFile(certificate)
                .map { NIOSSLCertificateSource.certificate($0) }
            var settings = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain,
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
            settings.minimumTLSVersion = .tlsv12
            if let clientCertificates {
                settings.trustRoots = .file(clientCertificates)
                settings.certificateVerification = .noHostnameVerification
            }
            return try NIOSSLContext(configuration: settings)
        } catch {
            throw StateFault(description: "the certificate cannot be used: \(error)")
        }
    }

    private func files(directory: String) throws -> (certificate: String, key: String) {
        if let certificate, let key { return (certificate, key) }
        let folder = directory + "/tls"
        let kind = selfMade ?? .valid
        let certificate = "\(folder)/\(kind.rawValue).pem"
        let key = "\(folder)/\(kind.rawValue).key"
        if FileManager.default.fileExists(atPath: certificate) { return (certificate, key) }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let today = Day(number: Int(Date().timeIntervalSince1970) / 86_400)
        let made = try SelfMadeCertificate(kind, today: today)
        // The key first: a certificate that is there has its key.
        guard
            FileManager.default.createFile(
                atPath: key, contents: Data(made.key.utf8),
                attributes: [.posixPermissions: 0o600])
        else { throw StateFault(description: "cannot write \(key)") }
        try Data(made.certificate.utf8).write(
            to: URL(fileURLWithPath: certificate), options: .atomic)
        return (certificate, key)
    }
}
