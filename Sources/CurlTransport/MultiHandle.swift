// The multi handle: many transfers on one thread.

internal import CCurl

/// A libcurl call that should not fail did; nothing further can be sent with the handle.
struct MultiFault: Error {
    let code: CURLMcode

    var message: String { String(cString: curl_multi_strerror(code)) }
}

/// Owns a `CURLM`, of which every call belongs to one thread, and the watch over its sockets.
struct MultiHandle: ~Copyable {
    private let raw: UnsafeMutableRawPointer
    /// Outlives the handle, which closes its connections through it.
    let watch: SocketWatch

    /// nil when libcurl cannot start or the system has no memory or descriptors to give.
    init?(_ bell: Bell) {
        guard libraryStatus == CURLE_OK, let watch = SocketWatch(bell),
            let raw = curl_multi_init()
        else { return nil }
        self.raw = raw
        self.watch = watch
    }

    deinit { curl_multi_cleanup(raw) }

    /// Connections are bounded, idle ones included; how many lead to one host is up to its lane.
    ///
    /// Only HTTP/2, where a pool asks for it, puts several exchanges on one connection.
    func configure(_ limits: ClientLimits) throws(MultiFault) {
        try set(CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        try set(CURLMOPT_MAXCONNECTS, limits.maximumInFlight)
        try set(CURLMOPT_MAX_TOTAL_CONNECTIONS, limits.maximumInFlight)
        let context = Unmanaged.passUnretained(watch).toOpaque()
        try check(colend_curl_multi_set_socket_callback(raw, watchSocket))
        try check(colend_curl_multi_set_pointer(raw, CURLMOPT_SOCKETDATA, context))
        try check(colend_curl_multi_set_timer_callback(raw, setTimer))
        try check(colend_curl_multi_set_pointer(raw, CURLMOPT_TIMERDATA, context))
    }

    func add(_ easy: borrowing EasyHandle) throws(MultiFault) {
        try check(curl_multi_add_handle(raw, easy.raw))
    }

    func remove(_ easy: borrowing EasyHandle) throws(MultiFault) {
        try check(curl_multi_remove_handle(raw, easy.raw))
    }

    /// Moves what libcurl's timer is due for, new transfers among them.
    func performDue() throws(MultiFault) {
        // Once: a timer set meanwhile has its turn after the sockets.
        if watch.timer != nil, watch.takeTimer(at: .now) { try act(on: CURL_SOCKET_BAD, 0) }
    }

    /// The next transfer that has ended. The result is copied: removing the handle frees it.
    func nextEnded() -> (transfer: Transfer, code: CURLcode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(raw, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let transfer = Transfer.of(easy)
            else { continue }
            return (transfer, message.pointee.data.result)
        }
        return nil
    }

    /// Sleeps until a socket, a timer of libcurl or the bell wants attention, and moves the
    /// transfers whose sockets do; how many.
    func performReady(milliseconds: Int) throws(MultiFault) -> Int {
        var patience = milliseconds
        if patience > 0, let timer = watch.timer {
            let rest = timer - .now
            // Rounded up: a timer called too early is not set again.
            patience = rest <= .zero ? 0 : min(patience, rest.milliseconds + 1)
        }
        let count = watch.wait(milliseconds: patience)
        for position in 0..<count {
            guard let (socket, bits) = watch.event(position) else { continue }
            try act(on: socket, bits)
        }
        return count
    }

    private func act(on socket: Int32, _ bits: Int32) throws(MultiFault) {
        var running: Int32 = 0
        try check(curl_multi_socket_action(raw, socket, bits, &running))
    }

    private func set(_ option: CURLMoption, _ value: Int) throws(MultiFault) {
        try check(colend_curl_multi_set_long(raw, option, value))
    }

    private func check(_ code: CURLMcode) throws(MultiFault) {
        if code != CURLM_OK { throw MultiFault(code: code) }
    }
}

/// libcurl's once-per-process start; its thread safety is that of a lazy global.
let libraryStatus: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

private func watchSocket(
    _: UnsafeMutableRawPointer?, _ socket: curl_socket_t, _ what: Int32,
    _ context: UnsafeMutableRawPointer?, _: UnsafeMutableRawPointer?
) -> Int32 {
    guard let context else { return -1 }
    let watch = Unmanaged<SocketWatch>.fromOpaque(context).takeUnretainedValue()
    return watch.want(socket, what) ? 0 : -1
}

/// Only records: libcurl must not be called from within.
private func setTimer(
    _: UnsafeMutableRawPointer?, _ milliseconds: Int, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let context else { return -1 }
    Unmanaged<SocketWatch>.fromOpaque(context).takeUnretainedValue()
        .setTimer(milliseconds: milliseconds)
    return 0
}
