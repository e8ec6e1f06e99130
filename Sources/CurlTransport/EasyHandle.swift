// One transfer's handle, with everything libcurl borrows while it lives.

internal import CCurl

/// libcurl would not take an option.
struct SetupFault: Error {
    let code: CURLcode
}

/// Owns a `CURL` with everything libcurl borrows of it: header lines, body and error text. It is
/// made for one lane and carries one exchange after the other.
struct EasyHandle: ~Copyable {
    /// Identity of the transfer in what the multi handle reports.
    let raw: UnsafeMutableRawPointer
    private var headers = HeaderLines()
    private var body = ByteRoom()
    private let errorText: UnsafeMutablePointer<CChar>
    private var url: String?
    private var method: ExchangeMethod?
    /// How long a file of authorities is believed without another look at it.
    private static let authoritySeconds = 300

    /// nil when libcurl has no memory.
    init?() {
        guard let raw = curl_easy_init() else { return nil }
        self.raw = raw
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(raw)
        errorText.deallocate()
    }

    /// Sets what all exchanges of a lane have in common; on an error the handle must not be used.
    func prepare(
        for transfer: Transfer, _ recorder: TransferRecorder, _ watch: SocketWatch,
        _ rules: PoolRules, _ limits: ClientLimits
    ) throws(SetupFault) {
        try check(colend_curl_set_error_buffer(raw, errorText))
        try check(
            colend_curl_set_pointer(
                raw, CURLOPT_PRIVATE, Unmanaged.passUnretained(transfer).toOpaque()))
        try prepareCallbacks(recorder)
        try prepareSockets(watch, limits)
        try prepareRoute(rules)
        try prepareProxy(rules.proxy)
        try prepareTrust(rules.trust)
    }

    /// Sets what one exchange asks for; on an error the handle must not be used.
    mutating func prepare(_ request: ExchangeRequest) throws(SetupFault) {
        errorText.pointee = 0
        if url != request.url {
            try set(CURLOPT_URL, request.url)
            url = request.url
        }
        try set(CURLOPT_CONNECTTIMEOUT_MS, request.connectMilliseconds)
        try set(CURLOPT_TIMEOUT_MS, request.totalMilliseconds)
        try prepareMethod(request.method)
        if request.method != .get { try prepareBody(request.body) }
        try check(colend_curl_set_headers(raw, headers.write(request)))
    }

    /// Whether it holds no more memory than is worth keeping.
    var isLean: Bool { body.capacity <= 1 << 16 }

    var requestBytes: Int {
        var value = 0
        return colend_curl_get_long(raw, CURLINFO_REQUEST_SIZE, &value) == CURLE_OK ? value : 0
    }

    /// libcurl's own words for a failure: the particular ones if it left any.
    func message(for code: CURLcode) -> String {
        errorText.pointee != 0
            ? String(cString: errorText) : String(cString: curl_easy_strerror(code))
    }

    private func prepareCallbacks(_ recorder: TransferRecorder) throws(SetupFault) {
        let context = Unmanaged.passUnretained(recorder).toOpaque()
        try check(colend_curl_set_bytes_callback(raw, CURLOPT_WRITEFUNCTION, receiveBody))
        try check(colend_curl_set_pointer(raw, CURLOPT_WRITEDATA, context))
        try check(colend_curl_set_bytes_callback(raw, CURLOPT_HEADERFUNCTION, receiveHeader))
        try check(colend_curl_set_pointer(raw, CURLOPT_HEADERDATA, context))
        try check(colend_curl_set_prereq_callback(raw, countSend))
        try check(colend_curl_set_pointer(raw, CURLOPT_PREREQDATA, context))
    }

    private func prepareSockets(
        _ watch: SocketWatch, _ limits: ClientLimits
    ) throws(SetupFault) {
        let context = Unmanaged.passUnretained(watch).toOpaque()
        try check(colend_curl_set_open_callback(raw, noteOpened))
        try check(colend_curl_set_pointer(raw, CURLOPT_SOCKOPTDATA, context))
        try check(colend_curl_set_close_callback(raw, closeSocket))
        try check(colend_curl_set_pointer(raw, CURLOPT_CLOSESOCKETDATA, context))
        try set(CURLOPT_NOSIGNAL, 1)
        // A name server that does not answer would hold this thread, and with it every far side,
        // beyond the time-out.
        try check(colend_curl_leave_resolver(raw))
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try set(CURLOPT_MAXAGE_CONN, limits.connectionIdleSeconds)
    }

    /// To the named host and nowhere else.
    private func prepareRoute(_ rules: PoolRules) throws(SetupFault) {
        try check(colend_curl_allow_http_only(raw))
        try set(
            CURLOPT_HTTP_VERSION,
            rules.speaksHTTP2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1)
        // Rather wait for a connection's word whether it takes more than open one for each.
        try set(CURLOPT_PIPEWAIT, rules.speaksHTTP2 ? 1 : 0)
        try set(CURLOPT_HTTP09_ALLOWED, 0)
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        try set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        // What was signed is what must arrive.
        try set(CURLOPT_PATH_AS_IS, 1)
    }

