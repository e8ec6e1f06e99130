// A proxy for tests: CONNECT or SOCKS 5 on one port, and every tunnel leads to one server.

import Foundation
import Synchronization

/// Tells the two kinds apart by their first byte and remembers where they were asked to lead.
final class TunnelServer: Sendable {
    private let asked = Mutex<[String]>([])
    private let destination: UInt16
    private let user: String
    private let password: String
    private let listener: Listener

    var port: UInt16 { listener.port }
    /// Host and port of every tunnel that was let through.
    var targets: [String] { asked.withLock(\.self) }

    /// Asks for user and password when they are given.
    init(to destination: UInt16, user: String = "", password: String = "") {
        self.destination = destination
        self.user = user
        self.password = password
        listener = Listener()
        listener.serve { [weak self] socket in self?.serve(socket) }
    }

    private func serve(_ socket: Int32) {
        let first = Wire.read(socket, 1)
        if first == [5] { socks(socket) } else if !first.isEmpty { http(socket, first) }
    }

    private func http(_ socket: Int32, _ first: [UInt8]) {
        var head = first
        while !head.suffix(4).elementsEqual([13, 10, 13, 10]) {
            let byte = Wire.read(socket, 1)
            if byte.isEmpty { return }
            head += byte
        }
        let text = String(decoding: head, as: UTF8.self)
        let credentials = Data("\(user):\(password)".utf8).base64EncodedString()
        let words = text.split(separator: " ")
        guard words.first == "CONNECT", words.count > 1,
            user.isEmpty || text.contains("Proxy-Authorization: Basic \(credentials)\r\n")
        else {
            return Wire.write(socket, Array("HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n".utf8))
        }
        asked.withLock { $0.append(String(words[1])) }
        Wire.write(socket, Array("HTTP/1.1 200 Open\r\nX-Proxy: yes\r\n\r\n".utf8))
        Wire.pump(socket, to: destination)
    }

    private func socks(_ socket: Int32) {
        let methods = Wire.read(socket, Int(Wire.read(socket, 1).first ?? 0))
        if user.isEmpty {
            Wire.write(socket, [5, 0])
        } else {
            guard methods.contains(2) else { return Wire.write(socket, [5, 0xFF]) }
            Wire.write(socket, [5, 2])
            _ = Wire.read(socket, 1)
            let given = (Wire.text(socket), Wire.text(socket))
            let isRight = given == (user, password)
            Wire.write(socket, [1, isRight ? 0 : 1])
            if !isRight { return }
        }
        // Version, command, reserved, kind of address: 3 is a name.
        let request = Wire.read(socket, 4)
        let host = request.last == 3 ? Wire.text(socket) : Self.address(Wire.read(socket, 4))
        let port = Wire.read(socket, 2).reduce(0) { $0 << 8 | Int($1) }
        asked.withLock { $0.append("\(host):\(port)") }
        Wire.write(socket, [5, 0, 0, 1, 127, 0, 0, 1, 0, 0])
        Wire.pump(socket, to: destination)
    }

    private static func address(_ bytes: [UInt8]) -> String {
        bytes.map(String.init).joined(separator: ".")
    }
}

/// Blocking reads and writes of whole pieces.
private enum Wire {
    /// Fewer bytes, or none, at the end of the connection.
    static func read(_ socket: Int32, _ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var rest = [UInt8](repeating: 0, count: count - bytes.count)
            let got = recv(socket, &rest, rest.count, 0)
            guard got > 0 else { break }
            bytes += rest[..<got]
        }
        return bytes
    }

    /// A text behind its length in one byte.
    static func text(_ socket: Int32) -> String {
        String(decoding: read(socket, Int(read(socket, 1).first ?? 0)), as: UTF8.self)
    }

    static func write(_ socket: Int32, _ bytes: [UInt8]) {
        _ = send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Carries bytes both ways until one side ends. Both directions have ended then: a socket's
    /// number may be somebody else's once it is closed.
    static func pump(_ socket: Int32, to port: UInt16) {
        guard let other = connected(to: port) else { return }
        let hasReturned = DispatchSemaphore(value: 0)
        runThread {
            carry(from: other, to: socket)
            shutdown(socket, Int32(SHUT_RDWR))
            hasReturned.signal()
        }
        carry(from: socket, to: other)
        shutdown(other, Int32(SHUT_RDWR))
        hasReturned.wait()
        close(other)
    }

    private static func carry(from source: Int32, to target: Int32) {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        while case let count = recv(source, &bytes, bytes.count, 0), count > 0 {
            guard send(target, bytes, count, Int32(MSG_NOSIGNAL)) == count else { return }
        }
    }
}
