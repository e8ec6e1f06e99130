// Typed doors to libcurl's variadic calls: Swift cannot call those. No logic lives here.
#ifndef COLEND_CCURL_SHIM_H
#define COLEND_CCURL_SHIM_H

#include <curl/curl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

typedef size_t (*colend_curl_bytes_callback)(char *, size_t, size_t, void *);
typedef int (*colend_curl_prereq_callback)(void *, char *, char *, int, int);
typedef int (*colend_curl_close_callback)(void *, curl_socket_t);
typedef int (*colend_curl_open_callback)(void *, curl_socket_t, curlsocktype);
typedef int (*colend_curl_socket_callback)(CURL *, curl_socket_t, int, void *, void *);
typedef int (*colend_curl_timer_callback)(CURLM *, long, void *);

static inline CURLcode colend_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode colend_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode colend_curl_set_string(
    CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode colend_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode colend_curl_set_open_callback(
    CURL *handle, colend_curl_open_callback callback) {
    return curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, callback);
}

static inline CURLcode colend_curl_set_close_callback(
    CURL *handle, colend_curl_close_callback callback) {
    return curl_easy_setopt(handle, CURLOPT_CLOSESOCKETFUNCTION, callback);
}

static inline CURLcode colend_curl_set_error_buffer(CURL *handle, char *buffer) {
    return curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, buffer);
}

static inline CURLcode colend_curl_set_headers(CURL *handle, struct curl_slist *headers) {
    return curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
}

static inline CURLcode colend_curl_set_bytes_callback(
    CURL *handle, CURLoption option, colend_curl_bytes_callback callback) {
    return curl_easy_setopt(handle, option, callback);
}

static inline CURLcode colend_curl_set_prereq_callback(
    CURL *handle, colend_curl_prereq_callback callback) {
    return curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, callback);
}

// libcurl before 7.85 (Ubuntu 22.04) knows only the bit mask.
static inline CURLcode colend_curl_allow_http_only(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075500
    return curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    return curl_easy_setopt(handle, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

// libcurl before 7.87 has neither option: it waits for its resolver, and reads the authorities anew
// for every connection.
static inline CURLcode colend_curl_leave_resolver(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075700
    return curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
#else
    return CURLE_OK;
#endif
}

static inline CURLcode colend_curl_keep_authorities(CURL *handle, long seconds) {
#if LIBCURL_VERSION_NUM >= 0x075700
    return curl_easy_setopt(handle, CURLOPT_CA_CACHE_TIMEOUT, seconds);
#else
    return CURLE_OK;
#endif
}

static inline CURLcode colend_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline void *colend_curl_get_private(CURL *handle) {
    char *value = NULL;
    return curl_easy_getinfo(handle, CURLINFO_PRIVATE, &value) == CURLE_OK ? value : NULL;
}

static inline const curl_version_info_data *colend_curl_version_info(void) {
    return curl_version_info(CURLVERSION_NOW);
}

static inline CURLMcode colend_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLMcode colend_curl_multi_set_pointer(
    CURLM *multi, CURLMoption option, void *value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLMcode colend_curl_multi_set_socket_callback(
    CURLM *multi, colend_curl_socket_callback callback) {
    return curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, callback);
}

static inline CURLMcode colend_curl_multi_set_timer_callback(
    CURLM *multi, colend_curl_timer_callback callback) {
    return curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, callback);
}

#endif
