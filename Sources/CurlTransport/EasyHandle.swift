// One transfer's handle, with everything libcurl borrows while it lives.

internal import CCurl

/// libcurl would not take an option.
struct SetupFault: Error {
    let code: CURLcode
}

/// Owns a `CURL`, its header list, its error text and the recorder its callbacks write to.
struct EasyHandle: ~Copyable {
    /// Identity of the transfer in what the multi handle reports.
    let raw: UnsafeMutableRawPointer
    private var headers: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>
    private let recorder: TransferRecorder

    /// nil when libcurl has no memory.
    init?(recorder: TransferRecorder) {
        guard let raw = curl_easy_init() else { return nil }
        self.raw = raw
        self.recorder = recorder
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(raw)
        curl_slist_free_all(headers)
        errorText.deallocate()
    }

    /// Sets every option; on an error the handle must not be used.
    mutating func prepare(
        _ request: ExchangeRequest, _ rules: PoolRules, _ limits: ClientLimits
    ) throws(SetupFault) {
        try check(colend_curl_set_error_buffer(raw, errorText))
        try prepareCallbacks()
        try prepareRoute(rules, limits)
        try prepareProxy(rules.proxy)
        try prepareTrust(rules.trust)
        try set(CURLOPT_URL, request.url)
        try set(CURLOPT_CONNECTTIMEOUT_MS, request.connectMilliseconds)
        try set(CURLOPT_TIMEOUT_MS, request.totalMilliseconds)
        try prepareBody(request)
        try prepareHeaders(request)
    }

    /// The HTTP status of the last answer, nil before there was one.
    var status: Int? {
        var value = 0
        let code = colend_curl_get_long(raw, CURLINFO_RESPONSE_CODE, &value)
        return code == CURLE_OK && value > 0 ? value : nil
    }

    var requestBytes: Int {
        var value = 0
        return colend_curl_get_long(raw, CURLINFO_REQUEST_SIZE, &value) == CURLE_OK ? value : 0
    }

    var milliseconds: Int {
        var value: curl_off_t = 0
        let code = colend_curl_get_offset(raw, CURLINFO_TOTAL_TIME_T, &value)
        return code == CURLE_OK ? Int(value) / 1_000 : 0
    }

    /// libcurl's own words for a failure: the particular ones if it left any.
    func message(for code: CURLcode) -> String {
        errorText.pointee != 0
            ? String(cString: errorText) : String(cString: curl_easy_strerror(code))
    }

    private func prepareCallbacks() throws(SetupFault) {
        let context = Unmanaged.passUnretained(recorder).toOpaque()
        try check(colend_curl_set_bytes_callback(raw, CURLOPT_WRITEFUNCTION, receiveBody))
        try check(colend_curl_set_pointer(raw, CURLOPT_WRITEDATA, context))
        try check(colend_curl_set_bytes_callback(raw, CURLOPT_HEADERFUNCTION, receiveHeader))
        try check(colend_curl_set_pointer(raw, CURLOPT_HEADERDATA, context))
        try check(colend_curl_set_prereq_callback(raw, countSend))
        try check(colend_curl_set_pointer(raw, CURLOPT_PREREQDATA, context))
    }

    /// To the named host and nowhere else.
    private func prepareRoute(_ rules: PoolRules, _ limits: ClientLimits) throws(SetupFault) {
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
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try set(CURLOPT_MAXAGE_CONN, limits.connectionIdleSeconds)
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

    private func prepareBody(_ request: ExchangeRequest) throws(SetupFault) {
        guard request.method != .get else { return try set(CURLOPT_HTTPGET, 1) }
        try set(CURLOPT_POST, 1)
        try check(
            colend_curl_set_offset(
                raw, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count)))
        // The size must be set first: libcurl copies that many bytes here and now.
        try check(colend_curl_set_bytes(raw, CURLOPT_COPYPOSTFIELDS, request.body))
        if request.method != .post { try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
    }

    private mutating func prepareHeaders(_ request: ExchangeRequest) throws(SetupFault) {
        // No wait for "100 Continue"; no form content type of libcurl's own choice.
        try append("Expect:")
        if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            try append("Content-Type:")
        }
        for header in request.headers {
            // To libcurl a bare "Name:" means leave it out.
            try append(
                header.value.isEmpty ? header.name + ";" : header.name + ": " + header.value)
        }
        try check(colend_curl_set_headers(raw, headers))
    }

    private mutating func append(_ line: String) throws(SetupFault) {
        guard let longer = curl_slist_append(headers, line) else {
            throw SetupFault(code: CURLE_OUT_OF_MEMORY)
        }
        headers = longer
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
