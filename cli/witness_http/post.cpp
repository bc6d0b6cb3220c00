// The one home of libcurl.

#include "cli/witness_http/post.h"

#include "ledger/base/text.h"

#include <curl/curl.h>

#include <array>
#include <memory>

namespace wsoa {
namespace {

// The library, for as long as somebody uses it.
class Curl {
public:
    Curl() : is_there_(::curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK) {}
    ~Curl() {
        if (is_there_) {
            ::curl_global_cleanup();
        }
    }
    Curl(const Curl&) = delete;
    Curl& operator=(const Curl&) = delete;
    bool is_there() const { return is_there_; }

private:
    bool is_there_;
};

struct Freed {
    void operator()(CURL* handle) const { ::curl_easy_cleanup(handle); }
    void operator()(CURLU* url) const { ::curl_url_cleanup(url); }
    void operator()(curl_slist* list) const { ::curl_slist_free_all(list); }
};

// What has come so far, and how much may.
struct Incoming {
    std::string body;
    std::size_t bytes_max = 0;
    bool is_too_long = false;
};

std::size_t take(char* bytes, std::size_t, std::size_t count, void* into) noexcept {
    auto& incoming = *static_cast<Incoming*>(into);
    if (count > incoming.bytes_max - incoming.body.size()) {
        incoming.is_too_long = true;
        return 0;
    }
    incoming.body.append(bytes, count);
    return count;
}

// A part of an address; empty where it has none.
std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (::curl_url_get(url, part, &text, 0) != CURLUE_OK) {
        return {};
    }
    std::string out(text);
    ::curl_free(text);
    return out;
}

Error bad_url(const std::string& url) {
    return error(Fault::invalid, "{} is no witness's address", excerpt_of(url, 200))
        .advise("give it as https://HOST/PATH, without add-checkpoint");
}

void ask_for(CURL* handle, const std::string& url, std::string_view body,
             const PostLimits& limits) {
    ::curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    ::curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    ::curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    ::curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    ::curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS,
                       static_cast<long>(limits.connect_max.count()));
    ::curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.whole_max.count()));
    ::curl_easy_setopt(handle, CURLOPT_USERAGENT, "wsoa");
    ::curl_easy_setopt(handle, CURLOPT_POST, 1L);
    ::curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.data());
    ::curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
}

}  // namespace

Result<std::string> submission_url(const std::string& witness_url) {
    constexpr std::string_view submission = "/add-checkpoint";
    const Curl library;
    const std::unique_ptr<CURLU, Freed> url(::curl_url());
    if (url == nullptr || ::curl_url_set(url.get(), CURLUPART_URL, witness_url.c_str(), 0) != 0) {
        return bad_url(witness_url);
    }
    const auto scheme = part_of(url.get(), CURLUPART_SCHEME);
    if ((scheme != "http" && scheme != "https") || part_of(url.get(), CURLUPART_HOST).empty()) {
        return bad_url(witness_url);
    }
    for (const auto part :
         {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT}) {
        if (!part_of(url.get(), part).empty()) {
            return bad_url(witness_url);
        }
    }
    auto text = witness_url;
    while (text.ends_with('/')) {
        text.pop_back();
    }
    if (text.ends_with(submission) || text.find_first_of("?#") != std::string::npos) {
        return bad_url(witness_url);
    }
    return text + std::string(submission);
}

Result<HttpReply> post(const std::string& url, std::string_view body, const PostLimits& limits) {
    const Curl library;
    const std::unique_ptr<CURL, Freed> handle(library.is_there() ? ::curl_easy_init() : nullptr);
    // "Expect" would wait a second for a server that has nothing to say to it.
    auto* const first = ::curl_slist_append(nullptr, "Content-Type: text/plain; charset=utf-8");
    const std::unique_ptr<curl_slist, Freed> headers(::curl_slist_append(first, "Expect:"));
    if (handle == nullptr || headers == nullptr) {
        return error(Fault::unavailable, "libcurl did not start");
    }
    Incoming incoming{.body = {}, .bytes_max = limits.body_bytes_max};
    std::array<char, CURL_ERROR_SIZE> reason{};
    ask_for(handle.get(), url, body, limits);
    ::curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
    ::curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, take);
    ::curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &incoming);
    ::curl_easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, reason.data());
    const auto code = ::curl_easy_perform(handle.get());
    if (incoming.is_too_long) {
        return error(Fault::unavailable, "it answers more than {} bytes", limits.body_bytes_max);
    }
    if (code != CURLE_OK) {
        return error(Fault::unavailable, "it could not be asked: {}",
                     reason[0] == '\0' ? ::curl_easy_strerror(code) : reason.data());
    }
    HttpReply reply;
    long status = 0;
    const char* type = nullptr;
    ::curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    ::curl_easy_getinfo(handle.get(), CURLINFO_CONTENT_TYPE, &type);
    reply.status = static_cast<unsigned>(status);
    reply.content_type = type == nullptr ? "" : type;
    reply.body = std::move(incoming.body);
    return reply;
}

}  // namespace wsoa
