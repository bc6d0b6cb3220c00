// The one home of libcurl.

#include "cli/witness_http/post.h"

#include "cli/witness_http/system_library.h"
#include "ledger/base/text.h"

#include <curl/curl.h>

#include <array>
#include <memory>

namespace wsoa {
namespace {

// What is used of the library.
struct Functions {
    decltype(&::curl_global_init) global_init = nullptr;
    decltype(&::curl_easy_init) easy_init = nullptr;
    decltype(&::curl_easy_setopt) easy_setopt = nullptr;
    decltype(&::curl_easy_perform) easy_perform = nullptr;
    decltype(&::curl_easy_getinfo) easy_getinfo = nullptr;
    decltype(&::curl_easy_strerror) easy_strerror = nullptr;
    decltype(&::curl_easy_cleanup) easy_cleanup = nullptr;
    decltype(&::curl_slist_append) slist_append = nullptr;
    decltype(&::curl_slist_free_all) slist_free_all = nullptr;
    decltype(&::curl_url) url = nullptr;
    decltype(&::curl_url_set) url_set = nullptr;
    decltype(&::curl_url_get) url_get = nullptr;
    decltype(&::curl_url_cleanup) url_cleanup = nullptr;
    decltype(&::curl_free) free = nullptr;
};

Result<Functions> load() {
    const auto library = TRY(SystemLibrary::load(WSOA_LIBCURL));
    Functions found;
    TRY(library.find(found.global_init, "curl_global_init"));
    TRY(library.find(found.easy_init, "curl_easy_init"));
    TRY(library.find(found.easy_setopt, "curl_easy_setopt"));
    TRY(library.find(found.easy_perform, "curl_easy_perform"));
    TRY(library.find(found.easy_getinfo, "curl_easy_getinfo"));
    TRY(library.find(found.easy_strerror, "curl_easy_strerror"));
    TRY(library.find(found.easy_cleanup, "curl_easy_cleanup"));
    TRY(library.find(found.slist_append, "curl_slist_append"));
    TRY(library.find(found.slist_free_all, "curl_slist_free_all"));
    TRY(library.find(found.url, "curl_url"));
    TRY(library.find(found.url_set, "curl_url_set"));
    TRY(library.find(found.url_get, "curl_url_get"));
    TRY(library.find(found.url_cleanup, "curl_url_cleanup"));
    TRY(library.find(found.free, "curl_free"));
    if (found.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return Error{Fault::unavailable, "libcurl did not start"};
    }
    return found;
}

// Loaded and started once, by whoever asks first.
const Result<Functions>& loaded() {
    static const auto functions = load();
    return functions;
}
// Once it is.
const Functions& curl() { return loaded().value(); }

struct Freed {
    void operator()(CURL* handle) const { curl().easy_cleanup(handle); }
    void operator()(CURLU* url) const { curl().url_cleanup(url); }
    void operator()(curl_slist* list) const { curl().slist_free_all(list); }
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
    if (curl().url_get(url, part, &text, 0) != CURLUE_OK) {
        return {};
    }
    std::string out(text);
    curl().free(text);
    return out;
}

Error bad_url(const std::string& url) {
    return error(Fault::invalid, "{} is no witness's address", excerpt_of(url, 200))
        .advise("give it as https://HOST/PATH, without add-checkpoint");
}

void ask_for(CURL* handle, const std::string& url, std::string_view body, const PostTerms& terms) {
    curl().easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl().easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl().easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl().easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl().easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS,
                       static_cast<long>(terms.connect_max.count()));
    curl().easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(terms.whole_max.count()));
    curl().easy_setopt(handle, CURLOPT_USERAGENT, "wsoa");
    curl().easy_setopt(handle, CURLOPT_POST, 1L);
    curl().easy_setopt(handle, CURLOPT_POSTFIELDS, body.data());
    curl().easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    if (!terms.roots.empty()) {
        // In place of the machine's authorities, which lie in a file and in a folder.
        curl_blob roots{.data = const_cast<char*>(terms.roots.data()),
                        .len = terms.roots.size(),
                        .flags = CURL_BLOB_COPY};
        curl().easy_setopt(handle, CURLOPT_CAPATH, nullptr);
        curl().easy_setopt(handle, CURLOPT_CAINFO_BLOB, &roots);
    }
}

}  // namespace

Result<std::string> submission_url(const std::string& witness_url) {
    constexpr std::string_view submission = "/add-checkpoint";
    if (!loaded().ok()) {
        return loaded().error();
    }
    const std::unique_ptr<CURLU, Freed> url(curl().url());
    if (url == nullptr || curl().url_set(url.get(), CURLUPART_URL, witness_url.c_str(), 0) != 0) {
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

Result<HttpReply> post(const std::string& url, std::string_view body, const PostTerms& terms) {
    if (!loaded().ok()) {
        return loaded().error();
    }
    const std::unique_ptr<CURL, Freed> handle(curl().easy_init());
    // "Expect" would wait a second for a server that has nothing to say to it.
    auto* const first = curl().slist_append(nullptr, "Content-Type: text/plain; charset=utf-8");
    const std::unique_ptr<curl_slist, Freed> headers(curl().slist_append(first, "Expect:"));
    if (handle == nullptr || headers == nullptr) {
        return error(Fault::unavailable, "libcurl did not start");
    }
    Incoming incoming{.body = {}, .bytes_max = terms.body_bytes_max};
    std::array<char, CURL_ERROR_SIZE> reason{};
    ask_for(handle.get(), url, body, terms);
    curl().easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
    curl().easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, take);
    curl().easy_setopt(handle.get(), CURLOPT_WRITEDATA, &incoming);
    curl().easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, reason.data());
    const auto code = curl().easy_perform(handle.get());
    if (incoming.is_too_long) {
        return error(Fault::unavailable, "it answers more than {} bytes", terms.body_bytes_max);
    }
    if (code != CURLE_OK) {
        return error(Fault::unavailable, "it could not be asked: {}",
                     reason[0] == '\0' ? curl().easy_strerror(code) : reason.data());
    }
    HttpReply reply;
    long status = 0;
    const char* type = nullptr;
    curl().easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    curl().easy_getinfo(handle.get(), CURLINFO_CONTENT_TYPE, &type);
    reply.status = static_cast<unsigned>(status);
    reply.content_type = type == nullptr ? "" : type;
    reply.body = std::move(incoming.body);
    return reply;
}

}  // namespace wsoa
