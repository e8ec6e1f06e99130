// The multi handle: many transfers on one thread.

internal import CCurl

/// A libcurl call that should not fail did; nothing further can be sent with the handle.
struct MultiFault: Error {
    let code: CURLMcode

    var message: String { String(cString: curl_multi_strerror(code)) }
}

/// Owns a `CURLM`. Every call but the wake-up belongs to one thread.
struct MultiHandle: ~Copyable {
    private let raw: UnsafeMutableRawPointer

    /// nil when libcurl cannot start or has no memory.
    init?() {
        guard libraryStatus == CURLE_OK, let raw = curl_multi_init() else { return nil }
        self.raw = raw
    }

    deinit { curl_multi_cleanup(raw) }

    /// For `curl_multi_wakeup` alone, the one call other threads may make while the handle lives.
    var wakeable: UnsafeMutableRawPointer { raw }

    /// Connections are bounded, idle ones included; how many lead to one host is up to its lane.
    ///
    /// Only HTTP/2, where a pool asks for it, puts several exchanges on one connection.
    func configure(_ limits: ClientLimits) throws(MultiFault) {
        try set(CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        try set(CURLMOPT_MAXCONNECTS, limits.maximumInFlight)
        try set(CURLMOPT_MAX_TOTAL_CONNECTIONS, limits.maximumInFlight)
    }

    func add(_ easy: borrowing EasyHandle) throws(MultiFault) {
        try check(curl_multi_add_handle(raw, easy.raw))
    }

    func remove(_ easy: borrowing EasyHandle) throws(MultiFault) {
        try check(curl_multi_remove_handle(raw, easy.raw))
    }

    /// Moves every transfer as far as it goes without waiting.
    func perform() throws(MultiFault) {
        var running: Int32 = 0
        try check(curl_multi_perform(raw, &running))
    }

    /// The next transfer that has ended. The result is copied: removing the handle frees it.
    func nextEnded() -> (easy: UnsafeMutableRawPointer, code: CURLcode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(raw, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle
            else { continue }
            return (easy, message.pointee.data.result)
        }
        return nil
    }

    /// Sleeps until a socket, a timer of libcurl or a wake-up wants attention.
    func sleep(milliseconds: Int) throws(MultiFault) {
        try check(curl_multi_poll(raw, nil, 0, Int32(clamping: milliseconds), nil))
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
