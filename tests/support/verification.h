#pragma once

#include "ledger/inspection/verify.h"
#include "ledger/store/layout.h"
#include "ledger/store/store_source.h"
#include "tests/support/changes.h"
#include "tests/support/ledger_builder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace wsoa::test {

// Verification of a small ledger in memory, in which one row after another is changed: events 0 to
// 6 are about the ledger and its three founders, 7 drafts the plan TH, 8 adds its area.
class Verification : public testing::Test {
protected:
    Verification() {
        builder_.appoint_office();
        builder_.draft_plan("TH");
        builder_.add_area("TH-1");
        builder_.commit();
    }

    Verdict verdict(VerifyQuestion question = {}) {
        const auto snapshot = must(builder_.store().snapshot());
        return verdict_of(*snapshot, std::move(question));
    }
    Verdict verdict_of(const Snapshot& snapshot, VerifyQuestion question = {}) {
        const StoreSource source(snapshot, builder_.size(), builder_.size());
        return must(verify_ledger(source, question));
    }

    Bytes row(const Bytes& key) { return *must(must(builder_.store().snapshot())->get(key)); }
    void put(const Bytes& key, const Bytes& value) {
        Batch batch;
        batch.put(key, value);
        must(builder_.store().write(batch));
    }
    void erase(const Bytes& key) {
        Batch batch;
        batch.erase(key);
        must(builder_.store().write(batch));
    }
    void flip(const Bytes& key, std::size_t byte, std::uint8_t bits = 1) {
        auto value = row(key);
        value[byte % value.size()] ^= bits;
        put(key, value);
    }

    // What was found, a line each: "breach 7 what was found [R03]".
    static std::vector<std::string> lines(const Verdict& verdict) {
        std::vector<std::string> lines;
        for (const auto& finding : verdict.findings) {
            lines.push_back(fmt::format("{} {} {}{}", name_of(finding.is),
                                        finding.event ? std::to_string(finding.event->value) : "-",
                                        finding.what,
                                        finding.rule.empty() ? "" : " [" + finding.rule + "]"));
        }
        return lines;
    }
    static bool says(const std::vector<std::string>& lines, std::string_view part) {
        return std::ranges::any_of(
            lines, [&](const std::string& line) { return line.find(part) != std::string::npos; });
    }

    LedgerBuilder builder_;
};

}  // namespace wsoa::test
