#include "ledger/keys/group.h"

#include <openssl/bn.h>

#include <memory>
#include <optional>

namespace wsoa {
namespace {

struct FreeNumber {
    void operator()(BIGNUM* number) const { BN_free(number); }
};
struct FreeContext {
    void operator()(BN_CTX* context) const { BN_CTX_free(context); }
};
struct FreeForm {
    void operator()(BN_MONT_CTX* form) const { BN_MONT_CTX_free(form); }
};
using Number = std::unique_ptr<BIGNUM, FreeNumber>;

Number new_number() {
    Number number(BN_new());
    CHECK(number != nullptr);
    return number;
}

Number number_of(BN_ULONG value) {
    auto number = new_number();
    CHECK(BN_set_word(number.get(), value) == 1);
    return number;
}

Number copy_of(const Number& number) {
    Number copy(BN_dup(number.get()));
    CHECK(copy != nullptr);
    return copy;
}

// 2^exponent + the decimal offset.
Number power_of_two(int exponent, const char* offset) {
    BIGNUM* raw = nullptr;
    CHECK(BN_dec2bn(&raw, offset) != 0);
    const Number added(raw);
    auto number = new_number();
    CHECK(BN_set_bit(number.get(), exponent) == 1);
    CHECK(BN_add(number.get(), number.get(), added.get()) == 1);
    return number;
}

bool is_same(const Number& left, const Number& right) {
    return BN_cmp(left.get(), right.get()) == 0;
}

// The integers modulo p = 2^255 - 19 (RFC 8032, 5.1). They are held as n * 2^256 mod p, so that no
// product is divided (Montgomery's form); zero is zero in both, and one number has one form.
class Field {
public:
    Field() {
        CHECK(context_ != nullptr && form_ != nullptr);
        CHECK(BN_MONT_CTX_set(form_.get(), p_.get(), context_.get()) == 1);
    }

    const Number& p() const { return p_; }
    // Of a number below p.
    Number element(const Number& plain) const {
        auto held = new_number();
        CHECK(BN_to_montgomery(held.get(), plain.get(), form_.get(), context_.get()) == 1);
        return held;
    }
    Number element(BN_ULONG plain) const { return element(number_of(plain)); }
    bool is_odd(const Number& held) const { return BN_is_odd(plain(held).get()) == 1; }

    Number add(const Number& left, const Number& right) const {
        auto sum = new_number();
        CHECK(BN_mod_add_quick(sum.get(), left.get(), right.get(), p_.get()) == 1);
        return sum;
    }
    Number subtract(const Number& left, const Number& right) const {
        auto difference = new_number();
        CHECK(BN_mod_sub_quick(difference.get(), left.get(), right.get(), p_.get()) == 1);
        return difference;
    }
    Number multiply(const Number& left, const Number& right) const {
        auto product = new_number();
        CHECK(BN_mod_mul_montgomery(product.get(), left.get(), right.get(), form_.get(),
                                    context_.get()) == 1);
        return product;
    }
    Number invert(const Number& held) const {
        auto inverse = new_number();
        CHECK(BN_mod_inverse(inverse.get(), plain(held).get(), p_.get(), context_.get()) !=
              nullptr);
        return element(inverse);
    }
    Number raise(const Number& base, const Number& exponent) const {
        auto power = new_number();
        CHECK(BN_mod_exp_mont(power.get(), plain(base).get(), exponent.get(), p_.get(),
                              context_.get(), form_.get()) == 1);
        return element(power);
    }
    // The square root of u / v, if there is one (RFC 8032, 5.1.3): x = (u/v)^((p+3)/8), times
    // 2^((p-1)/4) where v x^2 is -u.
    std::optional<Number> square_root(const Number& u, const Number& v) const {
        auto exponent = copy_of(p_);
        CHECK(BN_add_word(exponent.get(), 3) == 1);
        CHECK(BN_rshift(exponent.get(), exponent.get(), 3) == 1);
        auto root = raise(multiply(u, invert(v)), exponent);
        const auto reached = multiply(v, multiply(root, root));
        if (is_same(reached, u)) {
            return root;
        }
        if (!is_same(reached, subtract(number_of(0), u))) {
            return std::nullopt;
        }
        CHECK(BN_rshift(exponent.get(), p_.get(), 2) == 1);
        return multiply(root, raise(element(2), exponent));
    }

private:
    Number plain(const Number& held) const {
        auto number = new_number();
        CHECK(BN_from_montgomery(number.get(), held.get(), form_.get(), context_.get()) == 1);
        return number;
    }

