#include "cli/witness_http/listen.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace wsoa {
namespace {

TEST(ListenAddress, is_read_back_as_it_was_written) {
    for (const auto* text : {"127.0.0.1:0", "0.0.0.0:80", "[::1]:65535", "[2001:db8::1]:8470"}) {
        const auto address = ListenAddress::parse(text);
        ASSERT_TRUE(address.ok()) << text;
        EXPECT_EQ(address.value().str(), text);
    }
}

TEST(ListenAddress, is_refused_unless_it_is_in_figures_with_a_port) {
    for (const auto& text :
         {std::string(), std::string("127.0.0.1"), std::string(":80"), std::string("localhost:80"),
          std::string("127.0.0.1:"), std::string("127.0.0.1:65536"), std::string("127.0.0.1:+1"),
          std::string("127.1:80"), std::string("::1:80"), std::string("[::1]"),
          std::string("[127.0.0.1]:80"), std::string("[]:80"), std::string("[fe80::1%lo]:80"),
          std::string("127.0.0.1\0:80", 13)}) {
        const auto address = ListenAddress::parse(text);
        ASSERT_FALSE(address.ok()) << text;
        EXPECT_EQ(address.error().fault, Fault::invalid);
    }
}

TEST(ListenAddress, tells_what_only_this_machine_reaches) {
    EXPECT_TRUE(ListenAddress{}.is_loopback());
    EXPECT_TRUE(ListenAddress::parse("[::1]:80").value().is_loopback());
    for (const auto* text : {"0.0.0.0:80", "192.0.2.1:80", "[::]:80"}) {
        EXPECT_FALSE(ListenAddress::parse(text).value().is_loopback()) << text;
    }
}

TEST(ListenAddress, of_a_free_port_becomes_the_one_that_was_found) {
    const int socket = listen_on({}).value();
    const auto address = address_of(socket).value();
    EXPECT_EQ(address.host, "127.0.0.1");
    EXPECT_NE(address.port, 0U);
    const auto taken = listen_on(address);
    ASSERT_FALSE(taken.ok());
    EXPECT_EQ(taken.error().fault, Fault::unavailable);
    ::close(socket);
}

}  // namespace
}  // namespace wsoa
