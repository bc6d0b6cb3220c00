#include "ledger/keys/timestamp.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

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
// A list of certificates that belong to somebody else.
struct ListFreed {
    void operator()(STACK_OF(X509) * held) const { sk_X509_free(held); }
};
using Signers = std::unique_ptr<STACK_OF(X509), ListFreed>;

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
    const Signers signers(PKCS7_get0_signers(token, nullptr, 0));
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

// An element of DER or BER.
struct Element {
    int tag = 0;
    int of = 0;  // its class
    bool is_constructed = false;
    bool has_length = true;
    ByteView content;
    ByteView rest;  // what follows it
};

std::optional<Element> element_at(ByteView bytes) {
    const auto* at = bytes.data();
    long size = 0;
    Element element;
    const auto told =
        ASN1_get_object(&at, &size, &element.tag, &element.of, static_cast<long>(bytes.size()));
    if ((told & 0x80) != 0) {
        ERR_clear_error();
        return std::nullopt;
    }
    element.is_constructed = (told & V_ASN1_CONSTRUCTED) != 0;
    element.has_length = (told & 1) == 0;
    const auto begin = static_cast<std::size_t>(at - bytes.data());
    element.content = bytes.subspan(begin, static_cast<std::size_t>(size));
    element.rest = bytes.subspan(begin + element.content.size());
    return element;
}

// Whether lists hold elements and plain values hold none, which OpenSSL does not ask everywhere.
// What says no length is left to it.
bool is_well_formed(ByteView bytes, int depth) {
    constexpr int depth_max = 24;
    while (!bytes.empty()) {
        const auto element = element_at(bytes);
        if (!element || depth > depth_max) {
            return false;
        }
        if (!element->has_length) {
            return true;
        }
        const bool is_list = element->tag == V_ASN1_SEQUENCE || element->tag == V_ASN1_SET;
        const bool is_fit = element->of != V_ASN1_UNIVERSAL || element->is_constructed == is_list;
        if (!is_fit || (element->is_constructed && !is_well_formed(element->content, depth + 1))) {
            return false;
        }
        bytes = element->rest;
    }
    return true;
}

// What is within the element that stands next, if it has that tag; it is taken from the rest.
std::optional<ByteView> take_within(ByteView& rest, int tag) {
    const auto element = element_at(rest);
    if (!element || !element->has_length || element->tag != tag ||
        element->of != V_ASN1_UNIVERSAL) {
        return std::nullopt;
    }
    rest = element->rest;
    return element->content;
}

Result<Reply> read_reply(ByteView bytes) {
    if (bytes.size() > timestamp_reply_bytes_max) {
        return Error{Fault::invalid, "no reply of a timestamp authority is that large"};
    }
    const auto* at = bytes.data();
    Reply reply(d2i_TS_RESP(nullptr, &at, static_cast<long>(bytes.size())));
    if (!reply || at != bytes.data() + bytes.size() || !is_well_formed(bytes, 1)) {
        ERR_clear_error();
        return Error{Fault::invalid, "it is no reply of a timestamp authority",
                     "give the file that the authority sent, as it came (RFC 3161)"};
    }
    return reply;
}

// What was stamped, with nothing behind it: OpenSSL passes over what an authority signed there.
Result<TS_TST_INFO*> granted_by(TS_RESP& reply) {
    auto* const info = TS_RESP_get_tst_info(&reply);
    if (info == nullptr) {
        return Error{Fault::distrusted, "the authority granted no timestamp",
                     "ask it again, or another one"};
    }
    const auto* const octets = PKCS7_get_octet_string(TS_RESP_get_token(&reply)->d.sign->contents);
    CHECK(octets != nullptr);
    ByteView rest(ASN1_STRING_get0_data(octets),
                  static_cast<std::size_t>(ASN1_STRING_length(octets)));
    if (!take_within(rest, V_ASN1_SEQUENCE) || !rest.empty()) {
        return Error{Fault::distrusted, "the authority signed more than a timestamp"};
    }
    return info;
}