    std::unique_ptr<BN_CTX, FreeContext> context_{BN_CTX_new()};
    std::unique_ptr<BN_MONT_CTX, FreeForm> form_{BN_MONT_CTX_new()};
    Number p_ = power_of_two(255, "-19");
};

// Extended homogeneous coordinates: x = X/Z, y = Y/Z, x y = T/Z (RFC 8032, 5.1.4).
struct Point {
    Number x;
    Number y;
    Number z;
    Number t;
};

class Curve {
public:
    const Field& field() const { return field_; }

    // Of what both give as elements of the field.
    Point point(Number x, Number y) const {
        auto t = field_.multiply(x, y);
        return {std::move(x), std::move(y), field_.element(1), std::move(t)};
    }
    Point neutral() const { return point(field_.element(0), field_.element(1)); }

    bool is_neutral(const Point& point) const {
        return BN_is_zero(point.x.get()) && is_same(point.y, point.z);
    }

    // For a y of the field, the x of -x^2 + y^2 = 1 + d x^2 y^2 whose lowest bit is clear or, if it
    // is not zero, set as asked.
    std::optional<Number> x_of(const Number& y, int lowest_bit) const {
        const auto y_squared = field_.multiply(y, y);
        const auto u = field_.subtract(y_squared, field_.element(1));
        const auto v = field_.add(field_.multiply(d_, y_squared), field_.element(1));
        auto x = field_.square_root(u, v);
        if (x.has_value() && field_.is_odd(*x) != (lowest_bit == 1)) {
            x = field_.subtract(number_of(0), *x);
        }
        return x;
    }

    // The law is complete: it holds for equal points and the neutral one too.
    Point add(const Point& left, const Point& right) const {
        const auto& f = field_;
        const auto a = f.multiply(f.subtract(left.y, left.x), f.subtract(right.y, right.x));
        const auto b = f.multiply(f.add(left.y, left.x), f.add(right.y, right.x));
        const auto c = f.multiply(f.multiply(left.t, twice_d_), right.t);
        const auto d = f.multiply(f.add(left.z, left.z), right.z);
        const auto e = f.subtract(b, a);
        const auto g = f.subtract(d, c);
        const auto h = f.add(d, c);
        const auto i = f.add(b, a);
        return {f.multiply(e, g), f.multiply(h, i), f.multiply(g, h), f.multiply(e, i)};
    }

    // By doubling and adding, from the highest bit down.
    Point multiply(const Number& times, const Point& point) const {
        auto product = neutral();
        for (int bit = BN_num_bits(times.get()) - 1; bit >= 0; --bit) {
            product = add(product, product);
            if (BN_is_bit_set(times.get(), bit) == 1) {
                product = add(product, point);
            }
        }
        return product;
    }

    // The prime L, order of the group that the base point generates.
    const Number& group_order() const { return group_order_; }

private:
    Field field_;
    Number d_ = field_.multiply(field_.subtract(number_of(0), field_.element(121665)),
                                field_.invert(field_.element(121666)));
    Number twice_d_ = field_.add(d_, d_);
    Number group_order_ = power_of_two(252, "27742317777372353535851937790883648493");
};

}  // namespace

PointOrder order_of_point(const Hash& encoded) {
    auto bytes = encoded.bytes;
    const int sign = bytes.back() >> 7;
    bytes.back() &= 0x7f;
    auto y = new_number();
    CHECK(BN_lebin2bn(bytes.data(), static_cast<int>(bytes.size()), y.get()) != nullptr);

    const Curve curve;
    if (BN_cmp(y.get(), curve.field().p().get()) >= 0) {
        return PointOrder::not_canonical;
    }
    y = curve.field().element(y);
    auto x = curve.x_of(y, sign);
    if (!x.has_value()) {
        return PointOrder::no_point;
    }
    if (BN_is_zero(x->get()) && sign == 1) {
        return PointOrder::not_canonical;
    }
    const auto point = curve.point(std::move(*x), std::move(y));
    if (curve.is_neutral(curve.multiply(number_of(8), point))) {
        return PointOrder::small;
    }
    const auto multiple = curve.multiply(curve.group_order(), point);
    return curve.is_neutral(multiple) ? PointOrder::prime : PointOrder::mixed;
}

}  // namespace wsoa