    /// What the environment says of proxies never counts: an empty text is not an unset one.
    private func prepareProxy(_ proxy: Proxy?) throws(SetupFault) {
        try set(CURLOPT_PROXY, proxy?.url ?? "")
        try set(CURLOPT_NOPROXY, "")
        guard let proxy else { return }
        try set(CURLOPT_HTTPPROXYTUNNEL, 1)
        // The proxy's own answer is not the host's.
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        if let user = proxy.user { try set(CURLOPT_PROXYUSERNAME, user) }
        if let password = proxy.password { try set(CURLOPT_PROXYPASSWORD, password.text) }
        guard proxy.url.hasPrefix("https://") else { return }
        try set(CURLOPT_PROXY_SSL_VERIFYPEER, 1)
        try set(CURLOPT_PROXY_SSL_VERIFYHOST, 2)
        try set(CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let file = proxy.authorityFile {
            try set(CURLOPT_PROXY_CAINFO, file)
            try check(colend_curl_set_string(raw, CURLOPT_PROXY_CAPATH, nil))
        }
    }

    private func prepareTrust(_ trust: Trust) throws(SetupFault) {
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        // A resumed session would not show the certificate again.
        try set(CURLOPT_SSL_SESSIONID_CACHE, 0)
        // What is no longer trusted must not stay so for as long as the process lives.
        try check(colend_curl_keep_authorities(raw, EasyHandle.authoritySeconds))
        if let file = trust.authorityFile {
            try set(CURLOPT_CAINFO, file)
            // The system's directory would still be believed besides.
            try check(colend_curl_set_string(raw, CURLOPT_CAPATH, nil))
        }
        if let file = trust.certificateFile { try set(CURLOPT_SSLCERT, file) }
        if let file = trust.keyFile { try set(CURLOPT_SSLKEY, file) }
        if let password = trust.keyPassword { try set(CURLOPT_KEYPASSWD, password.text) }
        if let pins = trust.pinnedPublicKeys { try set(CURLOPT_PINNEDPUBLICKEY, pins) }
    }

    private mutating func prepareMethod(_ method: ExchangeMethod) throws(SetupFault) {
        guard self.method != method else { return }
        try set(method == .get ? CURLOPT_HTTPGET : CURLOPT_POST, 1)
        try check(
            colend_curl_set_string(
                raw, CURLOPT_CUSTOMREQUEST, method == .put ? method.rawValue : nil))
        self.method = method
    }

    private mutating func prepareBody(_ bytes: [UInt8]) throws(SetupFault) {
        body.write(bytes)
        try check(
            colend_curl_set_offset(raw, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count)))
        // Not copied once more: the bytes stay where they are until the next exchange.
        try check(colend_curl_set_pointer(raw, CURLOPT_POSTFIELDS, body.start))
    }

    private func set(_ option: CURLoption, _ value: Int) throws(SetupFault) {
        try check(colend_curl_set_long(raw, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(SetupFault) {
        try check(colend_curl_set_string(raw, option, value))
    }

    private func check(_ code: CURLcode) throws(SetupFault) {
        if code != CURLE_OK { throw SetupFault(code: code) }
    }
}

private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    let recorder = Unmanaged<TransferRecorder>.fromOpaque(context).takeUnretainedValue()
    return recorder.appendBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
        ? size * count : 0
}

private func receiveHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    let recorder = Unmanaged<TransferRecorder>.fromOpaque(context).takeUnretainedValue()
    return recorder.appendHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
        ? size * count : 0
}

private func countSend(
    _ context: UnsafeMutableRawPointer?, _: UnsafeMutablePointer<CChar>?,
    _: UnsafeMutablePointer<CChar>?, _: Int32, _: Int32
) -> Int32 {
    guard let context else { return Int32(CURL_PREREQFUNC_ABORT) }
    let recorder = Unmanaged<TransferRecorder>.fromOpaque(context).takeUnretainedValue()
    return Int32(recorder.allowSend() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT)
}

private func noteOpened(
    _ context: UnsafeMutableRawPointer?, _ socket: curl_socket_t, _: curlsocktype
) -> Int32 {
    guard let context else { return Int32(CURL_SOCKOPT_ERROR) }
    Unmanaged<SocketWatch>.fromOpaque(context).takeUnretainedValue().open(socket)
    return Int32(CURL_SOCKOPT_OK)
}

private func closeSocket(_ context: UnsafeMutableRawPointer?, _ socket: curl_socket_t) -> Int32 {
    guard let context else { return 1 }
    return Unmanaged<SocketWatch>.fromOpaque(context).takeUnretainedValue().close(socket)
}