// The digest that a certificate's name in a token is made by: SHA-1 where the form allows no other
// (RFC 2634), and else the one that it tells, or SHA-256 (RFC 5035). Null for one unknown here.
const EVP_MD* digest_named(ByteView& id, int attribute) {
    if (attribute == NID_id_smime_aa_signingCertificate) {
        return EVP_sha1();
    }
    const auto* at = id.data();
    const auto algorithm = take_within(id, V_ASN1_SEQUENCE);
    if (!algorithm) {
        return EVP_sha256();
    }
    const Algorithm read(d2i_X509_ALGOR(nullptr, &at, static_cast<long>(id.data() - at)));
    if (!read) {
        ERR_clear_error();
        return nullptr;
    }
    const ASN1_OBJECT* name = nullptr;
    X509_ALGOR_get0(&name, nullptr, nullptr, read.get());
    return EVP_get_digestbyobj(name);
}

// Whether an attribute of the signer names that certificate first; null where there is none.
std::optional<bool> is_named_in(PKCS7_SIGNER_INFO* signer, int attribute, X509* certificate) {
    const auto* const value = PKCS7_get_signed_attribute(signer, attribute);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->type != V_ASN1_SEQUENCE) {
        return false;
    }
    ByteView rest(value->value.sequence->data,
                  static_cast<std::size_t>(value->value.sequence->length));
    auto lists = take_within(rest, V_ASN1_SEQUENCE);
    auto ids = lists ? take_within(*lists, V_ASN1_SEQUENCE) : std::nullopt;
    auto id = ids ? take_within(*ids, V_ASN1_SEQUENCE) : std::nullopt;
    const auto* const digest = id ? digest_named(*id, attribute) : nullptr;
    const auto named = id ? take_within(*id, V_ASN1_OCTET_STRING) : std::nullopt;
    std::array<unsigned char, EVP_MAX_MD_SIZE> own{};
    unsigned int size = 0;
    return digest != nullptr && named && X509_digest(certificate, digest, own.data(), &size) == 1 &&
           std::ranges::equal(*named, ByteView(own.data(), size));
}

// That the one signer signed just this, by the key of a certificate within that it names.
Result<void> check_signer(PKCS7* token) {
    const auto* const infos = PKCS7_get_signer_info(token);
    if (infos == nullptr || sk_PKCS7_SIGNER_INFO_num(infos) != 1) {
        return Error{Fault::distrusted, "the timestamp has not one signer"};
    }
    auto* const info = sk_PKCS7_SIGNER_INFO_value(infos, 0);
    const auto* const type = PKCS7_get_signed_attribute(info, NID_pkcs9_contentType);
    if (type == nullptr || type->type != V_ASN1_OBJECT ||
        OBJ_obj2nid(type->value.object) != NID_id_smime_ct_TSTInfo) {
        return Error{Fault::distrusted, "the timestamp's signer signed something else"};
    }
    if (PKCS7_verify(token, nullptr, nullptr, nullptr, nullptr, PKCS7_NOVERIFY) != 1) {
        return error(Fault::distrusted, "the timestamp does not hold: {}", reason());
    }
    const Signers signers(PKCS7_get0_signers(token, nullptr, 0));
    auto* const certificate = sk_X509_value(signers.get(), 0);
    const auto first = is_named_in(info, NID_id_smime_aa_signingCertificate, certificate);
    const auto second = is_named_in(info, NID_id_smime_aa_signingCertificateV2, certificate);
    if (!first.value_or(true) || !second.value_or(true) || (!first && !second)) {
        return Error{Fault::distrusted,
                     "the timestamp was signed by another certificate than it names"};
    }
    return done();
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
    auto* const info = TRY(granted_by(*reply));
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

Result<void> check_timestamp_alone(ByteView reply_bytes, ByteView stamped) {
    const auto reply = TRY(read_reply(reply_bytes));
    TRY(seconds_of(TS_TST_INFO_get_time(TRY(granted_by(*reply)))));
    const Checks checks(TS_VERIFY_CTX_new());
    CHECK(checks != nullptr);
    TS_VERIFY_CTX_set_flags(checks.get(), TS_VFY_VERSION | TS_VFY_DATA);
    TS_VERIFY_CTX_set_data(checks.get(), stream_over(stamped).release());
    if (TS_RESP_verify_response(checks.get(), reply.get()) != 1) {
        return error(Fault::distrusted, "the timestamp does not hold: {}", reason());
    }
    return check_signer(TS_RESP_get_token(reply.get()));
}

}  // namespace wsoa
