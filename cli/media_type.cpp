#include "cli/media_type.h"

#include "ledger/base/text.h"

#include <magic.h>

#include <algorithm>
#include <array>
#include <memory>
#include <span>

namespace wsoa {
namespace {

struct Close {
    void operator()(magic_t table) const { magic_close(table); }
};
using Table = std::unique_ptr<magic_set, Close>;

// An ending of names, what it stands for, and with what the bytes of such files are said to begin:
// beside the type itself, since the system's table knows some only by their container.
struct Ending {
    std::string_view letters;
    std::string_view type;
    std::array<std::string_view, 3> also = {};
};

constexpr std::string_view zip = "application/zip";
constexpr std::string_view any_bytes = "application/octet-stream";
constexpr std::string_view old_office = "application/cdfv2";
constexpr std::string_view ole = "application/x-ole-storage";
constexpr std::string_view any_text = "text/";

constexpr std::array endings{
    Ending{"pdf", "application/pdf"},
    Ending{"docx",
           "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
           {zip, any_bytes}},
    Ending{"xlsx",
           "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
           {zip, any_bytes}},
    Ending{"pptx",
           "application/vnd.openxmlformats-officedocument.presentationml.presentation",
           {zip, any_bytes}},
    Ending{"odt", "application/vnd.oasis.opendocument.text", {zip}},
    Ending{"ods", "application/vnd.oasis.opendocument.spreadsheet", {zip}},
    Ending{"odp", "application/vnd.oasis.opendocument.presentation", {zip}},
    Ending{"doc", "application/msword", {old_office, ole}},
    Ending{"xls", "application/vnd.ms-excel", {old_office, ole}},
    Ending{"ppt", "application/vnd.ms-powerpoint", {old_office, ole}},
    Ending{"msg", "application/vnd.ms-outlook", {old_office, ole}},
    Ending{"rtf", "text/rtf"},
    Ending{"txt", "text/plain", {any_text}},
    Ending{"csv", "text/csv", {any_text}},
    Ending{"md", "text/markdown", {any_text}},
    Ending{"eml", "message/rfc822", {any_text}},
    Ending{"html", "text/html", {"text/xml"}},
    Ending{"htm", "text/html", {"text/xml"}},
    Ending{"json", "application/json", {"text/plain"}},
    Ending{"xml", "text/xml", {"application/xml", "text/plain"}},
    Ending{"png", "image/png"},
    Ending{"jpg", "image/jpeg"},
    Ending{"jpeg", "image/jpeg"},
    Ending{"gif", "image/gif"},
    Ending{"tif", "image/tiff"},
    Ending{"tiff", "image/tiff"},
    Ending{"webp", "image/webp"},
    Ending{"zip", zip},
    Ending{"mp3", "audio/mpeg"},
    Ending{"mp4", "video/mp4"},
};

std::string in_small_letters(std::string_view typed) {
    std::string small(typed);
    std::ranges::transform(small, small.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return small;
}

Result<std::string> type_of_bytes(ByteView head) {
    const auto cannot = [](std::string_view why) {
        return error(Fault::unavailable, "this machine cannot tell what sort of file it is: {}",
                     why)
            .advise("say so with --media-type, such as application/pdf");
    };
    const Table table(magic_open(MAGIC_MIME_TYPE));
    if (table == nullptr || magic_load(table.get(), nullptr) != 0) {
        return cannot("its table of file types (libmagic-mgc) cannot be read");
    }
    const char* const found = magic_buffer(table.get(), head.data(), head.size());
    if (found == nullptr) {
        return cannot(magic_error(table.get()));
    }
    return in_small_letters(found);
}

// Null for a name without an ending, and for one that is not in the list.
const Ending* ending_of(std::string_view file_name) {
    const auto dot = file_name.rfind('.');
    if (dot == std::string_view::npos) {
        return nullptr;
    }
    const auto letters = in_small_letters(file_name.substr(dot + 1));
    const auto* const found = std::ranges::find(endings, letters, &Ending::letters);
    return found == endings.end() ? nullptr : found;
}

bool may_be(const Ending& ending, std::string_view type) {
    return type == ending.type || std::ranges::any_of(ending.also, [&](std::string_view begins) {
               return !begins.empty() && type.starts_with(begins);
           });
}

}  // namespace

Result<std::string> media_type_of(std::string_view file_name, ByteView head) {
    auto type = TRY(type_of_bytes(head));
    const auto* const ending = ending_of(file_name);
    if (ending == nullptr) {
        return type;
    }
    if (!may_be(*ending, type)) {
        return error(Fault::invalid, "{} is called a .{} file, but looks like {}",
                     excerpt_of(file_name), ending->letters, type)
            .advise(fmt::format("look whether it is the right file; if it is, say what it is with "
                                "--media-type {}",
                                type));
    }
    return std::string(ending->type);
}

}  // namespace wsoa
