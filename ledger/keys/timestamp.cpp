#include "ledger/keys/timestamp.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>

#include <memory>

namespace wsoa {
namespace {

template <auto free_it>
struct FreedBy {
    template <typename T>
    void operator()(T* held) const {
        free_it(held);
    }
};
template <typename T, auto free_it>
using Held = std::unique_ptr<T, FreedBy<free_it>>;

using Request = Held<TS_REQ, TS_REQ_free>;
using Reply = Held<TS_RESP, TS_RESP_free>;
using Imprint = Held<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free>;
using Algorithm = Held<X509_ALGOR, X509_ALGOR_free>;
using Checks = Held<TS_VERIFY_CTX, TS_VERIFY_CTX_free>;
using Stream = Held<BIO, BIO_free_all>;
using Certificate = Held<X509, X509_free>;
using Store = Held<X509_STORE, X509_STORE_free>;

// What OpenSSL says of its last failure, which is then forgotten.
std::string reason() {
    std::string text = "it does not hold";
    while (const auto code = ERR_get_error()) {
        const auto* const said = ERR_reason_error_string(code);
        if (said != nullptr) {
            text = said;
        }
    }
    return text;
}

Stream stream_over(ByteView bytes) {
    Stream stream(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
    CHECK(stream != nullptr);
    return stream;
}

// The roots, judged as of a moment.
Result<Store> store_of(std::string_view pem, std::int64_t seconds) {
    Store store(X509_STORE_new());
    CHECK(store != nullptr);
    const auto stream = stream_over(bytes_of(pem));
    std::size_t count = 0;
    for (;; ++count) {
        const Certificate root(PEM_read_bio_X509(stream.get(), nullptr, nullptr, nullptr));
        if (!root) {
            break;
        }
        X509_STORE_add_cert(store.get(), root.get());
    }
    ERR_clear_error();
    if (count == 0) {
        return Error{Fault::invalid, "it holds no certificate",
                     "give the authority's root certificates as PEM"};
    }
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), seconds);
    return store;
}

Result<std::int64_t> seconds_of(const ASN1_GENERALIZEDTIME* time) {
    constexpr std::int64_t seconds_a_day = 86'400;
    const std::unique_ptr<ASN1_TIME, FreedBy<ASN1_TIME_free>> epoch(ASN1_TIME_set(nullptr, 0));
    CHECK(epoch != nullptr);
    int days = 0;
    int seconds = 0;
    if (time == nullptr || ASN1_TIME_diff(&days, &seconds, epoch.get(), time) != 1) {
        return Error{Fault::invalid, "the reply states no time"};
    }
    return days * seconds_a_day + seconds;
}

std::string serial_of(const TS_TST_INFO& info) {
    const std::unique_ptr<BIGNUM, FreedBy<BN_free>> number(
        ASN1_INTEGER_to_BN(TS_TST_INFO_get_serial(&info), nullptr));
    CHECK(number != nullptr);
    char* const hex = BN_bn2hex(number.get());
    CHECK(hex != nullptr);
    std::string text(hex);
    OPENSSL_free(hex);
    return text;
}

// The subject of the certificate that signed, once the signature was checked.
std::string authority_of(TS_RESP& reply) {
    auto* const token = TS_RESP_get_token(&reply);
    const std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> signers(
        PKCS7_get0_signers(token, nullptr, 0), [](STACK_OF(X509) * held) { sk_X509_free(held); });
    if (!signers || sk_X509_num(signers.get()) == 0) {
        return "an authority that does not name itself";
    }
    const Stream text(BIO_new(BIO_s_mem()));
    CHECK(text != nullptr);
    X509_NAME_print_ex(text.get(), X509_get_subject_name(sk_X509_value(signers.get(), 0)), 0,
                       XN_FLAG_RFC2253);
    char* data = nullptr;
    const auto size = BIO_get_mem_data(text.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

Result<Reply> read_reply(ByteView bytes) {
    if (bytes.size() > timestamp_reply_bytes_max) {
        return Error{Fault::invalid, "no reply of a timestamp authority is that large"};
    }
    const auto* at = bytes.data();
    Reply reply(d2i_TS_RESP(nullptr, &at, static_cast<long>(bytes.size())));
    if (!reply || at != bytes.data() + bytes.size()) {
        ERR_clear_error();
        return Error{Fault::invalid, "it is no reply of a timestamp authority",
                     "give the file that the authority sent, as it came (RFC 3161)"};
    }
    return reply;
}

}  // namespace

Bytes timestamp_request(const Hash& digest) {
    const Request request(TS_REQ_new());
    const Imprint imprint(TS_MSG_IMPRINT_new());
    const Algorithm algorithm(X509_ALGOR_new());
    CHECK(request && imprint && algorithm);
    CHECK(X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1);
    auto bytes = digest.bytes;
    CHECK(TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1);
    CHECK(TS_MSG_IMPRINT_set_msg(imprint.get(), bytes.data(), static_cast<int>(bytes.size())) == 1);
    CHECK(TS_REQ_set_version(request.get(), 1) == 1);
    CHECK(TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1);
    CHECK(TS_REQ_set_cert_req(request.get(), 1) == 1);
    const auto size = i2d_TS_REQ(request.get(), nullptr);
    CHECK(size > 0);
    Bytes der(static_cast<std::size_t>(size));
    auto* to = der.data();
    CHECK(i2d_TS_REQ(request.get(), &to) == size);
    return der;
}

Result<Timestamp> check_timestamp(ByteView reply_bytes, ByteView stamped,
                                  std::string_view roots_pem) {
    const auto reply = TRY(read_reply(reply_bytes));
    auto* const info = TS_RESP_get_tst_info(reply.get());
    if (info == nullptr) {
        return Error{Fault::distrusted, "the authority granted no timestamp",
                     "ask it again, or another one"};
    }
    Timestamp stamp;
    stamp.seconds = TRY(seconds_of(TS_TST_INFO_get_time(info)));
    auto store = TRY(store_of(roots_pem, stamp.seconds));
    const Checks checks(TS_VERIFY_CTX_new());
    CHECK(checks != nullptr);
    TS_VERIFY_CTX_set_flags(checks.get(), TS_VFY_SIGNATURE | TS_VFY_VERSION | TS_VFY_DATA);
    // Both are the checks' from here on.
    TS_VERIFY_CTX_set_data(checks.get(), stream_over(stamped).release());
    TS_VERIFY_CTX_set_store(checks.get(), store.release());
    if (TS_RESP_verify_response(checks.get(), reply.get()) != 1) {
        return error(Fault::distrusted, "the timestamp does not hold: {}", reason())
            .advise(
                "see that it is over this checkpoint, and that the certificates are those of "
                "the authority");
    }
    stamp.authority = authority_of(*reply);
    stamp.serial = serial_of(*info);
    return stamp;
}

}  // namespace wsoa
