// What Swift sees of libcrypto. All of it is functions from OpenSSL 3 on; before that the settings
// of a signature were macros, and SM2 keys were elliptic-curve keys to be renamed by hand.
#ifndef COLEND_CCRYPTO_SHIM_H
#define COLEND_CCRYPTO_SHIM_H

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#if OPENSSL_VERSION_NUMBER < 0x30000000L
#error "colend needs the headers of OpenSSL 3.0 or later"
#endif

// Called for the pass phrase of a key: there is none. Without it OpenSSL asks on the terminal.
static inline int colend_crypto_no_phrase(char *buffer, int size, int is_writing, void *context) {
    (void)buffer, (void)size, (void)is_writing, (void)context;
    return -1;
}

static inline EVP_PKEY *colend_crypto_read_private(BIO *bio) {
    return PEM_read_bio_PrivateKey(bio, NULL, colend_crypto_no_phrase, NULL);
}

static inline EVP_PKEY *colend_crypto_read_public(BIO *bio) {
    return PEM_read_bio_PUBKEY(bio, NULL, colend_crypto_no_phrase, NULL);
}

#endif
