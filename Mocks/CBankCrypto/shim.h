// The bank's own door to libcrypto: RSA and SM2, which swift-crypto does not offer it.
#ifndef COLEND_CBANKCRYPTO_SHIM_H
#define COLEND_CBANKCRYPTO_SHIM_H

#include <openssl/core_names.h>
#include <openssl/decoder.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rsa.h>

// Macros that Swift cannot read.
static const int colend_bank_private_half = EVP_PKEY_KEYPAIR;
static const int colend_bank_public_half = EVP_PKEY_PUBLIC_KEY;

static inline void colend_bank_free(unsigned char *bytes) { OPENSSL_free(bytes); }

#endif
